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

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, replace

from home.text import tcvn3, vni
from home.text.reading import TELLING, Reading, Word, evidence, words_of


@dataclass(frozen=True)
class _Finding:
    """An encoding that a text was found to be in, its words, and how many different ones speak for it."""

    encoding: str
    words: list[Word]
    evidence: int


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


def _find(text: str) -> _Finding | None:
    """Return the encoding that the text is in, if there is enough to say so."""
    if text.isascii() or not TELLING.search(text):
        return None
    findings = []
    for module in (tcvn3, vni):
        words = list(words_of(text, module.WORD, module.decoder(text)))
        if weight := evidence(words):
            findings.append(_Finding(module.NAME, words, weight))
    findings.sort(key=lambda finding: finding.evidence)
    if len(findings) < 2:
        return findings[0] if findings else None
    weaker, stronger = findings
    return replace(stronger, words=_without(stronger.words, weaker.words))


def _without(words: list[Word], others: list[Word]) -> list[Word]:
    """Take out of the open words those that are sure in the other encoding."""
    claimed = {other.start for other in others if other.reading is Reading.LEGACY}
    return [
        replace(word, reading=Reading.UNICODE)
        if word.reading is Reading.OPEN and word.start in claimed
        else word
        for word in words
    ]


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
