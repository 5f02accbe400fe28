"""Brings in the codes that the national catalogue had once: all good lines of a file, or none of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from home.text import normalise
from procedures.importing.reading import Line
from procedures.models import RetiredCode
from procedures.models.retired import code_key

ROWS_AT_ONCE = 500
_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
_TEXTS = {"code": 50, "name": 2000, "seen": 7, "source": 200}
"""What a line says, and how many characters of it there may be."""
_OPTIONAL = {"source"}


class Unfit(Exception):
    """A line that says nothing of a code; the message is the reason."""


@dataclass
class Brought:
    """What became of a file."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def bring_in(lines: Iterable[Line]) -> Brought:
    """Write the codes of a file; what the file does not name stays as it is."""
    result, codes = Brought(), dict[str, RetiredCode]()
    for line in lines:
        try:
            code = _code(line)
            if code.code in codes:
                raise Unfit(_("its code stands on an earlier line already"))
            codes[code.code] = code
        except Unfit as error:
            result.refused.append((line.number, str(error)))
    known = {code.code: _said(code) for code in RetiredCode.objects.all()}
    new = [code for code in codes.values() if known.get(code.code) != _said(code)]
    RetiredCode.objects.bulk_create(
        new,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["key", "name", "seen", "source"],
    )
    result.changed = sum(code.code in known for code in new)
    result.added, result.unchanged = len(new) - result.changed, len(codes) - len(new)
    return result


def _said(code: RetiredCode) -> tuple[str, ...]:
    return code.key, code.name, code.seen, code.source


def _code(line: Line) -> RetiredCode:
    """Return the code of a line, or say what is wrong with it."""
    if line.data is None:
        raise Unfit(line.error)
    values = {name: _text(line.data, name) for name in _TEXTS}
    if not _MONTH.fullmatch(values["seen"]):
        raise Unfit(_("it does not say in which month the code was last seen (2025-05)"))
    key = code_key(values["code"])
    if not key:
        raise Unfit(_("its code has neither letters nor digits"))
    return RetiredCode(key=key, **values)


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name) or ""
    if not isinstance(value, str):
        raise Unfit(_("%(field)s is no text") % {"field": name})
    text = " ".join(normalise(value).split())
    if not text and name not in _OPTIONAL:
        raise Unfit(_("it has no %(field)s") % {"field": name})
    if len(text) > _TEXTS[name]:
        said = {"field": name, "number": _TEXTS[name]}
        raise Unfit(_("%(field)s has more than %(number)d characters") % said)
    return text
