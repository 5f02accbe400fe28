"""The scores of a search: what is counted for one query, and the means over many."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from typing import Self

from portal.judging.judged import RIGHT

LOOKED_AT = 10
"""Results that are scored; a reader looks at no more."""


@dataclass(frozen=True)
class Scores:
    """How good answers are, each from 0 to 1: of one query, or the means of many."""

    success_1: float
    """The first result is right."""
    success_5: float
    """One of the first five is right."""
    mrr_10: float
    """One over the place of the first right one among ten."""
    ndcg_10: float
    """How much of what an ideal order would give, grades and places counted."""
    empty: float
    """Nothing at all was found."""

    @classmethod
    def of(cls, codes: Sequence[str], grades: Mapping[str, int], total: int) -> Self:
        """Score the codes that came back for one query, the best first."""
        gained = [grades.get(code, 0) for code in distinct(codes)[:LOOKED_AT]]
        first = place_of_first([grade >= RIGHT for grade in gained])
        ideal = _gain(sorted(grades.values(), reverse=True)[:LOOKED_AT])
        return cls(
            success_1=float(first == 1),
            success_5=float(0 < first <= 5),
            mrr_10=1 / first if first else 0.0,
            ndcg_10=_gain(gained) / ideal if ideal else 0.0,
            empty=float(total == 0),
        )

    @classmethod
    def mean(cls, scores: Sequence[Self]) -> Self:
        """Return the means of the scores of some queries."""
        return cls(*(sum(column) / len(scores) for column in zip(*map(astuple, scores), strict=True)))

    def rounded(self) -> dict[str, float]:
        """Return the scores by name, as they are recorded."""
        return {name: round(value, 6) for name, value in asdict(self).items()}


NAMES = [field.name for field in fields(Scores)]
HEADINGS = dict(zip(NAMES, ("success@1", "success@5", "MRR@10", "nDCG@10", "empty"), strict=True))


def distinct(codes: Sequence[str]) -> list[str]:
    """Return each code once: a procedure that comes twice takes one place."""
    return list(dict.fromkeys(codes))


def place_of_first(right: Sequence[bool]) -> int:
    """Return the place, from 1, of the first right one; 0 when there is none."""
    return next((place for place, is_right in enumerate(right, start=1) if is_right), 0)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))
