"""TCVN3 (ABC, the fonts .VnTime): one byte a letter, seen as Latin-1."""

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from home.text.syllables import is_syllable

NAME = "TCVN3"

_ROWS = (
    ("¡¢£¤¥¦§¨©ª«¬\u00ad®", "ĂÂÊÔƠƯĐăâêôơưđ"),
    ("µ¶·¸¹»¼½¾ÆÇÈÉÊË", "àảãáạằẳẵắặầẩẫấậ"),
    ("ÌÎÏÐÑÒÓÔÕÖ", "èẻẽéẹềểễếệ"),
    ("×ØÜÝÞ", "ìỉĩíị"),
    ("ßáâãäåæçèéêëìíî", "òỏõóọồổỗốộờởỡớợ"),
    ("ïñòóôõö÷øù", "ùủũúụừửữứự"),
    ("úûüýþ", "ỳỷỹýỵ"),
)
_LETTERS = {code: letter for codes, letters in _ROWS for code, letter in zip(codes, letters, strict=True)}
_TABLE = str.maketrans(_LETTERS | {"•": "ã"})
"""Byte B7 (·, ã) often becomes a bullet on its way through a word processor: "®•" is "đã"."""

_CODES = re.escape("".join(_LETTERS))
WORD = re.compile(f"[A-Za-z\u00c0-\u024f\u1e00-\u1eff{_CODES}]+(?:•[a-z{_CODES}]*)?")

_DECODABLE = re.compile(f"[A-Za-z{_CODES}•]+")
_KEPT_SIGNS = {"×", "÷"}
"""Their letters (ì, ữ) are no words: alone they are what they seem, "3 × 4"."""

_SMALL = re.compile("[a-z]")
_CAPITAL = re.compile("[A-Z¡-§]")

# Where soft hyphens were dropped before the text came here, ư is lost: "Tríc" for "Trước".
_HORNED = re.compile("[ơờởỡớợ]")
_HORN_LOST = {"ngời": "người", "dới": "dưới", "nh": "như"}
"""Words whose rest reads like another word, or like none."""
_NOT_YET = re.compile(" (?:®¸p|®ñ|®îc|hoµn|thùc)")
"""What follows "cha" when it is "chưa" (not yet) and not "cha" (father)."""


def decoder(text: str) -> Callable[[re.Match[str]], str | None]:
    """Return the function that decodes the words of a text; a word that cannot be TCVN3 gives None."""
    horn_is_lost = "\u00ad" not in text
    in_capitals = _reader_of_capitals(text)

    def decode(word: re.Match[str]) -> str | None:
        raw = word.group()
        if raw in _KEPT_SIGNS or not _DECODABLE.fullmatch(raw):
            return None
        decoded = raw.translate(_TABLE)
        if horn_is_lost:
            decoded = _with_horn(decoded, text, word.end())
        return decoded.upper() if in_capitals(word) else decoded

    return decode


def _with_horn(decoded: str, text: str, end: int) -> str:
    """Put back an ư that was dropped, where without it the word is none or makes no sense."""
    if decoded in _HORN_LOST:
        return _HORN_LOST[decoded]
    if decoded == "cha" and _NOT_YET.match(text, end):
        return "chưa"
    if not is_syllable(decoded) and (horned := _HORNED.search(decoded)):
        repaired = f"{decoded[: horned.start()]}ư{decoded[horned.start() :]}"
        return repaired if is_syllable(repaired) else decoded
    return decoded


def _reader_of_capitals(text: str) -> Callable[[re.Match[str]], bool]:
    """Return what tells whether a word stands in a font of capitals: by its own letters, else by its line."""
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    loud = [not _SMALL.search(line) and len(_CAPITAL.findall(line)) > 1 for line in lines]

    def in_capitals(word: re.Match[str]) -> bool:
        raw = word.group()
        if raw.isascii() or _SMALL.search(raw):
            return False
        return len(_CAPITAL.findall(raw)) > 1 or loud[bisect_right(starts, word.start()) - 1]

    return in_capitals
