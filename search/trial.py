"""What a line of the dictionary would change in a search: the results with it and without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search import lexicons, service, terms
from search.models import SearchTerm
from search.parameters import SearchParameters
from search.results import Result
from search.understanding.rewording import Terms
from search.understanding.understanding import Lexicon

SHOWN = 10


@dataclass(frozen=True)
class Tried:
    """A result, with its place before; `moved` is how many places it rose."""

    result: Result
    place: int
    place_before: int | None

    @property
    def is_new(self) -> bool:
        """Tell whether it was not among those shown before."""
        return self.place_before is None

    @property
    def moved(self) -> int:
        """Return how many places it rose; fewer than none: it fell."""
        return self.place_before - self.place if self.place_before else 0

    @property
    def fell(self) -> int:
        """Return how many places it fell."""
        return -self.moved


@dataclass(frozen=True)
class Trial:
    """The first results of a query without a line and with it."""

    words: str
    before: tuple[Result, ...]
    after: tuple[Tried, ...]
    readings: tuple[str, ...]  # ways to read the query that the line adds

    @property
    def changes(self) -> bool:
        """Tell whether the line changes anything in what is shown."""
        return [result.id for result in self.before] != [tried.result.id for tried in self.after]


def try_term(words: str, term: SearchTerm) -> Trial:
    """Search some words as the dictionary is without a line, and as it is with the line in use."""
    line = terms.key(term.words, term.official)
    others = [
        other
        for other in SearchTerm.objects.filter(enabled=True).exclude(pk=term.pk).order_by("pk")
        if terms.key(other.words, other.official) != line
    ]
    place = sum(other.pk < term.pk for other in others) if term.pk else len(others)
    without, with_it = _lexicon(others), _lexicon([*others[:place], term, *others[place:]])
    before, after = _first(words, without), _first(words, with_it)
    places = {result.id: place for place, result in enumerate(before, 1)}
    known = {reading.words for reading in without.understand(words).readings}
    return Trial(
        words=words,
        before=before,
        after=tuple(Tried(result, place, places.get(result.id)) for place, result in enumerate(after, 1)),
        readings=tuple(
            " ".join(reading.words)
            for reading in with_it.understand(words).readings
            if reading.words not in known
        ),
    )


def _lexicon(lines: Iterable[SearchTerm]) -> Lexicon:
    return Lexicon.of(lexicons.vocabulary(), Terms(pair for line in lines for pair in line.pairs()))


def _first(words: str, lexicon: Lexicon) -> tuple[Result, ...]:
    return service.try_lexicon(SearchParameters(words=words), lexicon).results[:SHOWN]
