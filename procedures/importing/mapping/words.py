"""Tells whether one text says all that another says: how the mapping knows that it loses nothing."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def words(*texts: str) -> set[str]:
    """Return the words of texts, in small letters; a number is a word, whatever zeros are in front."""
    return {word.lstrip("0") or "0" for text in texts for word in _WORD.findall(text.lower())}


def missing(text: str, said: Iterable[str], ignore: Iterable[str] = ()) -> set[str]:
    """Return the words of a text that are in none of the other texts."""
    return words(text).difference(words(*said), ignore)


def item(value: dict[str, object]) -> dict[str, object]:
    """Return a value as a list block stores it."""
    return {"type": "item", "value": value}
