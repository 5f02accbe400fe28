"""Totals and the parts that a text names after them: "1.757 TTHC (trong đó: cấp tỉnh 1.415, cấp huyện 219 …)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from home.figures.prose import Prose
from home.figures.tokens import Role, Token, same_unit

_OPENING = re.compile(
    r"(?P<whole>\b(?:bao\s{1,2}gồm|gồm|chia\s{1,2}ra|cụ\s{1,2}thể)\b)|\btrong\s{1,2}đó\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"\s{0,2}(?:trong\s{1,2}đó|bao\s{1,2}gồm|gồm|chia\s{1,2}ra|cụ\s{1,2}thể(?:\s{1,2}là)?)?"
    r"(?:\s{1,2}(?:có|là|các))?\s{0,2}:?\s{0,2}",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[.;:?!\n]|\btrong\s{1,2}đó\b|\b(?:tăng|giảm|nâng|đạt|vượt|so\s{1,2}với)\b", re.IGNORECASE
)
_AFTER_ALL = re.compile(
    r"\A\W{0,3}(?:tăng|giảm|nâng|vượt|so\s{1,2}với|bằng|ước|tổng)\b|\b(?:tăng|giảm)\s{1,2}(?:thêm\s)?[\d]",
    re.IGNORECASE,
)
_SEMICOLON = re.compile(r";")
_COMMA = re.compile(r",(?=\s)|\bvà\b|[;+](?=\s)", re.IGNORECASE)
_BULLET = re.compile(r"\n[ \t]{0,8}(?:[-–+*•]|[a-zđ][.)]|\d{1,2}[.)])[ \t]{0,3}")
_RATE = re.compile(r"[^,;()]{0,24}/[^\W\d]")
"""What follows a price: "đồng/lần"."""

_REACH = 120
"""Characters between a total and the list of its parts."""

_MOST_PARTS = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """A total and its parts; `whole` says that the text claims to name all of them."""

    total: Token
    parts: list[Token]
    start: int
    end: int
    whole: bool
    complete: bool
    """Whether each item of the list has a number."""


def lists(prose: Prose) -> Iterator[Listed]:
    """Yield each total with two or more parts after it."""
    for aside in prose.asides:
        if found := _listed(prose, aside.start, aside.start + 1, aside.end - 1):
            yield found
    for match in _OPENING.finditer(prose.text):
        start, end = _outside(prose, match)
        if start < end and (found := _listed(prose, match.start(), start, end)):
            yield found


def _outside(prose: Prose, opening: re.Match[str]) -> tuple[int, int]:
    """Return where the list after "trong đó" begins and ends; the same place where an aside holds it."""
    before = prose.text[max(0, opening.start() - 3) : opening.start()].rstrip()
    if before.endswith("("):
        return 0, 0
    _begin, end = prose.sentence(opening.end())
    if prose.text[opening.end() : end].strip() in {"", ":"}:
        return opening.start(), _end_of_bullets(prose, end - 1)
    if closing := _closing(prose.text, opening.end(), end):
        end = closing
    if following := _OPENING.search(prose.bare(opening.end(), end)):
        end = opening.end() + following.start()
    return opening.start(), end


def _closing(text: str, start: int, end: int) -> int:
    """Return the place of a parenthesis that closes what was opened before, 0 where there is none."""
    depth = 0
    for place in range(start, end):
        if text[place] == "(":
            depth += 1
        elif text[place] == ")":
            depth -= 1
            if depth < 0:
                return place
    return 0


def _end_of_bullets(prose: Prose, start: int) -> int:
    """Return where the lines end that begin with a list mark."""
    place = start
    while _BULLET.match(prose.text, place):
        _begin, end = prose.sentence(place + 1)
        following = prose.text.find("\n", end - 1)
        place = following if following >= 0 else len(prose.text)
    return place


def _listed(prose: Prose, anchor: int, start: int, end: int) -> Listed | None:
    """Return the list between two places, with the total that stands before it."""
    total = _total(prose, anchor)
    if total is None:
        return None
    lead = _LEAD.match(prose.text, start, end)
    opened = prose.text[start : lead.end() if lead else start]
    items = _items(prose, start + len(opened), end)
    parts: list[Token] = []
    complete = True
    for begin, finish in items[:_MOST_PARTS]:
        if _AFTER_ALL.search(prose.bare(begin, finish)):
            break
        counts = prose.bare_tokens(begin, finish, Role.COUNT)
        if len(counts) > 1:
            counts = [count for count in counts if same_unit(count, total)]
        if len(counts) > 1 or any(_RATE.match(prose.text, count.end) for count in counts):
            return None
        complete = complete and bool(counts)
        parts += counts
    if len(parts) < 2 or len(items) > _MOST_PARTS:
        return None
    whole = re.search("gồm|chia|cụ", opened.lower()) is not None
    return Listed(total, parts, start, end, whole, complete)


def _total(prose: Prose, anchor: int) -> Token | None:
    """Return the count that stands shortly before a list, nothing else that counts between them."""
    begin, _end = prose.sentence(max(0, anchor - 1))
    begin = max(begin, anchor - _REACH)
    numbers = prose.bare_tokens(begin, anchor, *Role)
    while numbers and numbers[-1].role in {Role.OTHER, Role.DATE, Role.PERCENT}:
        numbers.pop()
    if not numbers or numbers[-1].role is not Role.COUNT:
        return None
    total = numbers[-1]
    between = prose.bare(total.end, anchor)
    return None if _BREAK.search(between) or _RATE.match(between) else total


def _items(prose: Prose, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the items of a list stand: one a line, else one a semicolon, else one a comma."""
    bare = prose.bare(start, end)
    for separator in (_BULLET, _SEMICOLON):
        if separator.search(bare):
            break
    else:
        separator = _COMMA
    edges = [0, *(place for match in separator.finditer(bare) for place in match.span()), len(bare)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(start + begin, start + finish) for begin, finish in pairs if bare[begin:finish].strip()]
