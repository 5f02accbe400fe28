"""The cases of a procedure: which dossiers everyone brings, and which only people in a situation do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home.text import fold

if TYPE_CHECKING:
    from procedures.presentation.dossier import DossierCase

_MARKS = re.compile(r"(?:[\W_]+|(?:[a-z]|[0-9]{1,2}|[ivx]{1,4})(?:\.[0-9]+)*[.)]\s*)*")
"""What numbers a title: "* ", "a) ", "(ii) ", "1.2. "."""
_PAPERS = re.compile(
    r"(?:luu y|ghi chu)\b.*"
    r"|(?:ho so )?(?:bao )?gom(?: co)?"
    r"|(?:cac |nhung )?(?:loai )?(?:giay to|tai lieu|thanh phan(?: ho so)?|phan ho so)"
    r"(?:,? giay to)?(?: can| phai)?(?: (?:nop|xuat trinh|khai bao|hanh chinh|ky thuat)\b.*)?"
)
"""Titles that name papers and not who brings them: "Giấy tờ phải nộp", "Giấy tờ phải xuất trình"."""
_ORDINAL = re.compile(r"\W*(?:truong hop )?([0-9]{1,3})\b")
_SITUATION = re.compile(r"\b(?:truong hop|doi voi|neu|danh cho|khi(?! nop| co yeu cau))\b")


@dataclass(frozen=True, slots=True)
class Situation:
    """A case that a person may be in; its number is its name in addresses, from 1 on."""

    number: int
    title: str


def for_everyone(title: str) -> bool:
    """Tell whether a dossier's title names no situation.

    The national catalogue has groups of papers ("to hand in", "to show") where its model has cases. Who is in
    doubt is asked: a title is taken for a situation unless it is known to be none.
    """
    words = same(title)
    return not words or (_PAPERS.fullmatch(words) is not None and _SITUATION.search(words) is None)


def situations(dossier: Sequence[DossierCase], channel_cases: Iterable[str]) -> tuple[Situation, ...]:
    """Return what a person chooses from: cases of the dossier, then those that the channels alone name."""
    found = [Situation(case.number, case.label) for case in dossier if not case.common]
    known = {same(case.title) for case in dossier}
    further = dict.fromkeys(case for case in channel_cases if case and same(case) not in known)
    found += [Situation(number, case) for number, case in enumerate(further, len(dossier) + 1)]
    places = [_ORDINAL.match(fold(case.title)) for case in found]
    if all(places):  # the national catalogue mixes them: 13, 17, 1, 10
        order = {case.number: int(place[1]) for case, place in zip(found, places, strict=True) if place}
        found.sort(key=lambda case: order[case.number])
    return tuple(found)


def bare(title: str) -> str:
    """Return a title without the signs of a list: "* Giấy tờ phải nộp:" -> "Giấy tờ phải nộp"."""
    return title.lstrip("-–+*•● ").rstrip(":; ")


def same(title: str) -> str:
    """Return what two spellings of one case have in common, whichever part of the procedure they are in."""
    return _MARKS.sub("", fold(title), count=1).strip(" .:;")
