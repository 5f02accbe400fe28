"""How the words of a text read, as they stand and decoded: the evidence for an encoding of before Unicode."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from home.text.syllables import is_syllable

_MODERN = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýÐð"
"""Letters of Latin-1 that ordinary Vietnamese uses too (and Ð, often typed for Đ)."""

_OTHER = "".join(chr(code) for code in range(0xA1, 0x100) if chr(code) not in _MODERN + "°±²³´º")
_CAPITAL_INSIDE = "(?<=[a-z][ÈÉÊÌÒÓÔÕÝÐ])|(?<=[A-Z][ÈÉÊÌÒÓÔÕÝÐ])(?=[a-z])"
"""TCVN3: "QuyÕt", "MÉu"."""

_MARK_AFTER_LETTER = (
    "(?<=[Aa][âêàãèéùúõÂÊÀÃÈÉÙÚÕ])|(?<=[EeOo][âãùõÂÃÙÕ])|(?<=[EeYy][àáÀÁ])|(?<=[ÔôUuYy][ùõÙÕ])"
)
"""VNI: "Coâng vaên"."""

TELLING = re.compile(
    f"[{_OTHER}ÀÁÂÃÈÉÊÌÒÓÔÕÙÚÝÐàáâãèéêùúõ](?:(?<=[{_OTHER}])|{_CAPITAL_INSIDE}|{_MARK_AFTER_LETTER})"
)
"""What ordinary Vietnamese never has: a text without it is not looked at any further."""

_UNMISTAKABLE = re.compile(f"[¡-¯µ-¾×÷]|{_CAPITAL_INSIDE}")
"""What no language writes in a word, and TCVN3 does: a sign for a letter, a capital inside."""

_ENOUGH, _ENOUGH_WHEN_UNMISTAKABLE = 0.75, 0.3
"""The share of words that must read as Vietnamese."""

_LINE_BREAK = 1000
"""How many words a line break counts as, when the nearest sure word is looked for."""

Decode = Callable[[re.Match[str]], str | None]
"""Decodes a word; None says that the word cannot be in that encoding."""


class Reading(Enum):
    """How a word is to be read."""

    PLAIN = "the same in every encoding"
    UNICODE = "right as it stands"
    LEGACY = "right only when decoded"
    OPEN = "either: its neighbours decide"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, where it stands, and how it reads."""

    start: int
    end: int
    position: int
    raw: str
    decoded: str
    reading: Reading


def words_of(text: str, pattern: re.Pattern[str], decode: Decode) -> Iterator[Word]:
    """Read the words of a text, those of plain ASCII included."""
    end = position = 0
    for match in pattern.finditer(text):
        position += 1 + _LINE_BREAK * text.count("\n", end, match.start())
        end = match.end()
        raw, decoded = match.group(), decode(match)
        yield Word(match.start(), end, position, raw, decoded or raw, _reading(raw, decoded))


def _reading(raw: str, decoded: str | None) -> Reading:
    if decoded is None:
        return Reading.UNICODE
    if decoded == raw:
        return Reading.PLAIN
    if raw.isascii() or len(raw) == 1:
        return Reading.OPEN
    stands, decodes = is_syllable(raw.replace("\u00ad", "")), is_syllable(decoded)
    if stands == decodes:
        return Reading.OPEN
    return Reading.UNICODE if stands else Reading.LEGACY


def evidence(words: list[Word]) -> int:
    """Return how many different words speak for an encoding, 0 when that is not enough to believe it."""
    sure = {word.raw for word in words if word.reading is Reading.LEGACY}
    likely = sure | {word.raw for word in words if word.reading is Reading.OPEN and len(word.raw) > 1}
    if not sure or not any(TELLING.search(raw) for raw in likely):
        return 0
    others = [word for word in words if word.reading is not Reading.UNICODE and not _is_acronym(word)]
    good = sum(is_syllable(word.decoded) or is_syllable(word.raw) for word in others)
    if len(sure) > 1:
        unmistakable = sum(bool(_UNMISTAKABLE.search(raw)) for raw in sure)
        enough = _ENOUGH_WHEN_UNMISTAKABLE if unmistakable > 1 else _ENOUGH
        return len(sure) if good >= enough * len(others) else 0
    only = sure.pop()
    if len(only) < 3 or good < len(others) or any(word.reading is Reading.UNICODE for word in words):
        return 0
    return int(len(others) > 1 or bool(_UNMISTAKABLE.search(only)))


def _is_acronym(word: Word) -> bool:
    return len(word.raw) == 1 or (word.reading is not Reading.LEGACY and word.raw.isupper())
