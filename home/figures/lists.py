"""Totals and the parts that a text names after them: "1.757 TTHC (trong đó: cấp tỉnh 1.415 …)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from home.figures.prose import Prose
from home.figures.tokens import Role, Token, first_at, same_unit

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
_LONGEST_LINE = 500
_PARENTHESIS = re.compile(r"[()]")


@dataclass(frozen=True, slots=True)
class Listed:
    """A total and its parts; `whole` says that the text claims to name all of them ("gồm")."""

    total: Token
    parts: list[Token]
    whole: bool
    complete: bool
    """Whether each item of the list has a number."""


def lists(prose: Prose) -> Iterator[Listed]:
    """Yield each total with two or more parts after it."""
    for aside in prose.asides:
        if _has_two(prose, aside.start, aside.end) and (total := _total(prose, aside.start)):
            yield from _listed(prose, total, aside.start + 1, aside.end - 1)
    for match in _OPENING.finditer(prose.text):
        if prose.text[max(0, match.start() - 3) : match.start()].rstrip().endswith("("):
            continue  # an aside, seen already
        if total := _total(prose, match.start()):
            yield from _listed(prose, total, match.start(), _end(prose, match.end()))


def _has_two(prose: Prose, start: int, end: int) -> bool:
    """Tell whether there are two numbers between two places."""
    return first_at(prose.tokens, end) - first_at(prose.tokens, start) > 1


def _end(prose: Prose, start: int) -> int:
    """Return where the list ends that "trong đó" opens in the open text."""
    _begin, end = prose.sentence(start)
    if prose.text[start:end].strip() in {"", ":"}:
        return _end_of_bullets(prose, end - 1)
    depth = 0
    for sign in _PARENTHESIS.finditer(prose.text, start, end):
        depth += 1 if sign.group() == "(" else -1
        if depth < 0:
            end = sign.start()
            break
    following = _OPENING.search(prose.bare(start, end))
    return start + following.start() if following else end


def _end_of_bullets(prose: Prose, start: int) -> int:
    """Return where the lines end that begin with a list mark."""
    place = start
    for _part in range(_MOST_PARTS):
        if not _BULLET.match(prose.text, place):
            break
        following = prose.text.find("\n", place + 1, place + _LONGEST_LINE)
        place = following if following >= 0 else len(prose.text)
    return place


def _listed(prose: Prose, total: Token, start: int, end: int) -> Iterator[Listed]:
    """Yield the list between two places, if there is one and it can be read in one way only."""
    lead = _LEAD.match(prose.text, start, end)
    begin = lead.end() if lead else start
    items = _items(prose, begin, end)
    parts: list[Token] = []
    counts: list[Token] = []
    complete = True
    for item in items:
        if _AFTER_ALL.search(prose.bare(*item)):
            break
        counts = prose.bare_tokens(*item, Role.COUNT)
        if len(counts) > 1:
            counts = [count for count in counts if same_unit(count, total)]
        if len(counts) > 1 or any(_RATE.match(prose.text, count.end) for count in counts):
            return
        complete = complete and bool(counts)
        parts += counts
    if counts and 1 < len(parts) <= _MOST_PARTS:  # what ends with "và các cơ quan khác" is open
        said = prose.text[start:begin].lower()
        yield Listed(total, parts, any(word in said for word in ("gồm", "chia", "cụ")), complete)


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
