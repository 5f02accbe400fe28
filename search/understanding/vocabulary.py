"""The words of the index: how often each occurs and next to which, and the names of pages, sectors, agencies.

A query is understood with these, before the index is asked: which words are slips, which belong together,
which names stand whole in it. Built while the index is (`search.vocabularies` keeps it for all processes).
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from search import documents, keys
from search.documents import SearchDocument
from search.understanding.naming import name_keys, spelled_out
from search.understanding.spelling import different_words, words_of

KNOWN = 3
"""Weight from which a word counts as known in a large catalogue: it stands in one name, or in a few texts.
One that stands in a text or two there is more likely a slip itself."""
LARGE = 1000
"""Documents of a large catalogue."""
_NAME, _PHRASING, _TEXT = 3, 2, 1
_LONGEST_TEXT = 2500
"""Characters of a text whose pairs of words are counted: later ones say nothing new of the language."""
_RARE_PAIR = 2
_VOWEL = re.compile("[aeiouy]")
_ABBREVIATED = range(2, 7)
"""Syllables of a phrase that is shortened to its initials."""
_FREQUENT = 5
_MEANINGS = 2


@dataclass
class Vocabulary:
    """Counts by word ("giấy"), by pair ("giấy phép"), and the keys that name something."""

    words: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)
    name_words: dict[str, int] = field(default_factory=dict)
    name_pairs: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)  # of each word without marks: how many pages have it
    names: set[str] = field(default_factory=set)
    sectors: dict[str, str] = field(default_factory=dict)  # name in small letters: slug
    agencies: set[str] = field(default_factory=set)  # names in small letters
    numbers: set[str] = field(default_factory=set)
    initials: dict[str, list[str]] = field(default_factory=dict)  # "vpđd": văn phòng đại diện
    documents: int = 0

    def taught(self, phrases: list[list[str]], officials: list[list[str]]) -> Vocabulary:
        """Return a vocabulary that also knows phrases of people, and the words that these stand for."""
        words, pairs = Counter(self.words), Counter(self.pairs)
        for phrase in phrases:
            for word in phrase:
                words[word] += 10 * KNOWN
            for first, second in pairwise(phrase):
                pairs[f"{first} {second}"] += 5 * KNOWN
        for official in officials:
            words.update(official)
        return replace(self, words=words, pairs=pairs)

    def with_words(self, words: dict[str, int]) -> Vocabulary:
        """Return a vocabulary that knows some more words."""
        pages = dict.fromkeys(map(_folded, words), 1)
        return replace(self, words={**words, **self.words}, pages={**pages, **self.pages})

    def knows(self, word: str) -> bool:
        """Tell whether the index has this word, marks and all."""
        return self.words.get(word, 0) >= self.known_from

    @property
    def known_from(self) -> int:
        """Return the weight from which a word counts as known."""
        return KNOWN if self.documents >= LARGE else 1

    def meanings(self, word: str) -> list[str]:
        """Return what an abbreviation stands for ("vpđd": "văn phòng đại diện"); none for a spoken word."""
        spoken = _VOWEL.search(documents.text().fold(word)) and self.knows(word)
        return self.initials.get(word, []) if not spoken and len(word) >= _ABBREVIATED.start else []

    def pair(self, first: str | None, second: str | None) -> int:
        """Return how often two words stand next to each other."""
        return self.pairs.get(f"{first} {second}", 0) if first and second else 0

    def name_pair(self, first: str, second: str) -> int:
        """Return how many names have two words next to each other."""
        return self.name_pairs.get(f"{first} {second}", 0)

    def with_folded(self, folded: str) -> list[str]:
        """Return the known words that are written so without marks."""
        return self._by_folded.get(folded, [])

    def numbers_from(self, number: str) -> list[str]:
        """Return the keys of the legal documents that begin with a number: "1181" has "1181/qd-bgddt"."""
        return self._by_number.get(number, [])

    @cached_property
    def _by_number(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.numbers:
            found[key.partition("/")[0]].append(key)
        return dict(found)

    def sector(self, name: str) -> str:
        """Return the slug of the sector of a name, which may be typed without marks; "" if there is none."""
        return self.sectors.get(name) or (self._folded_sectors.get(name, "") if name.isascii() else "")

    def agency(self, name: str) -> str:
        """Return the name of the agency of a name, folded; "" if there is none."""
        known = name in self.agencies or (name.isascii() and name in self._folded_agencies)
        return documents.text().fold(name) if known else ""

    def opens_agency(self, first: str, second: str) -> bool:
        """Tell whether the name of an agency begins with two words: "bộ tài" does."""
        return (first, second) in self._openings

    @cached_property
    def _openings(self) -> set[tuple[str, ...]]:
        return {tuple(name.split()[:2]) for name in self.agencies}

    @cached_property
    def _folded_sectors(self) -> dict[str, str]:
        return {documents.text().fold(name): slug for name, slug in self.sectors.items()}

    @cached_property
    def _folded_agencies(self) -> set[str]:
        return set(map(documents.text().fold, self.agencies))

    def cost(self, before: str | None, word: str) -> float:
        """Return how unlikely a word is after another, as a negative logarithm."""
        alone = (self.words.get(word, 0) + 0.1) / self._total
        if before is None:
            return -math.log(alone)
        together = self.pair(before, word) / (self.words.get(before, 0) + 3)
        return -math.log(0.75 * together + 0.25 * alone)

    def formality(self, words: Sequence[str]) -> float:
        """Return how much words sound like names: the share of their pairs that names have, from 0 to 1."""
        pairs = list(pairwise(words))
        return sum(self.name_pair(*pair) > 0 for pair in pairs) / len(pairs) if pairs else 1.0

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of a word in names (BM25's)."""
        return self._idf(self.name_words.get(word, 0))

    def pair_rarity(self, first: str, second: str) -> float:
        """Return the inverse document frequency of a pair in names."""
        return self._idf(self.name_pairs.get(f"{first} {second}", 0))

    def _idf(self, found: int) -> float:
        total = max(self.documents, 1)
        return math.log(1 + (max(total - found, 0) + 0.5) / (found + 0.5))

    @cached_property
    def _total(self) -> int:
        return sum(self.words.values()) or 1

    @cached_property
    def _by_folded(self) -> dict[str, list[str]]:
        fold = documents.text().fold
        found: dict[str, list[str]] = defaultdict(list)
        for word, count in self.words.items():
            if count >= self.known_from and not word.isdigit():
                found[fold(word)].append(word)
        return dict(found)

    def packed(self) -> bytes:
        """Return all of it as bytes."""
        values = {
            name: sorted(value) if isinstance(value, set) else value
            for name, value in vars(self).items()
            if not name.startswith("_")
        }
        return zlib.compress(json.dumps(values, ensure_ascii=False).encode(), 6)

    @classmethod
    def unpacked(cls, packed: bytes) -> Vocabulary:
        """Return the vocabulary that was packed."""
        values = json.loads(zlib.decompress(packed))
        return cls(**values | {name: set(values[name]) for name in ("names", "agencies", "numbers")})


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    return documents.text().fold(word)


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
                for length in _ABBREVIATED
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
        self.pages.update({_folded(word) for word in seen})
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
