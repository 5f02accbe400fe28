"""Text of the time before Unicode: recognised by evidence, and turned into Unicode.

Two encodings are still met in the files of offices. Both were made by fonts: pasted elsewhere, their bytes
look like Windows-1252.

- TCVN3, also called ABC (TCVN 5712:1993, third table): "Céng hßa x· héi". One byte a letter. The letter ư is
  the byte AD and arrives as U+00AD, the soft hyphen: decode BEFORE soft hyphens are dropped. Capitals with a
  tone were small codes in a font of capitals (.VnTimeH), so capitals are restored by the word around them.
- VNI for Windows: "Coäng hoøa". A letter and its mark are two bytes.

A word is evidence when it cannot be Vietnamese as it stands and is a correct syllable once decoded. Words
that read well both ways ("hoà", "né") follow the nearest word that is sure. Text in which few words become
Vietnamese (French, German) is left alone. Not recognised: a few words without any telling letter ("Tê khai").
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from home.text import tcvn3, vni
from home.text.syllables import is_syllable

_MODERN = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýÐð"
"""Letters of Latin-1 that ordinary Vietnamese uses too (and Ð, often typed for Đ)."""

_FOREIGN = "".join(chr(code) for code in range(0xA1, 0x100) if chr(code) not in _MODERN + "°±²³´º")
_TELLING = re.compile(
    f"[{_FOREIGN}ÀÁÂÃÈÉÊÌÒÓÔÕÙÚÝÐàáâãèéêùúõ]"
    f"(?:(?<=[{_FOREIGN}])"
    "|(?<=[a-z][ÈÉÊÌÒÓÔÕÝÐ])"  # TCVN3: a capital within small letters ("QuyÕt")
    "|(?<=[Aa][âêàãèéùúõÂÊÀÃÈÉÙÚÕ])|(?<=[EeOo][âãùõÂÃÙÕ])|(?<=[EeYy][àáÀÁ])|(?<=[ÔôUuYy][ùõÙÕ]))"  # VNI
)
"""What ordinary Vietnamese never has: without it the text is not looked at any further."""

_ENOUGH = 0.6
"""The share of words that must read as Vietnamese, before a text is believed to be."""

_LINE_BREAK = 1000
"""How many words a line break counts as, when the nearest sure word is looked for."""


Decode = Callable[[re.Match[str]], str | None]
"""Decodes a word; None says that the word cannot be in that encoding."""


class Reading(Enum):
    """How a word is to be read."""

    PLAIN = "ASCII: the same in every encoding"
    UNICODE = "right as it stands"
    LEGACY = "right only when decoded"
    OPEN = "either: its neighbours decide"


@dataclass(frozen=True)
class Word:
    """A word of a text, where it stands, and how it reads."""

    start: int
    end: int
    position: int
    raw: str
    decoded: str
    reading: Reading


def decode_legacy(text: str) -> str:
    """Return the text in Unicode when it, or a part of it, is TCVN3 or VNI; any other text unchanged."""
    original = text
    text = unicodedata.normalize("NFC", text)
    found = _find(text)
    if found is None:
        return original
    while found:  # a text pasted together may hold both
        text = _decode(text, found.words)
        found = _find(text)
    return text


def legacy_encoding(text: str) -> str | None:
    """Return "TCVN3" or "VNI" when a text is (partly) in it: an import reports what it converted."""
    found = _find(unicodedata.normalize("NFC", text))
    return found.encoding if found else None


@dataclass(frozen=True)
class _Finding:
    """The encoding that a text was found to be in, and its words."""

    encoding: str
    words: list[Word]
    evidence: int


def _find(text: str) -> _Finding | None:
    """Return the encoding that the text is in, if there is enough to say so."""
    if text.isascii() or not _TELLING.search(text):
        return None
    findings = []
    for encoding in (tcvn3, vni):
        words = list(_words(text, encoding.WORD, encoding.decoder(text)))
        if evidence := _evidence(words):
            findings.append(_Finding(encoding.NAME, words, evidence))
    return max(findings, key=lambda finding: finding.evidence, default=None)


def _words(text: str, pattern: re.Pattern[str], decode: Decode) -> Iterator[Word]:
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


def _evidence(words: list[Word]) -> int:
    """Return how many different words speak for an encoding, 0 when that is not enough to believe it."""
    sure = [word for word in words if word.reading is Reading.LEGACY]
    if not any(_TELLING.search(word.raw) for word in sure):
        return 0
    others = [word for word in words if word.reading is not Reading.UNICODE and not _is_acronym(word.raw)]
    good = sum(is_syllable(word.decoded) or is_syllable(word.raw) for word in others)
    found = len({word.raw.lower() for word in sure})
    if found > 1:
        return found if good >= _ENOUGH * len(others) else 0
    alone = len(others) > 1 and len(sure[0].raw) > 2 and good == len(others) == len(words)
    return int(alone)


def _is_acronym(raw: str) -> bool:
    return len(raw) == 1 or (raw.isascii() and raw.isupper())


def _decode(text: str, words: list[Word]) -> str:
    """Replace the words that are sure, and those that stand nearer to them than to Unicode."""
    sure = [word for word in words if word.reading in {Reading.LEGACY, Reading.UNICODE}]
    positions = [word.position for word in sure]
    parts, done = [], 0
    for word in words:
        if word.reading is Reading.OPEN:
            after = bisect_left(positions, word.position)
            near = min(sure[max(after - 1, 0) : after + 1], key=lambda other: _distance(word, other))
            legacy = near.reading is Reading.LEGACY
        else:
            legacy = word.reading is Reading.LEGACY
        if legacy:
            parts += [text[done : word.start], word.decoded]
            done = word.end
    return "".join([*parts, text[done:]])


def _distance(word: Word, other: Word) -> tuple[int, bool]:
    return abs(word.position - other.position), other.reading is Reading.UNICODE
