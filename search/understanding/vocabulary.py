"""The words of the index: how often each occurs and next to which, and the names of pages, sectors, agencies.

A query is understood with these, before the index is asked: which words are slips, which belong together,
which names stand whole in it. `counting` makes it while the index is built, `search.lexicons` keeps it.
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

from search import documents

KNOWN = 3
"""Weight from which a word counts as known in a large catalogue: it stands in one name, or in a few texts.
One that stands in a text or two there is more likely a slip itself."""
LARGE = 1000
"""Documents of a large catalogue."""
_VOWEL = re.compile("[aeiouy]")
ABBREVIATED = range(2, 7)
"""Syllables of a phrase that is shortened to its initials."""


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Return a word without its marks: kept, as the same few words come again and again."""
    return documents.text().fold(word)


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
        pages = dict.fromkeys(map(folded, words), 1)
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
        return self.initials.get(word, []) if not spoken and len(word) >= ABBREVIATED.start else []

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
