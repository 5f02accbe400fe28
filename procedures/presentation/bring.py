"""What to bring, in short: the papers by name, or how many there are in how many cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from home.text import fold
from procedures.presentation.cases import bare
from procedures.presentation.dossier import DossierCase, Row

FEW_PAPERS = 5
"""Papers that are named; of more the first of them are."""
SHORT = 100
"""Characters of a paper's name."""

_CONDITION = re.compile(r"^(?:truong hop|neu|doi voi)\b|\btrong truong hop\b")
_CLAUSE = re.compile(r"(?:;|\.(?=\s)|,? (?=\())")
"""Where the name of a paper ends, and what else there is to say of it begins."""


@dataclass(frozen=True, slots=True)
class Bring:
    """Papers for everyone, how many more there are of those, and how many a case has at least and at most."""

    papers: tuple[str, ...] = ()
    rest: int = 0
    least: int = 0
    most: int = 0

    def __bool__(self) -> bool:
        return bool(self.papers or self.most)


def bring(dossier: Sequence[DossierCase]) -> Bring:
    """Return what a person brings: papers that nobody can do without before those of special cases.

    A row that may be no paper is left to the part on the dossier.
    """
    rows = [row for case in dossier if case.common for row in case.rows if not row.remark]
    sure = sorted((row for row in rows if row.counted), key=_conditional) or rows
    shown = sure[: FEW_PAPERS if len(rows) > FEW_PAPERS + 1 else len(sure)]
    counts = [case.papers for case in dossier if not case.common]
    return Bring(
        papers=tuple(_short(row.name) for row in shown),
        rest=len(rows) - len(shown),
        least=min(counts, default=0),
        most=max(counts, default=0),
    )


def _conditional(row: Row) -> bool:
    return _CONDITION.search(fold(bare(row.name))) is not None


def _short(name: str) -> str:
    """Return the name of a paper: its first clause where the whole is long."""
    words = " ".join(bare(name).rstrip(".,").split())
    if len(words) > SHORT and (end := _CLAUSE.search(words, 12, SHORT)):
        return f"{words[: end.start()]}…"
    return Truncator(words).chars(SHORT)
