"""The Vietnamese alphabet: under which letter a name stands, in Python and in the database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Final

from django.db.models import Case, CharField, Expression, Q, Value, When
from django.db.models.functions import Substr
from django.db.models.lookups import In

from home.text import fold

ALPHABET: Final = tuple("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
"""Its letters in their order, with the four that only foreign words have."""
OTHER: Final = "0-9"
"""Where a name stands that begins with a figure or a sign."""
ORDER: Final = {letter: place for place, letter in enumerate((*ALPHABET, OTHER))}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The marks of the five tones: they make no letter."""
_OWN: Final = tuple("ăâđêôơư")
"""Letters that lose their mark when a text is folded."""

# What `home.text.sort_key` takes off the front of a name, as both databases can read it.
_FRONT = r"^\W*(([0-9]{1,3}([.][0-9]{1,2})*|[ivxIVX]+|[a-eA-E])[.)]\W*)?([Tt][Hh][Ủủ] [Tt][Ụụ][Cc]\W+)?"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the list, and how many names stand under it."""

    value: str
    count: int
    current: bool

    @property
    def label(self) -> str:
        return self.value.upper()


def letter_of(name: str) -> str:
    """Return the letter of a name: "Đất đai" is under đ, "Ứng dụng" under ư."""
    first = next((sign for sign in name if sign.isalnum()), "").lower()
    parts = unicodedata.normalize("NFD", first)
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return letter if letter in ALPHABET else OTHER


def letter_in_database() -> Expression:
    """Return the letter of a procedure: that of its sort key, or what this was before it was folded."""
    own = [When(_folded_to(letter) & _written_with(letter), then=Value(letter)) for letter in _OWN]
    return Case(*own, When(_LATIN, then=_FIRST), default=Value(OTHER), output_field=CharField())


def under(letter: str) -> Q:
    """Return which procedures stand under a letter: what can be told by the sort key is told by that."""
    if letter == OTHER:
        return ~Q(_LATIN)
    if letter in _OWN:
        return _folded_to(letter) & _written_with(letter)
    others = "".join(own for own in _OWN if fold(own) == letter)
    return _folded_to(letter) & ~_written_with(others) if others else _folded_to(letter)


_FIRST = Substr("sort_key", 1, 1)
_LATIN = In(_FIRST, list(ascii_lowercase))


def _folded_to(letter: str) -> Q:
    return Q(sort_key__startswith=fold(letter))


def _written_with(letters: str) -> Q:
    """Return which names begin with one of these letters, in whatever tone."""
    return Q(name__regex=f"{_FRONT}[{''.join(_spellings(letters + letters.upper()))}]")


def letters(counts: dict[str, int], current: str = "") -> list[Letter]:
    """Return the letters that have a name, in their order, with one of them chosen."""
    return [Letter(letter, counts[letter], letter == current) for letter in ORDER if counts.get(letter)]


def _spellings(letters: str) -> Iterator[str]:
    """Yield letters, and each with every tone that it can have."""
    for letter in letters:
        yield letter
        for tone in _TONES:
            written = unicodedata.normalize("NFC", letter + tone)
            if len(written) == 1:
                yield written
