"""How a record ended, and the sum of all: the five outcomes add up to the lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from procedures.importing.findings import Finding


class Outcome(StrEnum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Result:
    """One line of the file, and what became of it."""

    line: int
    code: str
    outcome: Outcome
    reason: str = ""
    findings: Sequence[Finding] = ()


@dataclass
class Totals:
    """The sums of a run."""

    lines: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count a result; a kind of finding counts once a record."""
        self.lines += 1
        self.outcomes[result.outcome] += 1
        self.findings.update({str(finding.kind) for finding in result.findings})
