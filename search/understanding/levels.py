"""Words for a level of authority in a query: "cấp tỉnh", "ở phường", "UBND xã"."""

from __future__ import annotations

from functools import cache

from search.understanding.questions import IN_NAMES
from search.understanding.spelling import words_of
from search.understanding.vocabulary import Vocabulary

_LEVELS = {
    "xa": """
        cấp xã, ở xã, tại xã, xã phường, phường, ủy ban xã, ubnd xã, ủy ban nhân dân cấp xã, ubnd cấp xã
        ủy ban nhân dân xã, ủy ban nhân dân phường, ủy ban phường, ubnd phường, thị trấn, ở phường
        tại phường, cấp phường, công an xã, công an phường, đặc khu, trên xã, ngoài xã, trên phường
        ra phường, ra xã, lên xã, lên phường, xã giải quyết, phường giải quyết, xã nơi cư trú
        của xã, của phường, trong xã, trong một xã, trong phường, chủ tịch xã, chủ tịch phường
        """,
    "tinh": """
        cấp tỉnh, ở tỉnh, tại tỉnh, ubnd tỉnh, ủy ban nhân dân tỉnh, ủy ban nhân dân cấp tỉnh
        ubnd cấp tỉnh, công an tỉnh, cấp thành phố, ở thành phố, ubnd thành phố, trên tỉnh, lên tỉnh
        ra tỉnh, tỉnh giải quyết, của tỉnh, của sở, do tỉnh, do sở, trong tỉnh, chủ tịch tỉnh
        cấp sở, tại sở, ở sở, lên sở, sở
        """,
    "bo": """
        cấp bộ, trung ương, cấp trung ương, ở trung ương, tại trung ương, tại bộ, ở bộ, lên bộ, trên bộ
        bộ giải quyết, ra bộ, của bộ, do bộ, bộ
        """,
}
"""What people say of each level. Districts are gone since July 2025: their words prefer nothing."""

_LONGEST = 5
_OPENING_A_NAME = ("bộ", "sở")
"""Alone at the end these are levels ("lên bộ"); before other words they begin a name (Sở Nội vụ, bộ đội)."""
_BEFORE = ("ở", "tại", "cấp")
_GOES_ON = {
    "xã": ("hội", "viên", "giao"),
    "sở": ("hữu", "thích", "tại"),
    "bộ": ("phận", "đội", "luật", "máy", "hành", "môn", "hồ", "ba", "phim", "sách", "thu"),
    "tỉnh": ("lộ", "ngoài", "bạn"),
}
"""Words that make another word of the last one of a level: "xã hội" is society."""


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    return {
        tuple(words_of(phrase)): level
        for level, phrases in _LEVELS.items()
        for phrase in phrases.replace("\n", ",").split(",")
        if phrase.strip()
    }


def level_in(words: list[str], vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """Return the level that a query names, as a value of the filter or "", and the other words.

    A query that is nothing but a level names none: there is nothing to prefer it for.
    """
    phrases = _phrases()
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        for start in range(len(words) - length + 1):
            end = start + length
            level = phrases.get(tuple(words[start:end]))
            if level and not _belongs_elsewhere(words, start, end, vocabulary):
                while start and words[start - 1] in _BEFORE:
                    start -= 1
                rest = words[:start] + words[end:]
                return (level, rest) if rest else ("", words)
    return "", words


def _belongs_elsewhere(words: list[str], start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether words that could name a level are parts of others: "ở xã hội", "trụ sở", "đường bộ"."""
    after = words[end] if end < len(words) else ""
    if after == "khác" or after in _GOES_ON.get(words[end - 1], ()):
        return True
    last = words[end - 1]
    if last in _OPENING_A_NAME and after and (end - start == 1 or vocabulary.opens_agency(last, after)):
        return True
    alone = end - start == 1 and start > 0
    return alone and vocabulary.name_pair(words[start - 1], words[start]) >= IN_NAMES
