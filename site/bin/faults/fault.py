"""What a fault is, and what was seen of it: a row of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faults.rig import Rig


@dataclass
class Seen:
    """What a fault showed: figures for the table, and each thing that did not hold."""

    figures: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def note(self, figure: str) -> None:
        """Add a figure to the row."""
        self.figures.append(figure)

    def want(self, holds: object, otherwise: str) -> None:
        """Fail the row, with this sentence, unless something holds; the fault goes on."""
        if not holds:
            self.failures.append(otherwise)


@dataclass(frozen=True)
class Fault:
    """A fault by its name: what is done, and the function that does it, sees what comes of it, and mends it.

    `rare`: it takes long and runs only when it is named.
    """

    name: str
    done: str
    run: Callable[[Rig, Seen], None]
    rare: bool = False
