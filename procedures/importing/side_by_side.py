"""Two texts side by side: which lines differ, and in a line that differs, which words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

CONTEXT = 2
"""Equal lines that are shown around a difference."""
_TOKEN = re.compile(r"\s+|[^\W_]+|.")


@dataclass(frozen=True)
class Piece:
    """Some words of a line."""

    text: str
    changed: bool


Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """A line on both sides; `skipped` says how many equal lines it stands for instead."""

    ours: Pieces = ()
    theirs: Pieces = ()
    changed: bool = False
    skipped: int = 0


def rows(ours: Sequence[str], theirs: Sequence[str]) -> list[Row]:
    """Return the lines of two texts side by side, long runs of equal ones cut short."""
    found: list[Row] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            found += _equal(
                ours[start:end], first=start == 0, last=end == len(ours) and other_end == len(theirs)
            )
        else:
            found += _changed(ours[start:end], theirs[other_start:other_end])
    return found


def _equal(lines: Sequence[str], *, first: bool, last: bool) -> list[Row]:
    head, tail = (0 if first else CONTEXT), (0 if last else CONTEXT)
    skipped = len(lines) - head - tail
    if skipped <= CONTEXT:
        return [_same(line) for line in lines]
    shown = [_same(line) for line in lines[:head]]
    return [*shown, Row(skipped=skipped), *(_same(line) for line in lines[len(lines) - tail :])]


def _same(line: str) -> Row:
    pieces = (Piece(line, changed=False),)
    return Row(pieces, pieces)


def _changed(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Row]:
    for left, right in zip_longest(ours, theirs):
        if left is None or right is None:
            yield Row(_whole(left), _whole(right), changed=True)
        else:
            yield Row(*_words(left, right), changed=True)


def _whole(line: str | None) -> Pieces:
    return () if line is None else (Piece(line, changed=True),)


def _words(left: str, right: str) -> tuple[Pieces, Pieces]:
    """Return both lines with the words marked that the other does not have."""
    ours, theirs = _TOKEN.findall(left), _TOKEN.findall(right)
    left_pieces: list[Piece] = []
    right_pieces: list[Piece] = []
    for kind, start, end, other_start, other_end in SequenceMatcher(
        None, ours, theirs, autojunk=False
    ).get_opcodes():
        changed = kind != "equal"
        left_pieces.append(Piece("".join(ours[start:end]), changed))
        right_pieces.append(Piece("".join(theirs[other_start:other_end]), changed))
    return tuple(filter(_has_text, left_pieces)), tuple(filter(_has_text, right_pieces))


def _has_text(piece: Piece) -> bool:
    return bool(piece.text)
