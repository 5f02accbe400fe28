"""Writes parts of a record into a page in memory; to save it is for others."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import uuid4

from procedures.importing.catalogue import Catalogue
from procedures.importing.drafting import Draft
from procedures.importing.parts import PARTS
from procedures.models import LegalBasis, ProcedureAgency, ProcedurePage, ProcedureSector


def assign(
    page: ProcedurePage, draft: Draft, catalogue: Catalogue, names: Collection[str] = tuple(PARTS)
) -> None:
    """Write parts of a record into a page, all of them if none are named."""
    for name in names:
        part = PARTS[name]
        for field in part.values:
            setattr(page, field, draft.values[field])
        if part.stream:
            setattr(page, part.stream, with_ids(draft.streams[part.stream]))
        if part.relation:
            _ASSIGN[part.relation](page, draft, catalogue)


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a stream with an id for each block, lists within included, as an editor's form gives them."""
    return [
        {"type": block["type"], "value": _members_with_ids(block["value"]), "id": str(uuid4())}
        for block in blocks
    ]


def _members_with_ids(value: dict[str, Any]) -> dict[str, Any]:
    return {name: with_ids(inner) if isinstance(inner, list) else inner for name, inner in value.items()}


def _levels(page: ProcedurePage, draft: Draft, catalogue: Catalogue) -> None:
    page.levels = [catalogue.levels[slug] for slug in draft.levels]


def _audiences(page: ProcedurePage, draft: Draft, catalogue: Catalogue) -> None:
    page.audiences = [catalogue.audiences[name] for name in draft.audiences]


def _sectors(page: ProcedurePage, draft: Draft, catalogue: Catalogue) -> None:
    found = dict.fromkeys(catalogue.sector(name).pk for name in draft.sectors)
    page.sector_links = [ProcedureSector(sector_id=pk, sort_order=order) for order, pk in enumerate(found)]


def _agencies(page: ProcedurePage, draft: Draft, catalogue: Catalogue) -> None:
    found = dict.fromkeys((role, catalogue.agency(name).pk) for role, name in draft.agencies)
    page.agency_links = [
        ProcedureAgency(role=role, agency_id=pk, sort_order=order) for order, (role, pk) in enumerate(found)
    ]


def _issuer(page: ProcedurePage, draft: Draft, catalogue: Catalogue) -> None:
    page.issuer_id = catalogue.agency(draft.issuer).pk if draft.issuer else None


def _bases(page: ProcedurePage, draft: Draft, catalogue: Catalogue) -> None:
    page.legal_bases = [
        LegalBasis(
            document_id=catalogue.documents[basis.key].pk,
            cited_as=catalogue.cited_as(basis),
            sort_order=order,
        )
        for order, basis in enumerate(draft.bases)
    ]


_ASSIGN: dict[str, Callable[[ProcedurePage, Draft, Catalogue], None]] = {
    "levels": _levels,
    "audiences": _audiences,
    "sectors": _sectors,
    "agencies": _agencies,
    "issuer": _issuer,
    "legal_bases": _bases,
}
