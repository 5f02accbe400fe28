"""Typing slips: for each word what it may stand for, and the likeliest way through all of them.

Only words that the index does not know are changed, by a letter only where the index has the other word
beside a neighbour; a known one only where its marks are wrong and a neighbour proves that. Words without
marks get back those that the catalogue has (a beam search over pairs of words, after A. Viterbi).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search import documents
from search.understanding.slips import decoded
from search.understanding.spelling import is_plain, split_tone
from search.understanding.vocabulary import KNOWN, Vocabulary

# Costs, as negative logarithms; a word left as it is costs nothing if known.
_UNKNOWN = 7.0
_MARKS_ADDED = 0.3
_MARKS_LOST = 1.5  # of an unknown word
_MARKS_WRONG = 2.6  # of a known one, where its neighbours prove it
_KEYS_LEFT = 0.6
_KEYS_LEFT_AND_MARKS = 2.0
_ONE_LETTER = 3.0
_OTHER_TONE = 0.8
_OTHER_FIRST_LETTER = 1.0
_WEIGHT = 1.6  # of these against how unlikely the words are next to each other
_BEAM = 24

_LETTERS = "abcdeghiklmnopqrstuvxy"
_DIGITS = re.compile(r"\d{3}|^\d+$")
_VOWEL = re.compile("[aeiouy]")


def corrected(words: list[str], vocabulary: Vocabulary) -> list[str]:
    """Return the words as they were most likely meant; the same ones if nothing is wrong."""
    plain = is_plain(words)
    paths: dict[str | None, tuple[float, tuple[str, ...]]] = {None: (0.0, ())}
    for place, word in enumerate(words):
        before = words[place - 1] if place else None
        after = words[place + 1] if place + 1 < len(words) else None
        longer = {}
        for candidate, cost in _candidates(word, before, after, vocabulary, plain=plain).items():
            total, path = min(
                (so_far + vocabulary.cost(last, candidate), path) for last, (so_far, path) in paths.items()
            )
            longer[candidate] = (total + cost * _WEIGHT, (*path, candidate))
        paths = dict(sorted(longer.items(), key=lambda item: item[1][0])[:_BEAM])
    return list(min(paths.values())[1])


def _candidates(
    word: str, before: str | None, after: str | None, vocabulary: Vocabulary, *, plain: bool
) -> dict[str, float]:
    """Return what a word may stand for, with what each reading costs."""
    if _DIGITS.search(word):
        return {word: 0.0}
    known = vocabulary.knows(word)
    found = {word: 0.0 if known else _UNKNOWN}
    readings = _readings(word, before, after, vocabulary, plain=plain, known=known)
    for reading, cost in readings:
        if vocabulary.knows(reading) and cost < found.get(reading, 99.0):
            found[reading] = cost
    return found


def _readings(
    word: str, before: str | None, after: str | None, vocabulary: Vocabulary, *, plain: bool, known: bool
) -> Iterator[tuple[str, float]]:
    folded = documents.text().fold(word)
    marked = vocabulary.with_folded(folded)
    if plain:
        yield from ((reading, _MARKS_ADDED if reading != word else 0.0) for reading in marked)
    elif not known:
        yield from ((reading, _MARKS_LOST) for reading in marked)
    elif (before or after) and not (vocabulary.pair(before, word) or vocabulary.pair(word, after)):
        yield from (
            (reading, _MARKS_WRONG)
            for reading in marked
            if max(vocabulary.pair(before, reading), vocabulary.pair(reading, after)) >= KNOWN
        )
    for meant in decoded(word):
        yield meant, _KEYS_LEFT
        yield from (
            (reading, _KEYS_LEFT_AND_MARKS)
            for reading in vocabulary.with_folded(documents.text().fold(meant))
        )
    if not known and _VOWEL.search(folded):
        for near in _one_letter_away(folded):
            for reading in vocabulary.with_folded(near):
                if vocabulary.pair(before, reading) or vocabulary.pair(reading, after):
                    yield reading, _slip_cost(word, reading)


def _slip_cost(word: str, reading: str) -> float:
    """Return what a wrong letter costs: more with another tone, more at the start, where people look."""
    cost = _ONE_LETTER
    if split_tone(reading)[1] != split_tone(word)[1]:
        cost += _OTHER_TONE
    return cost if reading[:1] == word[:1] else cost + _OTHER_FIRST_LETTER


def _one_letter_away(word: str) -> set[str]:
    """Return a word with one letter left out, added, replaced, or swapped with its neighbour (Damerau)."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {start + letter + end for start, end in cuts for letter in _LETTERS}
    if len(word) > 2:
        found |= {start + end[1:] for start, end in cuts if end}
        found |= {start + end[1] + end[0] + end[2:] for start, end in cuts if len(end) > 1}
        found |= {start + letter + end[1:] for start, end in cuts if end for letter in _LETTERS}
    return found
