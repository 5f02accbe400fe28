"""Where sentences, asides and lists begin and end in a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import takewhile

from home.figures.tokens import Role, Token, first_at, tokens_of

_END = re.compile(r"\n+|[.!?…](?:[\"”’)\]]{0,2})(?=[ \t\xa0]+[\"“‘(\[]?[A-ZÀ-ỸĐ\-–+*•0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:TP|Tp|P|Q|TX|Tx|TT|ThS|TS|PGS|GS|Mr|Bs|BS|St|No|Nxb|tr|v\.v|\d{1,2})\.\Z"
)
_SENTENCE = 2000
"""Characters; a longer one is cut: what stands further apart than that does not belong together."""

_OPEN_CLOSE = re.compile(r"[()]")


@dataclass(frozen=True, slots=True)
class Aside:
    """A part of a text in parentheses, which stand at `start` and before `end`."""

    start: int
    end: int


class Prose:
    """A text, its numbers, its sentences and its asides, each found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens_of(text)
        self.ends = _ends(text)
        self.asides = _asides(text, self.ends)
        self._aside_starts = [aside.start for aside in self.asides]

    def sentence(self, place: int) -> tuple[int, int]:
        """Return where the sentence begins and ends in which a place is."""
        index = bisect_right(self.ends, place)
        start = self.ends[index - 1] if index else 0
        end = self.ends[index] if index < len(self.ends) else len(self.text)
        return start, end

    def between(self, start: int, end: int, *roles: Role) -> list[Token]:
        """Return the numbers of these roles between two places."""
        places = range(first_at(self.tokens, start), len(self.tokens))
        numbers = takewhile(lambda token: token.end <= end, (self.tokens[place] for place in places))
        return [token for token in numbers if token.role in roles]

    def asides_in(self, start: int, end: int) -> list[Aside]:
        """Return the outermost asides between two places."""
        found: list[Aside] = []
        places = range(bisect_left(self._aside_starts, start), len(self.asides))
        for aside in takewhile(lambda aside: aside.start < end, (self.asides[place] for place in places)):
            if aside.end <= end and (not found or aside.start >= found[-1].end):
                found.append(aside)
        return found

    def bare(self, start: int, end: int) -> str:
        """Return a part of the text with its asides blanked out, of the same length."""
        parts, done = [], start
        for aside in self.asides_in(start, end):
            parts += [self.text[done : aside.start], " " * (aside.end - aside.start)]
            done = aside.end
        return "".join([*parts, self.text[done:end]])

    def bare_tokens(self, start: int, end: int, *roles: Role) -> list[Token]:
        """Return the numbers between two places that stand in no aside there."""
        found, done = [], start
        for aside in [*self.asides_in(start, end), Aside(end, end)]:
            found += self.between(done, aside.start, *roles)
            done = aside.end
        return found


def _ends(text: str) -> list[int]:
    """Return where sentences end."""
    ends: list[int] = []
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and _ABBREVIATION.search(
            text, max(start, match.end() - 6), match.end()
        ):
            continue
        ends.extend(range(start + _SENTENCE, match.end(), _SENTENCE))
        start = match.end()
        ends.append(start)
    ends.extend(range(start + _SENTENCE, len(text), _SENTENCE))
    return ends


def _asides(text: str, ends: list[int]) -> list[Aside]:
    """Return the pairs of parentheses; none reaches over the end of a paragraph."""
    found: list[Aside] = []
    opened: list[int] = []
    lines = iter([*(end for end in ends if text[end - 1 : end] == "\n"), len(text)])
    line = next(lines)
    for match in _OPEN_CLOSE.finditer(text):
        while match.start() >= line and line < len(text):
            opened.clear()
            line = next(lines)
        if match.group() == "(":
            opened.append(match.start())
        elif opened:
            found.append(Aside(opened.pop(), match.end()))
    return sorted(found, key=lambda aside: aside.start)
