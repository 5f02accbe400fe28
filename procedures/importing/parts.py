"""The parts of a procedure that an import compares and an editor decides about, one by one.

A part is compared by what it says: block ids do not count, nor do empty values, nor how a number is written;
references count by slug. So a page that an editor opened and saved as it was has no part changed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from procedures.importing.catalogue import Catalogue
from procedures.importing.drafting import Draft
from procedures.models import ProcedurePage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_NUMBERS = {"value", "amount", "originals", "copies", "sets"}
HASH_LENGTH = 32


@dataclass(frozen=True)
class Part:
    """A part: what it is called, and what on a page belongs to it."""

    label: StrOrPromise
    values: tuple[str, ...] = ()
    stream: str = ""
    relation: str = ""


PARTS: dict[str, Part] = {
    "name": Part(_("name"), values=("name", "summary", "code_suffix", "kind", "keywords")),
    "levels": Part(_("levels"), relation="levels"),
    "audiences": Part(_("who may apply"), relation="audiences"),
    "sectors": Part(_("sectors"), relation="sectors"),
    "agencies": Part(_("agencies"), values=("agencies_note", "receiving_address"), relation="agencies"),
    "decision": Part(_("decision"), values=("decision_number", "local_to"), relation="issuer"),
    "steps": Part(_("steps"), stream="steps"),
    "channels": Part(_("channels, limits and fees"), stream="channels"),
    "dossier": Part(_("dossier"), stream="dossier"),
    "results": Part(_("result"), stream="results"),
    "conditions": Part(_("requirements and conditions"), values=("conditions", "answered_none")),
    "legal_bases": Part(_("legal basis"), relation="legal_bases"),
    "source": Part(
        _("source"), values=("online_url", "source_name", "source_url", "source_retrieved_on", "suspect")
    ),
    "listed": Part(_("in the national catalogue"), values=("listed",)),
}


def of_draft(draft: Draft, catalogue: Catalogue) -> dict[str, Any]:
    """Return what each part of a record says."""
    relations = {
        "levels": sorted(draft.levels),
        "audiences": sorted(catalogue.audiences[name].slug for name in draft.audiences),
        "sectors": list(dict.fromkeys(catalogue.sector(name).slug for name in draft.sectors)),
        "agencies": [
            list(pair)
            for pair in sorted({(role, catalogue.agency(name).slug) for role, name in draft.agencies})
        ],
        "issuer": catalogue.agency(draft.issuer).slug if draft.issuer else "",
        "legal_bases": [[basis.key, catalogue.cited_as(basis)] for basis in draft.bases],
    }
    return {name: _said(part, draft.values, draft.streams, relations) for name, part in PARTS.items()}


def of_page(page: ProcedurePage) -> dict[str, Any]:
    """Return what each part of a page says, drafts included if it is a draft that one passes."""
    relations = {
        "levels": sorted(level.pk for level in page.levels.all()),
        "audiences": sorted(audience.pk for audience in page.audiences.all()),
        "sectors": [link.sector.slug for link in page.sector_links.all()],
        "agencies": sorted([link.role, link.agency.slug] for link in page.agency_links.all()),
        "issuer": page.issuer.slug if page.issuer else "",
        "legal_bases": [[link.document.key, link.cited_as] for link in page.legal_bases.all()],
    }
    fields = {name: getattr(page, name) for part in PARTS.values() for name in part.values}
    streams = {
        part.stream: getattr(page, part.stream).get_prep_value() for part in PARTS.values() if part.stream
    }
    return {name: _said(part, fields, streams, relations) for name, part in PARTS.items()}


def base(stored: dict[str, str]) -> dict[str, str]:
    """Return the hashes that an import left, parts that it did not know yet as every page said them."""
    return {"listed": _hash({"listed": True})} | stored


def hashes(parts: dict[str, Any]) -> dict[str, str]:
    """Return a hash of each part, to remember what an import wrote."""
    return {name: _hash(said) for name, said in parts.items()}


def _hash(said: Any) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def _said(part: Part, values: dict[str, Any], streams: dict[str, Any], relations: dict[str, Any]) -> Any:
    said = {field: values[field] for field in part.values}
    if part.stream:
        said[part.stream] = streams[part.stream]
    if part.relation:
        said[part.relation] = relations[part.relation]
    return canonical(said)


def canonical(value: Any, key: str = "") -> Any:
    """Return a value without what says nothing: ids of blocks, empty members, zeros after a number."""
    if isinstance(value, dict):
        members = {name: canonical(inner, name) for name, inner in value.items() if name != "id"}
        return {name: inner for name, inner in members.items() if inner not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [canonical(inner) for inner in value]
    if key in _NUMBERS and value not in (None, ""):
        try:
            return f"{Decimal(str(value)).normalize():f}"
        except InvalidOperation:
            return str(value)
    if value is None or isinstance(value, str | bool | int):
        return value
    return str(value)
