"""What to bring, in short: the papers by name, or how many there are in how many cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from procedures.presentation.dossier import DossierCase

FEW_PAPERS = 5
"""Papers that are named; of more the first of them are."""
SHORT = 120
"""Characters of a paper's name."""


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
    """Return what a person brings. What is no certain paper is left to the part on the dossier."""
    rows = [row for case in dossier if case.common for row in case.rows if not row.remark]
    sure = [row for row in rows if row.counted] or rows
    shown = sure[: FEW_PAPERS if len(rows) > FEW_PAPERS + 1 else len(sure)]
    counts = [case.papers for case in dossier if not case.common]
    return Bring(
        papers=tuple(_short(row.name) for row in shown),
        rest=len(rows) - len(shown),
        least=min(counts, default=0),
        most=max(counts, default=0),
    )


def _short(name: str) -> str:
    return Truncator(" ".join(name.split()).rstrip(" ;.,:")).chars(SHORT)
