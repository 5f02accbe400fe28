"""What the page of a collection shows: a part of what is found, each page with what its document says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from home.collections.query import Order, Query, Row, find
from home.paging import paged
from search import documents
from search.documents import SearchDocument

if TYPE_CHECKING:
    from home.models import CollectionPage


@dataclass(frozen=True)
class Entry:
    """A page that was found; named as `components/result.html` shows the results of the search."""

    id: int
    type: str
    type_label: str
    code: str
    marked_title: str
    url: str
    sectors: tuple[str, ...]
    levels: tuple[str, ...]
    summary: str
    issuer: str
    place: str
    limit: str
    fee: str
    status: str
    status_label: str
    date: date | None
    picture: Any = None


def context(request: HttpRequest, page: CollectionPage) -> dict[str, Any]:
    """Return what `home/collection_page.html` shows."""
    query = page.query
    found = find(query)
    items: Any = found.rows
    rows = paged(items, request)
    shown = entries(rows.items, pictures=page.display == "cards")
    return {
        "query": query,
        "total": found.total,
        "listed": len(found.rows),
        "by_name": query.order == Order.NAME,
        "today": timezone.localdate(),
        "paged": rows,
        "canonical_query": rows.query,
        "errors": [("page", rows.error)] if rows.error else [],
        "filters": {},  # of which none stands on the page, for an error to lead to
        "entries": shown,
        "columns": columns(shown, query),
    }


def entries(rows: Iterable[Row], *, pictures: bool = False) -> list[Entry]:
    """Return the pages of some rows in their order: as few queries for each type as its documents take."""
    rows = list(rows)
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        ids[row.source.key or row.source.type].append(row.pk)
    found: dict[int, SearchDocument] = {}
    images: dict[int, Any] = {}
    for key, pks in ids.items():
        source = documents.sources[key]
        found |= {document.id: document for document in source.documents(pks)}
        images |= source.pictures(pks) if pictures else {}
    kept = [found[row.pk] for row in rows if row.pk in found]
    names = _names(kept)
    return [_entry(document, names, images.get(document.id)) for document in kept]


def _names(found: list[SearchDocument]) -> dict[str, dict[str, str]]:
    return {
        "type": documents.labels("type", {document.type for document in found}),
        "level": documents.labels("level", {level for document in found for level in document.levels}),
        "status": documents.labels("status", {document.status for document in found}),
    }


def _entry(document: SearchDocument, names: dict[str, dict[str, str]], picture: Any) -> Entry:
    return Entry(
        id=document.id,
        type=document.type,
        type_label=names["type"][document.type],
        code=document.code,
        marked_title=document.title,
        url=reverse("wagtail_serve", args=[document.url.lstrip("/")]),
        sectors=document.sector_names,
        levels=tuple(names["level"][level] for level in document.levels if level in names["level"]),
        summary=document.summary,
        issuer=document.issuer,
        place=document.place,
        limit=document.limit,
        fee=document.fee,
        status=document.status,
        status_label=names["status"].get(document.status, ""),
        date=document.date,
        picture=picture,
    )


def columns(shown: list[Entry], query: Query) -> dict[str, bool]:
    """Return which columns a table has: those in which something stands that is not the same for all.

    The day of a procedure is that of its text, which says nothing of the procedure.
    """
    types = {source.type for source in query.sources}
    chosen = dict(query.filters)
    names = ("sectors", "levels", "issuer", "limit", "fee")
    filled = {name: any(getattr(entry, name) for entry in shown) for name in names}
    if len(chosen.get("sector", ())) == 1:
        filled["sectors"] = False
    return filled | {"type": len(types) > 1, "date": types != {"procedure"}}
