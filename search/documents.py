"""What the search knows of content: the shape of a document, and the registry where each app offers its own.

This is the only module of `search` that content apps import. Each has a `documents.py` whose `register()`,
called when the app is ready, hands over its sources, its names for filter values and (home) the one text
normaliser: the search imports none of the apps, and yet cleans a query as an editor's text was cleaned.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import TruncDate

from search.opened import opened_counts
from search.outbox import mark_changed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
    from wagtail.models import Page

    PageType = type[Page]

__all__ = [
    "Codes",
    "Demotion",
    "DocumentSource",
    "Retired",
    "SearchDocument",
    "TextFunctions",
    "mark_changed",
    "not_searched",
    "opened_counts",
    "register",
    "register_codes",
    "register_text",
    "register_vocabulary",
    "visible_among",
]

ModelType = type[Model]

NO_LEVEL = "chua-xac-dinh"
"""The level of a procedure for which none is known, so that those can be found, too."""


class Demotion(StrEnum):
    """A reason for ranking below others; what each costs stands in `search.relevance`."""

    FOREIGN = "foreign"  # the procedure of another province
    SUSPECT = "suspect"  # may not be a real procedure
    ENDED = "ended"  # replaced or repealed
    UNLISTED = "unlisted"  # not in today's national catalogue


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """All that the index holds of a page: texts normalised and without markup, filter values as slugs."""

    id: int
    type: str
    title: str
    url: str  # path, without the prefix of a language
    date: date | None = None
    expires: datetime | None = None
    # Its own code or number in each way of writing it, and the numbers of what it rests on.
    code: str = ""
    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    # What it is filtered by.
    sectors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    status: str = ""
    # What is searched beside the title.
    summary: str = ""
    keywords: str = ""
    sector_names: tuple[str, ...] = ()
    agency_names: tuple[str, ...] = ()
    results: str = ""
    dossier: str = ""
    conditions: str = ""
    steps: str = ""
    legal: str = ""
    body: str = ""
    phrasings: tuple[str, ...] = ()  # what people say when they need this page
    # What is shown beside it, and how it is ordered.
    issuer: str = ""
    place: str = ""  # the other province that alone has it
    limit: str = ""
    fee: str = ""
    sort_key: str = ""
    demotions: tuple[Demotion, ...] = ()


class DocumentSource(ABC):
    """Pages of one model, as the search asks for them. An app registers one per searchable page model."""

    type: str
    key: str = ""
    """What it is registered by where another source has its type."""
    label: StrOrPromise
    model: PageType
    quotes: tuple[ModelType, ...] = ()
    """Models whose rows are quoted in documents: a renamed sector changes all that name it."""
    filters: Mapping[str, str] = {}
    """The filters that pages of this type have, each with the lookup by which the database finds a value."""

    @abstractmethod
    def visible(self) -> QuerySet[Any]:
        """Return the pages that the public may see now."""

    @abstractmethod
    def documents(self, ids: Collection[int]) -> Iterator[SearchDocument]:
        """Yield the documents of the visible ones of these pages: a few queries for all, not for each."""

    def filtered(self, pages: QuerySet[Any], facet: str, values: Collection[str]) -> QuerySet[Any]:
        """Keep the pages that have one of the values of a filter, for a search without the index."""
        if (path := self.filters.get(facet)) is None:
            return pages.none()
        chosen = Q(**{f"{path}__in": values})
        if NO_LEVEL in values:
            chosen |= Q(**{path: None})
        return pages.filter(chosen)

    def day(self) -> Any:
        """Return the expression for the day that a page is of, as its document says."""
        return TruncDate("last_published_at")

    def names(self, pages: QuerySet[Any]) -> Iterable[tuple[int, str]]:
        """Return the ids of pages, each with what it is sorted by where pages are sorted by name."""
        return ((pk, text().sort_key(title)) for pk, title in pages.values_list("pk", "title"))

    def pictures(self, ids: Collection[int]) -> Mapping[int, Any]:
        """Return the pictures of those of these pages that have one of their own, by the ids of the pages."""
        return {}

    def behind(self) -> Q:
        """Return which pages come behind all others, for a search without the index."""
        return Q(pk=None)

    def quoted_by(self, instance: Model) -> Iterable[int]:
        """Return the ids of the pages whose documents quote a row of one of the models in `quotes`."""
        return ()


@dataclass(frozen=True)
class TextFunctions:
    """How text is cleaned and compared, everywhere in the portal."""

    normalise: Callable[[str], str]
    fold: Callable[[str], str]
    document_key: Callable[[str], str]
    folded_words: Callable[[str], str]
    """Return the words of a text as the pages' own column of names has them."""
    sort_key: Callable[[str], str]


@dataclass(frozen=True)
class Retired:
    """A code that has left the national catalogue: what it was, and when it was last seen."""

    code: str
    name: str
    seen: str  # 2025-05


@dataclass(frozen=True)
class Codes:
    """What is known of codes, by their keys (`search.keys.code_key`), without asking the index."""

    address: Callable[[str], str | None]
    """Return the path of the one page that has a code, without the prefix of a language."""
    retired: Callable[[Collection[str]], Mapping[str, Retired]]
    """Return those of some codes that have left the catalogue."""


Labels = Callable[[Collection[str]], dict[str, str]]
"""Names filter values: given slugs, returns those that exist with what people read."""


@dataclass(frozen=True)
class Values:
    """What editors choose the values of a filter from."""

    every: Callable[[], dict[str, str]]
    """Returns all values there are, each with its name, in the order that they are shown in."""
    renamed: Callable[[Collection[str]], dict[str, str]] = lambda values: {}
    """Returns those of some values that have become others, each with what it is now."""


sources: dict[str, DocumentSource] = {}
unsearched: set[PageType] = set()
vocabularies: dict[str, Labels] = {}
choices: dict[str, Values] = {}
"""What there is to choose from, of the filters that can be chosen for collections."""
ordered: set[str] = set()
"""Filters whose values have an order of their own: a ministry comes before a province."""
_text: list[TextFunctions] = []
_codes: list[Codes] = []


def register(source: DocumentSource) -> None:
    """Offer the pages of a model to the search."""
    sources[source.key or source.type] = source


def visible_among(ids: Collection[int], types: Iterable[str] | None = None) -> set[int]:
    """Return those of some pages that the public may see now: a query for each type, of all or of these."""
    seen: set[int] = set()
    kinds = None if types is None else set(types)
    for source in sources.values():
        if kinds is None or source.type in kinds:
            seen.update(source.visible().filter(pk__in=ids).order_by().values_list("pk", flat=True))
    return seen


def not_searched(*models: PageType) -> None:
    """Name page types that have no document: lists, and what is found by other ways."""
    unsearched.update(models)


def register_vocabulary(facet: str, labels: Labels, *, in_order: bool = False) -> None:
    """Say which values a filter has, what they are called, and whether they come in an order of their own."""
    vocabularies[facet] = labels
    if in_order:
        ordered.add(facet)


def register_choices(facet: str, values: Values) -> None:
    """Say what editors may choose of a filter."""
    choices[facet] = values


def register_text(functions: TextFunctions) -> None:
    """Say how text is cleaned; the app that owns the normaliser does."""
    _text[:] = [functions]


def register_codes(codes: Codes) -> None:
    """Say what is known of codes; the app that owns the procedures does."""
    _codes[:] = [codes]


def codes() -> Codes:
    """Return what is known of codes."""
    return _codes[0]


def text() -> TextFunctions:
    """Return the functions that clean and compare text."""
    return _text[0]


def labels(facet: str, values: Collection[str]) -> dict[str, str]:
    """Return those of the values that the filter has, each with its name."""
    if facet == "type":
        names = {source.type: str(source.label) for source in sources.values()}
        return {value: names[value] for value in values if value in names}
    return vocabularies[facet](values) if facet in vocabularies else {}
