"""The query of a collection, asked of the database: whatever is `visible()` at this moment, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.db.models import Case, F, QuerySet, SmallIntegerField, TextChoices, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.text import folded_words
from search import documents
from search.documents import DocumentSource

FACETS: Final = {
    "level": "levels",
    "sector": "sectors",
    "agency": "agencies",
    "audience": "audiences",
    "status": "statuses",
    "online": "online",
}
"""The filters of a collection, each with the field of the page that holds its values."""
SEARCHED: Final = frozenset(FACETS) - {"online"}
"""Those that the search has, too."""
TYPE: Final = "type"


class Order(TextChoices):
    """How a collection is ordered; the values are those of the search."""

    NEWEST = "newest", _("Newest first")
    NAME = "name", _("By name, A to Z")


class Row(NamedTuple):
    """A page that was found; rows stand in the order of their places."""

    place: tuple[Any, ...]
    pk: int
    source: DocumentSource


@dataclass(frozen=True)
class Found:
    """The first pages of a query, and how many it finds of each type in all."""

    rows: tuple[Row, ...]
    counts: Counter[str]

    @property
    def total(self) -> int:
        return self.counts.total()


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a collection asks for. No types means all; values of one filter are alternatives."""

    types: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: str = ""
    since: date | None = None
    until: date | None = None
    order: str = Order.NEWEST
    limit: int
    without: int | None = None
    """A page that is not found: a collection does not list itself."""

    @classmethod
    def of(cls, fields: Mapping[str, Any], without: int | None = None) -> Query:
        """Make a query of the fields of a collection, as a page or a valid form has them."""
        days = fields["last_days"]
        filters = ((facet, current(facet, fields[name] or ())) for facet, name in FACETS.items())
        return cls(
            types=tuple(fields["types"] or ()),
            filters=tuple((facet, values) for facet, values in filters if values),
            words=fields["words"],
            since=timezone.localdate() - timedelta(days=days) if days else fields["since"],
            until=fields["until"],
            order=fields["order"],
            limit=fields["limit"],
            without=without,
        )

    @cached_property
    def sources(self) -> list[DocumentSource]:
        """Return the sources of the types that are asked for."""
        return [
            source for source in documents.sources.values() if not self.types or source.type in self.types
        ]

    def newest(self, limit: int) -> Query:
        """Return the query for the newest of what this one finds."""
        return replace(self, order=Order.NEWEST, limit=limit)

    @property
    def is_searchable(self) -> bool:
        """Tell whether the search can be asked the very same."""
        return not (self.since or self.until) and all(facet in SEARCHED for facet, _values in self.filters)

    @property
    def search_address(self) -> str:
        """Return the address of the search with the words and all filters that it has."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(TYPE, value) for value in self.types]
        pairs += [(name, value) for name, values in self.filters if name in SEARCHED for value in values]
        pairs += [("sort", self.order)] if self.words or self.order != Order.NEWEST else []
        return f"{reverse('search')}?{urlencode(pairs)}"


def current(facet: str, values: Iterable[str]) -> tuple[str, ...]:
    """Return the values of a filter as they are called now: those that were merged are others."""
    values = list(values)
    renamed = documents.choices[facet].renamed(values) if values else {}
    return tuple(dict.fromkeys(renamed.get(value, value) for value in values))


def find(query: Query) -> Found:
    """Return what a query finds: one or two requests of the database for each type."""
    rows: list[Row] = []
    counts: Counter[str] = Counter()
    ask = _by_name if query.order == Order.NAME else _newest
    for source in query.sources:
        found, count = ask(source, _narrowed(source, query), query.limit)
        rows += found
        counts[source.type] += count
    return Found(tuple(sorted(rows, key=_place)[: query.limit]), counts)


def _narrowed(source: DocumentSource, query: Query) -> QuerySet[Any]:
    behind = Case(When(source.behind(), then=1), default=0, output_field=SmallIntegerField())
    pages = source.visible().order_by().annotate(day_of_page=source.day(), is_behind=behind)
    if query.without:
        pages = pages.exclude(pk=query.without)
    for facet, values in query.filters:
        having = source.filtered(source.model._default_manager.order_by(), facet, values)
        pages = pages.filter(pk__in=having.values("pk"))  # quicker than a join with what is there twice
    if query.since:
        pages = pages.filter(day_of_page__gte=query.since)
    if query.until:
        pages = pages.filter(day_of_page__lte=query.until)
    for word in folded_words(query.words).split():
        pages = pages.filter(GreaterThan(StrIndex("folded_name", Value(f" {word} ")), 0))
    return pages


def _newest(source: DocumentSource, pages: QuerySet[Any], limit: int) -> tuple[list[Row], int]:
    newest = pages.order_by("is_behind", F("day_of_page").desc(nulls_last=True), "-pk")
    rows = [
        Row((behind, day is None, -day.toordinal() if day else 0, -pk), pk, source)
        for pk, behind, day in newest.values_list("pk", "is_behind", "day_of_page")[:limit]
    ]
    return rows, pages.count() if len(rows) == limit else len(rows)


def _by_name(source: DocumentSource, pages: QuerySet[Any], limit: int) -> tuple[list[Row], int]:
    """Sort here: each database has an order of letters of its own."""
    behind = set(pages.filter(source.behind()).values_list("pk", flat=True))
    rows = [Row((pk in behind, name, pk), pk, source) for pk, name in source.names(pages)]
    return sorted(rows, key=_place)[:limit], len(rows)


def _place(row: Row) -> tuple[Any, ...]:
    return row.place
