"""All results of a search, in portions, for files and feeds: up to the window, in the order of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db.models import F
from wagtail.models import Page

from search import degraded, lexicons, query, relevance, showing
from search.matching import Matching
from search.parameters import WINDOW, SearchParameters
from search.service import SearchUnavailable, ask, matching_of

PORTION = 500
"""Results that are asked for, and held, at a time."""


@dataclass(frozen=True)
class Whole:
    """All results of a search; what the index has of each comes when it is asked for, and once.

    `total` is how many there are; of more than the window only so many come.
    """

    parameters: SearchParameters
    total: int
    degraded: bool
    portions: Iterator[list[dict[str, Any]]]

    @property
    def complete(self) -> bool:
        """Tell whether all comes that the search means."""
        return not self.degraded and self.total <= WINDOW


def find(parameters: SearchParameters) -> Whole:
    """Search, and return all results up to the window.

    Where the index cannot be asked for the first portion, all come from the database. If it fails later,
    `SearchUnavailable` is raised: half a list is none.
    """
    matching = matching_of(parameters, lexicons.current())
    sizes = list(_sizes())
    try:
        total, portions = _from_the_index(parameters, matching, sizes)
    except SearchUnavailable:
        total, portions = degraded.portions(parameters, matching, sizes)
        return Whole(parameters, total, True, portions)
    return Whole(parameters, total, False, portions)


def _sizes() -> Iterator[int]:
    """Yield the sizes of the portions: the first are the candidates, which are put in order on their own."""
    size, most = relevance.WINDOW, WINDOW
    while most > 0:
        yield min(size, most)
        most, size = most - size, PORTION


def _from_the_index(
    parameters: SearchParameters, matching: Matching | None, sizes: list[int]
) -> tuple[int, Iterator[list[dict[str, Any]]]]:
    without = showing.withheld()
    seen: set[int] = set()

    def portion(start: int, size: int) -> tuple[int, list[dict[str, Any]]]:
        (answer,) = ask(query.portion(parameters, matching, start, start + size, without))
        hits = [hit.to_dict() for hit in answer]
        left_out = showing.hidden(hits) | seen  # the index may change between two portions
        seen.update(hit["id"] for hit in hits)
        return answer.hits.total.value, [hit for hit in hits if hit["id"] not in left_out]

    def later() -> Iterator[list[dict[str, Any]]]:
        start = sizes[0]
        for size in sizes[1:]:
            if start >= total:
                return
            yield portion(start, size)[1]
            start += size

    total, first = portion(0, sizes[0])
    return total, chain([first], later())


def last_published(parameters: SearchParameters, most: int) -> list[dict[str, Any]]:
    """Search, and return those of all results that were published last, the latest first.

    When a page was published the database alone knows; the day of its content may be long ago.
    """
    matching = matching_of(parameters, lexicons.current())
    try:
        return _last_published(parameters, matching, most)
    except SearchUnavailable:
        newest = replace(parameters, sort="newest")  # here it means the same
        _total, portions = degraded.portions(newest, matching, [most])
        return list(chain.from_iterable(portions))


def _last_published(
    parameters: SearchParameters, matching: Matching | None, most: int
) -> list[dict[str, Any]]:
    (answer,) = ask(query.ids(parameters, matching, showing.withheld()))
    pages = Page.objects.filter(pk__in=[hit["fields"]["id"][0] for hit in answer.to_dict()["hits"]["hits"]])
    latest = pages.order_by(F("last_published_at").desc(nulls_last=True), "-pk")
    wanted = list(latest.values_list("pk", flat=True)[:most])
    if not wanted:
        return []
    (answer,) = ask(query.these(wanted))
    hits = {hit.id: hit.to_dict() for hit in answer}
    hidden = showing.hidden(hits.values())
    return [hits[pk] for pk in wanted if pk in hits and pk not in hidden]
