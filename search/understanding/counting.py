"""Counts the words of documents while the index is built, or as they change."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from search import keys
from search.documents import SearchDocument
from search.understanding.naming import name_keys, spelled_out
from search.understanding.spelling import different_words, words_of
from search.understanding.vocabulary import ABBREVIATED, Vocabulary, folded

_NAME, _PHRASING, _TEXT = 3, 2, 1
_LONGEST_TEXT = 2500
"""Characters of a text whose pairs of words are counted: later ones say nothing new of the language."""
_RARE_PAIR = 2
_FREQUENT = 5
"""Names that a phrase has to stand in, to be shortened to its initials."""
_MEANINGS = 2
"""Phrases that one abbreviation may stand for."""


class Builder:
    """Counts the words of documents as they pass."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        self.name_words: Counter[str] = Counter()
        self.name_pairs: Counter[str] = Counter()
        self.pages: Counter[str] = Counter()
        self.names: set[str] = set()
        self.sectors: dict[str, str] = {}
        self.agencies: set[str] = set()
        self.numbers: set[str] = set()
        self.phrases: Counter[tuple[str, ...]] = Counter()
        self.documents = 0

    def add(self, document: SearchDocument) -> None:
        """Count one document."""
        name = spelled_out(document.title).split()
        name_pairs = self._pairs_of(name)
        self.name_words.update(set(name))
        self.name_pairs.update(name_pairs)
        self._count(name, name_pairs, _NAME)
        self.phrases.update(
            {
                phrase
                for length in ABBREVIATED
                for start in range(len(name) - length + 1)
                if all(map(str.isalpha, phrase := tuple(name[start : start + length])))
            }
        )
        seen = set(name)
        for text, weight in self._texts(document):
            words = words_of(text[:_LONGEST_TEXT])
            later = different_words(text[_LONGEST_TEXT:])
            self._count([*words, *later], self._pairs_of(words), weight)
            seen.update(words, later)
        self.pages.update({folded(word) for word in seen})
        self.names.update(name_keys(document.title))
        self.sectors |= {
            " ".join(words_of(label)): slug
            for slug, label in zip(document.sectors, document.sector_names, strict=False)
        }
        self.agencies.update(" ".join(words_of(label)) for label in document.agency_names)
        self.numbers.update(key for number in document.numbers for key in keys.number_keys(number))
        self.documents += 1

    @staticmethod
    def _texts(document: SearchDocument) -> list[tuple[str, int]]:
        texts = [document.results, document.dossier, document.steps, document.conditions, document.body]
        texts += [document.summary, document.legal]
        texts += ["\n".join(document.sector_names), "\n".join(document.agency_names), document.keywords]
        return [("\n".join(document.phrasings), _PHRASING), *((text, _TEXT) for text in texts if text)]

    @staticmethod
    def _pairs_of(words: list[str]) -> set[str]:
        return {f"{first} {second}" for first, second in pairwise(words)}

    def _count(self, words: list[str], pairs: set[str], weight: int) -> None:
        for word in set(words):
            self.words[word] += weight
        for pair in pairs:
            self.pairs[pair] += weight

    def _initials(self) -> dict[str, list[str]]:
        """Return by their initials the phrases that are most frequent in names: people shorten those."""
        found: dict[str, list[str]] = defaultdict(list)
        for phrase, count in self.phrases.most_common():
            if count < _FREQUENT:
                break
            known = found["".join(word[0] for word in phrase)]
            if len(known) < _MEANINGS:
                known.append(" ".join(phrase))
        return dict(found)

    def result(self) -> Vocabulary:
        """Return what was counted; pairs that stand in one text alone are left out."""
        return Vocabulary(
            words=dict(self.words),
            pairs={pair: count for pair, count in self.pairs.items() if count >= _RARE_PAIR},
            name_words=dict(self.name_words),
            name_pairs=dict(self.name_pairs),
            pages=dict(self.pages),
            names=self.names,
            sectors=self.sectors,
            agencies=self.agencies,
            numbers=self.numbers,
            initials=self._initials(),
            documents=self.documents,
        )
