"""Judges a portal on a set of queries: every answer with its scores, and the means by class."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from portal.judging.asking import Answer, Found, Portal
from portal.judging.judged import RIGHT, Judged
from portal.judging.scoring import Scores, distinct, place_of_first

WARM_UP = 20
"""Queries that are asked beforehand: each process of the portal reads its words with its first search."""


@dataclass(frozen=True)
class Judgement:
    """A query, what came back, and how good that is."""

    judged: Judged
    answer: Answer
    scores: Scores

    @classmethod
    def of(cls, judged: Judged, answer: Answer) -> Self:
        """Judge an answer."""
        return cls(judged, answer, Scores.of(answer.codes, judged.grades, answer.total))

    @property
    def place(self) -> int:
        """Return the place of the first right code on the page of results, from 1; 0 when it is not there."""
        grades = self.judged.grades
        return place_of_first([grades.get(code, 0) >= RIGHT for code in distinct(self.answer.codes)])

    @property
    def above(self) -> tuple[Found, ...]:
        """Return what came before the first right one, ten at most."""
        first = {found.code: found for found in reversed(self.answer.results)}
        ordered = [first[code] for code in distinct(self.answer.codes)]
        return tuple(ordered[: self.place - 1 if self.place else None][:10])


@dataclass(frozen=True)
class Summary:
    """The means over a set of queries, over all and by class, as they are shown and recorded."""

    queries: dict[str, int]
    scores: dict[str, dict[str, float]]
    p50: float
    p95: float
    refused: int = 0

    @classmethod
    def of(cls, judgements: list[Judgement]) -> Self:
        """Return the means of some judgements."""
        groups: dict[str, list[Judgement]] = {ALL: judgements}
        for judgement in judgements:
            groups.setdefault(judgement.judged.kind, []).append(judgement)
        taken = sorted(judgement.answer.milliseconds for judgement in judgements)
        return cls(
            queries={name: len(group) for name, group in groups.items()},
            scores={
                name: Scores.mean([item.scores for item in group]).rounded() for name, group in groups.items()
            },
            p50=round(statistics.median(taken), 1),
            p95=round(taken[int(0.95 * (len(taken) - 1))], 1),
            refused=sum(bool(judgement.answer.refusal) for judgement in judgements),
        )

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """Return a summary that was recorded."""
        return cls(**data)


ALL = "all"


def judge(portal: Portal, queries: Iterable[Judged]) -> list[Judgement]:
    """Ask all queries, one after the other."""
    return [Judgement.of(judged, portal.ask(judged.query)) for judged in queries]


def warm_up(portal: Portal, queries: list[Judged]) -> None:
    """Ask some queries whose answers do not count."""
    for judged in queries[:WARM_UP]:
        portal.ask(judged.query)
