"""What a search found, as pages and the API show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search import documents, keys, showing
from search.documents import Retired
from search.matching import Matching
from search.parameters import FACETS, WINDOW, SearchParameters
from search.query import PASSAGES
from search.understanding.understanding import NOTHING, Understanding

NEAREST = ("xa", "tinh", "bo", "khac")
"""Levels by how near they are to people."""


@dataclass(frozen=True)
class Result:
    """A page that was found. `marked_title` and `passage` are HTML: text escaped, with our marks.

    `passage` is from the part that is named by `passage_of`. `pinned`: an editor has put it first.
    """

    id: int
    type: str
    type_label: str
    code: str
    title: str
    marked_title: SafeString
    url: str
    sectors: tuple[str, ...]
    levels: tuple[str, ...]
    summary: str
    passage: SafeString
    passage_of: str
    issuer: str
    place: str
    limit: str
    fee: str
    status: str
    status_label: str
    date: date | None
    pinned: bool = False
    family: str = ""  # what its name has in common with the same procedure at another level


@dataclass(frozen=True)
class FacetValue:
    """A value of a filter, and how many results it would leave under all other filters."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter with all its values."""

    name: str
    label: str
    values: tuple[FacetValue, ...]

    @property
    def of_content(self) -> bool:
        """Return whether its values are named by editors, in the language of the content."""
        return self.name in ("sector", "agency", "audience")

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """Return the values that are chosen."""
        return tuple(value for value in self.values if value.chosen)

    def shown(self, most: int) -> tuple[FacetValue, ...]:
        """Return the first values, and those chosen wherever they are."""
        return self.values[:most] + tuple(value for value in self.values[most:] if value.chosen)


@dataclass(frozen=True)
class Chosen:
    """A value that is chosen, and the address of the search without it."""

    facet: Facet
    label: str
    without: str


@dataclass(frozen=True)
class Results:
    """A page of results."""

    parameters: SearchParameters
    total: int
    results: tuple[Result, ...]
    facets: tuple[Facet, ...]
    meant: Understanding = NOTHING
    retired: tuple[Retired, ...] = ()  # codes in the words that have left the national catalogue
    unknown: tuple[str, ...] = ()  # codes in the words that nobody knows, as keys
    nearest: tuple[Result, ...] = ()  # today's procedures like the retired one
    degraded: bool = False  # from the database, as the index could not be asked

    @property
    def corrected(self) -> str:
        """Return the words that were searched, where slips in those typed were corrected, or ""."""
        return self.meant.corrected

    @property
    def preferred_level(self) -> str:
        """Return the name of the level that the words ask for and that comes first, or ""."""
        return documents.labels("level", [self.meant.level]).get(self.meant.level, "")

    @property
    def codes(self) -> frozenset[str]:
        """Return the keys of the codes of the results."""
        return frozenset(keys.code_key(result.code) for result in self.results)

    @property
    def siblings(self) -> tuple[Result, ...]:
        """Return the results that are the first one at another level; words cannot tell them apart."""
        if not self.results or not self.results[0].family or self.parameters.page > 1:
            return ()
        first, *others = self.results
        return tuple(
            result for result in others if result.family == first.family and result.levels != first.levels
        )

    @property
    def pages(self) -> int:
        """Return how many pages can be asked for: not more than Elasticsearch lets one page through."""
        return pages_of(self.total)

    @property
    def limited(self) -> bool:
        """Return whether there are results on no page, so that a reader has to narrow the search."""
        return self.total > WINDOW

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """Return what is chosen in all filters."""
        return tuple(
            Chosen(facet, value.label, self.parameters.without_value(facet.name, value.value).query_string())
            for facet in self.facets
            for value in facet.chosen
        )

    def facet(self, name: str) -> Facet:
        """Return one of the filters."""
        return next(facet for facet in self.facets if facet.name == name)


def pages_of(total: int) -> int:
    """Return how many pages some results make; none makes one, which says so."""
    size = settings.SEARCH_PAGE_SIZE
    return max(1, min(-(-total // size), WINDOW // size))


Hit = tuple[dict[str, Any], dict[str, list[str]]]
"""What the index has of a page that was found, and its texts with the words marked."""


def read(answers: Sequence[Any], parameters: SearchParameters, matching: Matching | None) -> Results:
    """Read the answers of Elasticsearch: the results, and the counts that came with them or on their own."""
    hits = [(hit.to_dict(), hit.meta.to_dict().get("highlight", {})) for hit in answers[0]]
    hidden = showing.hidden(found for found, _marked in hits)
    hits = [hit for hit in hits if hit[0]["id"] not in hidden]
    counted = {
        name: {bucket["key"]: bucket["doc_count"] for bucket in counts["buckets"]}
        for answer in answers
        for name, counts in answer.to_dict().get("aggregations", {}).items()
    }
    total = answers[1].hits.total.value - len(hidden)
    return made_of(parameters, matching, total, hits, counted)


def made_of(
    parameters: SearchParameters,
    matching: Matching | None,
    total: int,
    hits: list[Hit],
    counted: Mapping[str, Mapping[str, int]],
    *,
    degraded: bool = False,
) -> Results:
    """Return a page of results, made of what was found and counted."""
    meant = matching.meant if matching else NOTHING
    hits = hits if meant.level else _siblings_in_order(hits)
    return Results(
        parameters=parameters,
        total=total,
        results=tuple(_results(hits, matching.bets.pinned if matching else ())),
        facets=tuple(
            _facet(name, label, counted.get(name, {}), parameters) for name, label in FACETS.items()
        ),
        meant=meant,
        degraded=degraded,
    )


def _siblings_in_order(hits: list[Hit]) -> list[Hit]:
    """Return results with those of one name in the order in which a person would try them.

    The province's own first, then the nearest level. Words cannot tell such siblings apart, so each keeps one
    of their places.
    """
    families: dict[str, list[int]] = defaultdict(list)
    for place, (found, _marked) in enumerate(hits):
        if family := _family(found):
            families[family].append(place)
    ordered = list(hits)
    for places in families.values():
        siblings = sorted((hits[place] for place in places), key=_distance)
        for place, sibling in zip(places, siblings, strict=True):
            ordered[place] = sibling
    return ordered


def _family(found: dict[str, Any]) -> str:
    """Return what a name has in common with the same procedure at another level."""
    return next(iter(found.get("names", ())), "")


def _distance(hit: Hit) -> tuple[bool, int]:
    """Return how far a person has to go for a procedure: elsewhere, then by its nearest level."""
    found, _marked = hit
    levels = [NEAREST.index(level) for level in found.get("levels", ()) if level in NEAREST]
    return bool(found.get("place")), min(levels, default=len(NEAREST))


def _results(hits: Collection[Hit], pinned: Collection[int]) -> Iterator[Result]:
    levels = documents.labels("level", {level for found, _marks in hits for level in found.get("levels", ())})
    statuses = documents.labels("status", {found["status"] for found, _marks in hits if "status" in found})
    types = documents.labels("type", {found["type"] for found, _marks in hits})
    for found, marked in hits:
        status = found.get("status", "")
        part, passage = _passage(marked)
        yield Result(
            id=found["id"],
            type=found["type"],
            type_label=types.get(found["type"], ""),
            code=found.get("code", ""),
            title=found["title"],
            marked_title=_marked(marked, "title") or SafeString(escape(found["title"])),
            url=localised(found["url"]),
            sectors=tuple(found.get("sector_names", ())),
            levels=tuple(levels[level] for level in found.get("levels", ()) if level in levels),
            summary=found.get("summary", ""),
            passage=passage,
            passage_of=str(PASSAGES.get(part, "")),
            issuer=found.get("issuer", ""),
            place=found.get("place", ""),
            limit=found.get("limit", ""),
            fee=found.get("fee", ""),
            status=status,
            status_label=statuses.get(status, ""),
            date=date.fromisoformat(found["date"]) if "date" in found else None,
            pinned=found["id"] in pinned,
            family=_family(found),
        )


def _passage(marked: dict[str, list[str]]) -> tuple[str, SafeString]:
    """Return the first part of a page in which the words stand, and where."""
    for name in PASSAGES:
        if text := _marked(marked, name):
            return name, text
    return "", SafeString("")


def _marked(marked: dict[str, list[str]], name: str) -> SafeString:
    """Return a text with the words marked: exactly as typed where they stand so, else without their marks."""
    texts = marked.get(name) or marked.get(f"{name}.folded") or [""]
    return mark_safe(texts[0])  # noqa: S308  the highlighter's encoder has escaped the text


def localised(path: str) -> str:
    """Return the address of a page in the language in use."""
    return reverse("wagtail_serve", args=[path.lstrip("/")])


def _facet(name: str, label: Any, counts: Mapping[str, int], parameters: SearchParameters) -> Facet:
    """Name the values of a filter; those chosen stay in sight when nothing has them any more."""
    chosen = parameters.chosen(name)
    labels = documents.labels(name, [*counts, *chosen])
    values = [
        FacetValue(
            value=value,
            label=labels.get(value, value),
            count=counts.get(value, 0),
            chosen=value in chosen,
        )
        for value in dict.fromkeys([*counts, *chosen])
    ]
    return Facet(name, str(label), tuple(_in_order(name, values, list(labels))))


def _in_order(name: str, values: list[FacetValue], known: list[str]) -> list[FacetValue]:
    """Order values as their vocabulary does or, where that has no order, by how much they leave."""
    if name in documents.ordered:
        places = {value: place for place, value in enumerate(known)}
        return sorted(values, key=lambda item: places.get(item.value, len(places)))
    return sorted(values, key=lambda item: (-item.count, _folded(item.label)))


@lru_cache(maxsize=4096)
def _folded(label: str) -> str:
    return documents.text().fold(label)
