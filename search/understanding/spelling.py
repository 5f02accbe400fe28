"""One spelling of each word: where the tone mark stands, and i or y, may lawfully be written in two ways.

The index does the same in its analysis (`search.analysis`); this is for the words that are understood before
the index is asked.
"""

import re
import unicodedata
from functools import lru_cache

TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
"""Sắc, huyền, hỏi, ngã, nặng as combining marks, by their keys in Telex."""

_MARKS = frozenset(TONES.values())
_VOWELS = "aăâeêioôơuưy"
_WORD = re.compile(r"[^\W_]+")
_SYLLABLE = re.compile(
    rf"""
    (?P<onset> ngh|ng|nh|gh|gi(?=[{_VOWELS}])|qu(?=[{_VOWELS}])|kh|ph|th|tr|ch|[bcdđghklmnpqrstvx] | )
    (?P<vowels> [{_VOWELS}]+ )
    (?P<coda> [a-z]* )
    """,
    re.VERBOSE,
)
_I_FOR_Y = re.compile(r"(?:[hklmst]|qu)i")


def words_of(text: str) -> list[str]:
    """Return the words of a normalised text, small and in their one spelling: "Hoà giải" -> hòa, giải."""
    return [spelled(word) for word in _WORD.findall(text.lower())]


def different_words(text: str) -> set[str]:
    """Return the words of a text, each once: much quicker than all of a long one."""
    return {spelled(word) for word in set(_WORD.findall(text.lower()))}


@lru_cache(maxsize=100_000)
def spelled(word: str) -> str:
    """Return a word in small letters in its one spelling: "hoà" -> "hòa", "kĩ" -> "kỹ", "qui" -> "quy"."""
    letters, tone = split_tone(word)
    if _I_FOR_Y.fullmatch(letters):
        letters = f"{letters[:-1]}y"
    return with_tone(letters, tone) if tone else letters


def split_tone(word: str) -> tuple[str, str]:
    """Return a word without its tone mark, and the mark: "đường" -> ("đương", U+0300)."""
    if word.isascii():
        return word, ""
    letters = unicodedata.normalize("NFD", word)
    tone = next((letter for letter in letters if letter in _MARKS), "")
    kept = "".join(letter for letter in letters if letter not in _MARKS) if tone else letters
    return unicodedata.normalize("NFC", kept), tone


def with_tone(letters: str, tone: str) -> str:
    """Return a word with a tone mark, at the place where school books put it: on the ơ of "đương"."""
    if not tone:
        return letters
    syllable = _SYLLABLE.fullmatch(letters)
    if syllable is None:
        return unicodedata.normalize("NFC", letters + tone) if len(letters) == 1 else letters
    place = syllable.start("vowels") + _carrier(syllable["vowels"], bool(syllable["coda"]))
    carrier = unicodedata.normalize("NFC", letters[place] + tone)
    return letters[:place] + carrier + letters[place + 1 :]


def _carrier(vowels: str, closed: bool) -> int:
    """Return which of the vowels carries the tone: the last with a mark of its own, else by their number."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in "ăâêôơ"] or [
        place for place, vowel in enumerate(vowels) if vowel == "ư"
    ]
    if marked:
        return marked[-1]
    return 1 if len(vowels) == 3 or (len(vowels) == 2 and closed) else 0


def is_plain(words: list[str]) -> bool:
    """Tell whether words were typed without any diacritics."""
    return all(word.isascii() for word in words)
