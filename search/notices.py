"""What the page of results says above them: how the words were understood, and of codes that no page has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search import lexicons
from search.parameters import SearchParameters
from search.results import Result, Results


@dataclass(frozen=True)
class Understood:
    """How the words were understood, with the search that takes them otherwise; "" says nothing of it."""

    corrected: str
    as_typed: str
    could_be: str  # what the words would be corrected to, had the reader not asked for exactly these
    with_correction: str
    level: str
    without_level: str


@dataclass(frozen=True)
class RetiredCode:
    """A code that has left the national catalogue, as it is shown."""

    code: str
    name: str
    month: str  # 05/2025


@dataclass(frozen=True)
class Ranked:
    """A result and its place among all of the search."""

    rank: int
    result: Result


def understood(found: Results) -> Understood:
    """Return how the words of a search were understood."""
    parameters = found.parameters
    could_be = ""
    if parameters.exact and parameters.words:
        could_be = lexicons.current().understand(parameters.words).corrected
    return Understood(
        corrected=found.corrected,
        as_typed=parameters.as_typed().query_string(),
        could_be=could_be,
        with_correction=with_correction(parameters).query_string(),
        level=found.preferred_level if parameters.order == "relevance" else "",
        without_level=parameters.without_level_preference().query_string(),
    )


def with_correction(parameters: SearchParameters) -> SearchParameters:
    """Return the search in which slips are corrected again."""
    return replace(parameters, exact=False, page=1)


def retired(found: Results) -> list[RetiredCode]:
    """Return the codes in the words that have left the national catalogue."""
    return [
        RetiredCode(code.code, code.name, "/".join(reversed(code.seen.split("-")))) for code in found.retired
    ]


def unknown(found: Results) -> list[str]:
    """Return the codes in the words that nobody knows, as codes are written: 1.999999."""
    return [f"{key[0]}.{key[1:]}" for key in found.unknown]


def ranked(found: Results, start: int) -> list[Ranked]:
    """Return the results of a page with their places, of which the first is `start`."""
    return [Ranked(rank, result) for rank, result in enumerate(found.results, start)]


def siblings(found: Results) -> list[Ranked]:
    """Return the first result's counterparts at other levels, one for each."""
    return list(_siblings(found))


def _siblings(found: Results) -> Iterator[Ranked]:
    others = found.siblings
    seen = set()
    for rank, result in enumerate(found.results, 1):
        if result in others and result.levels not in seen:
            seen.add(result.levels)
            yield Ranked(rank, result)
