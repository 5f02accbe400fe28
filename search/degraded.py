"""Answers a search from the database, when the index cannot be asked: by names, codes and filters.

The words are understood as always, and looked for in the pages' own column of names without diacritics; what
stands in the texts of pages is not found. Whatever is `visible()` at this moment is found, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, Q, QuerySet, SmallIntegerField, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from search import documents, indexing, keys, relevance
from search.documents import NO_LEVEL, Demotion, DocumentSource, SearchDocument
from search.index import stored
from search.matching import Matching
from search.parameters import SearchParameters
from search.results import Hit, Results, made_of, pages_of

COUNTED = ("level", "sector")
"""Filters whose values are counted, beside the type: those that people use most."""
MOST_WORDS = 8
"""Words of a reading that are looked for: the rarest."""
ENOUGH = 0.55
"""Share of the words of a reading, by their rarity, that a page has to have."""
FEW = 1000
"""Pages of which the values are asked for; of more, those of all are read."""
OWN_NUMBER = 10.0
PINNED = 100.0


class Row(NamedTuple):
    """A page with what is compared; `later` is 1 for what comes behind all others."""

    pk: int
    name: str
    published: datetime | None
    later: int
    type: str
    rank: float = 1.0


_FAR = 1 - relevance.DEMOTIONS[Demotion.FOREIGN]
ORDERS: dict[str, Callable[[Row], Any]] = {
    "relevance": lambda row: (-row.rank * (1 - row.later * _FAR), len(row.name), row.pk),
    "newest": lambda row: (row.later, -row.published.timestamp() if row.published else 0.0, row.pk),
    "name": lambda row: (row.later, row.name, row.pk),
}


def search(parameters: SearchParameters, matching: Matching | None) -> Results:
    """Return a page of results, of one beyond the last the last."""
    rows, kept = _found(parameters, matching)

    def under_all_filters(but: str = "") -> list[Row]:
        return _under(rows, [pages for facet, pages in kept.items() if facet != but])

    found = sorted(under_all_filters(), key=ORDERS[parameters.order])
    counted = {facet: _values_of(facet, under_all_filters(but=facet)) for facet in COUNTED}
    counted["type"] = Counter(row.type for row in under_all_filters(but="type"))
    parameters = parameters.with_page(min(parameters.page, pages_of(len(found))))
    start = (parameters.page - 1) * settings.SEARCH_PAGE_SIZE
    shown = found[start : start + settings.SEARCH_PAGE_SIZE]
    hits: list[Hit] = [(stored(document), {}) for document in _documents(shown)]
    return made_of(parameters, matching, len(found), hits, counted, degraded=True)


def portions(
    parameters: SearchParameters, matching: Matching | None, sizes: Sequence[int]
) -> tuple[int, Iterator[list[dict[str, Any]]]]:
    """Return how many results there are, and what the index would have of each, by portions."""
    rows, kept = _found(parameters, matching)
    found = sorted(_under(rows, kept.values()), key=ORDERS[parameters.order])
    ends = list(accumulate(sizes))
    parts = (found[end - size : end] for size, end in zip(sizes, ends, strict=True))
    return len(found), ([stored(document) for document in _documents(part)] for part in parts if part)


def _found(parameters: SearchParameters, matching: Matching | None) -> tuple[list[Row], dict[str, set[int]]]:
    """Return the pages that have the words, and those that each filter lets through."""
    rows = list(_ranked(matching)) if matching else list(_rows(Q()))
    return rows, {facet: _having(facet, parameters) for facet, _value in parameters.filters}


def _under(rows: Iterable[Row], filters: Collection[set[int]]) -> list[Row]:
    return [row for row in rows if all(row.pk in pages for pages in filters)]


def begun(words: str, most: int) -> list[dict[str, Any]]:
    """Return pages whose names have the words, the last one perhaps only begun, for suggestions."""
    row_of_words = documents.text().folded_words(words).rstrip()
    if not row_of_words:
        return []
    having = Q()
    for word in row_of_words.split()[:-1]:
        having &= _stands(f" {word} ")
    having &= _stands(f" {row_of_words.split()[-1]}")

    def order(row: Row) -> Any:
        return row.later, row_of_words not in row.name, len(row.name), row.pk

    return [stored(document) for document in _documents(sorted(_rows(having), key=order)[:most])]


def _rows(having: Q) -> Iterator[Row]:
    """Yield the visible pages of all types for which something holds."""
    for source in documents.sources.values():
        later = Case(When(source.behind(), then=1), default=0, output_field=SmallIntegerField())
        pages = source.visible().filter(having).annotate(later=later).order_by()
        for pk, name, published, place in pages.values_list(
            "pk", "folded_name", "last_published_at", "later"
        ):
            yield Row(pk, name, published, place, source.type)


def _ranked(matching: Matching) -> Iterator[Row]:
    """Yield the pages that have enough of the words, with how well they fit.

    From 0 to 1 for the share of the best reading's words in the name; its own code or number counts more, and
    more still what an editor has put first.
    """
    folded_words = documents.text().folded_words
    readings = [_weights(matching, words) for words in {reading.words for reading in matching.meant.readings}]
    numbers = [
        folded_words(text) for text in (*keys.written_codes_in(matching.words), *matching.meant.numbers)
    ]
    pinned = {page: PINNED - place for place, page in enumerate(matching.bets.pinned)}
    having = Q(pk__in=pinned)
    for text in {*numbers, *(form for reading in readings for forms in reading for form in forms)}:
        having |= _stands(text)
    for row in _rows(having):
        shares = [
            sum(weight for forms, weight in reading.items() if any(form in row.name for form in forms))
            for reading in readings
        ]
        own = OWN_NUMBER if any(number in row.name for number in numbers) else 0.0
        rank = max(pinned.get(row.pk, 0.0), own, *shares, 0.0)
        if rank >= ENOUGH and row.pk not in matching.bets.hidden:
            yield row._replace(rank=rank)


def _weights(matching: Matching, words: Iterable[str]) -> dict[tuple[str, ...], float]:
    """Return the rarest words of a reading in the forms that names may have, with the share of each."""
    rarity = {word: matching.vocabulary.rarity(word) for word in words}
    rarest = sorted(rarity, key=rarity.__getitem__, reverse=True)[:MOST_WORDS]
    whole = sum(rarity[word] for word in rarest)
    return {tuple(_forms(word)): rarity[word] / whole for word in rarest}


def _forms(word: str) -> Iterator[str]:
    """Yield a word as names may have it: "ly" may be written "li"."""
    folded = documents.text().fold(word)
    yield f" {folded} "
    if folded.endswith("y") and len(folded) < 4:
        yield f" {folded[:-1]}i "


def _stands(text: str) -> Q:
    """Return whether a name has a text. To look for its place is quicker than LIKE."""
    return Q(GreaterThan(StrIndex("folded_name", Value(text)), 0))


def _having(facet: str, parameters: SearchParameters) -> set[int]:
    """Return the pages that have one of the values chosen for a filter."""
    values = parameters.chosen(facet)
    sources = documents.sources.values()
    if facet == "type":
        found = (_all(source) for source in sources if source.type in values)
    else:
        found = (source.filtered(_all(source), facet, values) for source in sources)
    return {pk for pages in found for pk in pages.values_list("pk", flat=True)}


def _all(source: DocumentSource) -> QuerySet[Any]:
    return source.model._default_manager.order_by()


def _values_of(facet: str, rows: Collection[Row]) -> Counter[str]:
    """Return how many of the pages have each value of a filter."""
    ids = {row.pk for row in rows}
    found: Counter[str] = Counter()
    for source in documents.sources.values():
        if (path := source.filters.get(facet)) is None:
            continue
        pages = _all(source).filter(pk__in=ids) if len(ids) <= FEW else _all(source)
        for pk, value in pages.values_list("pk", path).distinct():
            if pk in ids and (value or facet == "level"):
                found[value or NO_LEVEL] += 1
    return found


def _documents(rows: Collection[Row]) -> list[SearchDocument]:
    """Return what the index would have of these pages, in this order."""
    truth = {document.id: document for document in indexing.read_truth([row.pk for row in rows])}
    return [truth[row.pk] for row in rows if row.pk in truth]
