"""People's words in official ones: a query that has the words of a term is also tried with the official."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, product

from search.understanding.questions import without_function_words
from search.understanding.spelling import words_of
from search.understanding.vocabulary import Vocabulary

_STRANGE = 2
"""Words of the query that may stand inside a phrase: "mất hết cả giấy tờ" for "mất giấy tờ"."""
_WAYS = 4
"""Ways to cut a query into phrases that are kept, and readings that are returned."""
_COMBINATIONS = 3


@dataclass(frozen=True)
class _Found:
    """A phrase found in a query, from its word on to its end."""

    start: int
    end: int
    officials: tuple[tuple[str, ...], ...]
    strange: tuple[str, ...]

    @property
    def covered(self) -> int:
        return self.end - self.start - len(self.strange)


@dataclass(frozen=True)
class _Way:
    """A way to cut the first words of a query."""

    covered: int = 0
    long_phrases: int = 0
    phrases: tuple[_Found, ...] = ()

    def rank(self) -> tuple[int, int]:
        """Order ways: most words in phrases first, then the longest phrases."""
        return -self.covered, -self.long_phrases


class Terms:
    """The dictionary: people's words, and for each the official words that may be meant."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.officials: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for said, official in pairs:
            phrase, meant = tuple(words_of(said)), tuple(words_of(official))
            if phrase and meant and phrase != meant:
                known = self.officials.setdefault(phrase, [])
                if meant not in known:
                    known.append(meant)
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in self.officials:
            self._by_first[phrase[0]].append(phrase)

    def reworded(self, words: list[str], vocabulary: Vocabulary) -> list[list[str]]:
        """Return the query in official words, the best ways first; none where no phrase is in it."""
        readings = (
            _written(words, way.phrases, officials, vocabulary)
            for way in self._ways(words, vocabulary)
            for officials in islice(product(*(found.officials for found in way.phrases)), _COMBINATIONS)
        )
        return list(islice(readings, _WAYS))

    def _ways(self, words: list[str], vocabulary: Vocabulary) -> list[_Way]:
        """Return the ways to cut a query that have a phrase, best first."""
        found = self._found(words, vocabulary)
        ways: dict[int, list[_Way]] = {0: [_Way()]}
        for place in range(len(words)):
            here = sorted(set(ways.pop(place, [])), key=_Way.rank)[:_WAYS]
            for way in here:
                ways.setdefault(place + 1, []).append(way)
                for phrase in found.get(place, ()):
                    longer = _Way(
                        way.covered + phrase.covered,
                        way.long_phrases + phrase.covered**2 - len(phrase.strange),
                        (*way.phrases, phrase),
                    )
                    ways.setdefault(phrase.end, []).append(longer)
        last = sorted(set(ways.get(len(words), [])), key=_Way.rank)
        return [way for way in last[:_WAYS] if way.phrases]

    def _found(self, words: list[str], vocabulary: Vocabulary) -> dict[int, list[_Found]]:
        """Return the phrases in a query by their start, unless their official words are there already."""
        have = set(words)
        found: dict[int, dict[int, _Found]] = defaultdict(dict)
        for place, word in enumerate(words):
            for phrase in self._by_first.get(word, ()):
                fit = _fit(phrase, words, place, vocabulary)
                officials = tuple(meant for meant in self.officials[phrase] if not set(meant) <= have)
                if fit is None or not officials:
                    continue
                end, strange = fit
                old = found[place].get(end)
                if old is None or len(old.strange) > len(strange):
                    found[place][end] = _Found(place, end, officials, strange)
            if (word,) not in self.officials and (meanings := vocabulary.meanings(word)):
                officials = tuple(tuple(meaning.split()) for meaning in meanings)
                found[place].setdefault(place + 1, _Found(place, place + 1, officials, ()))
        return {place: list(by_end.values()) for place, by_end in found.items()}


def _fit(
    phrase: tuple[str, ...], words: list[str], start: int, vocabulary: Vocabulary
) -> tuple[int, tuple[str, ...]] | None:
    """Return where a phrase ends that begins at a word, and the strange words inside; None without a fit.

    A strange word that belongs to its neighbour tears the phrase: "vô tuyến điện" has no "vô điện".
    """
    strange: list[str] = []
    place = start + 1
    for wanted in phrase[1:]:
        room = _STRANGE - len(strange)
        try:
            at = words.index(wanted, place, place + room + 1)
        except ValueError:
            return None
        if at > place and vocabulary.name_pair(words[place - 1], words[place]):
            return None
        strange += words[place:at]
        place = at + 1
    if strange and (len(phrase) < 2 or (len(phrase) == 2 and len(strange) > 1)):
        return None
    return place, tuple(strange)


def _written(
    words: list[str],
    phrases: tuple[_Found, ...],
    officials: Iterable[tuple[str, ...]],
    vocabulary: Vocabulary,
) -> list[str]:
    """Return a query with the official words in place of its phrases, without words twice in a row."""

    def rest(part: Iterable[str]) -> list[str]:
        return without_function_words(list(part), vocabulary, may_empty=True)

    written: list[str] = []
    place = 0
    for phrase, official in zip(phrases, officials, strict=True):
        written += [*rest(words[place : phrase.start]), *official, *rest(phrase.strange)]
        place = phrase.end
    written += rest(words[place:])
    return [word for at, word in enumerate(written) if not at or written[at - 1] != word]
