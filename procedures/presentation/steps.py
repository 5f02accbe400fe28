"""The steps by case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from procedures.presentation.raw import blocks, items, text


@dataclass(frozen=True, slots=True)
class Step:
    """A step: a short label such as "Bước 1", and what is done."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class StepGroup:
    """The steps of one case; the case is blank where there is one way for all."""

    case: str
    steps: tuple[Step, ...]


def step_groups(stream: Any) -> tuple[StepGroup, ...]:
    """Return the steps of all cases."""
    return tuple(
        StepGroup(
            text(value, "case"),
            tuple(Step(text(step, "label"), text(step, "text")) for step in items(value.get("steps"))),
        )
        for value in blocks(stream)
    )
