"""The Vietnamese alphabet: under which letter a name stands, in Python and in the database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, CharField, Expression, Value, When
from django.db.models.functions import Substr

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
    own = [
        When(
            sort_key__startswith=fold(letter),
            name__regex=f"{_FRONT}[{_spellings(letter)}]",
            then=Value(letter),
        )
        for letter in _OWN
    ]
    plain = When(sort_key__regex="^[a-z]", then=Substr("sort_key", 1, 1))
    return Case(*own, plain, default=Value(OTHER), output_field=CharField())


def letters(counts: dict[str, int], current: str = "") -> list[Letter]:
    """Return the letters that have a name, in their order, with one of them chosen."""
    return [Letter(letter, counts[letter], letter == current) for letter in ORDER if counts.get(letter)]


def _spellings(letter: str) -> str:
    return "".join(_with_tones([letter, letter.upper()]))


def _with_tones(letters: Iterable[str]) -> Iterable[str]:
    for letter in letters:
        yield letter
        yield from (
            written for tone in _TONES if len(written := unicodedata.normalize("NFC", letter + tone)) == 1
        )
