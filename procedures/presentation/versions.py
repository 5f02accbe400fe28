"""Which version of a procedure a paper shows: a day and a short code, on the page and on the paper."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from procedures.presentation.raw import blocks

if TYPE_CHECKING:
    from procedures.presentation import ShownProcedure

FIELDS = (
    *("code", "code_suffix", "name", "status", "conditions", "receiving_address", "agencies_note"),
    *("decision_number", "online_service", "online_url", "answered_none"),
)
"""Fields that say what the procedure requires."""
STREAMS = ("steps", "channels", "dossier", "results")
KEYS = frozenset({"id", "file"})
"""Names of keys in a block, which differ from server to server."""
LETTERS = 6


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a procedure: the same content has the same code, whoever prints it and whenever."""

    code: str
    day: date | None


def version(shown: ShownProcedure) -> Version:
    """Return the version of a procedure as it is shown."""
    page = shown.page
    said: dict[str, Any] = {name: getattr(page, name) for name in FIELDS}
    said |= {name: [_without_keys(value) for value in blocks(getattr(page, name))] for name in STREAMS}
    said["audiences"] = sorted(str(audience) for audience in shown.audiences)
    said["agencies"] = [(role.role, [line.name for line in role.lines]) for role in shown.roles]
    said["legal_bases"] = sorted(str(basis.document) for basis in shown.legal_bases)
    said["files"] = [form.digest for case in shown.dossier for row in case.rows for form in row.forms]
    text = json.dumps(said, sort_keys=True, default=str, ensure_ascii=False)
    return Version(hashlib.sha256(text.encode()).hexdigest()[:LETTERS].upper(), page.as_of)


def _without_keys(value: Any) -> Any:
    """Return the value of a block without keys: of the blocks in it, which saving may change; of files."""
    if isinstance(value, dict):
        return {name: _without_keys(part) for name, part in value.items() if name not in KEYS}
    return [_without_keys(part) for part in value] if isinstance(value, list) else value
