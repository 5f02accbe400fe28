"""Words for a level of authority in a query: "cấp tỉnh", "ở phường", "UBND xã"."""

from __future__ import annotations

from functools import cache

from search.understanding.spelling import words_of

_LEVELS = {
    "xa": """
        cấp xã, ở xã, tại xã, xã phường, phường, ủy ban xã, ubnd xã, ủy ban nhân dân cấp xã, ubnd cấp xã
        ủy ban nhân dân xã, ủy ban nhân dân phường, ủy ban phường, ubnd phường, thị trấn, ở phường
        tại phường, cấp phường, công an xã, công an phường, đặc khu, trên xã, ngoài xã, trên phường
        ra phường, ra xã, lên xã, lên phường, xã giải quyết, phường giải quyết, xã nơi cư trú
        """,
    "tinh": """
        cấp tỉnh, ở tỉnh, tại tỉnh, ubnd tỉnh, ủy ban nhân dân tỉnh, ủy ban nhân dân cấp tỉnh
        ubnd cấp tỉnh, công an tỉnh, cấp thành phố, ở thành phố, ubnd thành phố, trên tỉnh, lên tỉnh
        ra tỉnh, tỉnh giải quyết, cấp sở, tại sở, ở sở, lên sở, sở
        """,
    "bo": """
        cấp bộ, trung ương, cấp trung ương, ở trung ương, tại trung ương, tại bộ, ở bộ, lên bộ, trên bộ
        bộ giải quyết, ra bộ, bộ
        """,
}
"""What people say of each level. Districts are gone since July 2025: their words prefer nothing."""

_LONGEST = 5
_OPENING_A_NAME = ("bộ", "sở")
"""Alone at the end these are levels ("lên bộ"); before other words they begin a name (Sở Nội vụ, bộ đội)."""
_BEFORE = ("ở", "tại", "cấp")


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    return {
        tuple(words_of(phrase)): level
        for level, phrases in _LEVELS.items()
        for phrase in phrases.replace("\n", ",").split(",")
        if phrase.strip()
    }


def level_in(words: list[str]) -> tuple[str, list[str]]:
    """Return the level that a query names, as a value of the filter or "", and the other words."""
    phrases = _phrases()
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        for place in range(len(words) - length + 1):
            phrase = tuple(words[place : place + length])
            end = place + length
            if phrase in phrases and not (length == 1 and phrase[0] in _OPENING_A_NAME and end < len(words)):
                start = place
                while start and words[start - 1] in _BEFORE:
                    start -= 1
                return phrases[phrase], words[:start] + words[end:]
    return "", words
