"""The recorded runs: as data to compare with, and as a section of `site/docs/relevance.md` for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from portal.judging import tables
from portal.judging.judging import ALL, Summary
from portal.judging.scoring import HEADINGS, NAMES

START = "<!-- written by make relevance, from here -->"
END = "<!-- to here -->"


class UnusableRecord(Exception):
    """The record cannot be read or written, in a sentence for the person who keeps it."""


@dataclass(frozen=True)
class Run:
    """A run that was recorded: when, on which commit, and the means on each set."""

    date: str
    commit: str
    note: str
    sets: dict[str, Summary]

    @property
    def title(self) -> str:
        """Return what the run is called."""
        return f"{self.date}, {self.commit}{f': {self.note}' if self.note else ''}"


@dataclass(frozen=True)
class Record:
    """All recorded runs, the oldest first, in two files of one folder."""

    runs: tuple[Run, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read `relevance.json`; where there is none, nothing is recorded yet."""
        if not path.exists():
            return cls(())
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                tuple(
                    Run(
                        run["date"],
                        run["commit"],
                        run["note"],
                        {name: Summary.read(summary) for name, summary in run["sets"].items()},
                    )
                    for run in data["runs"]
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UnusableRecord(f"{path} is no record of runs ({type(error).__name__}: {error}).") from error

    def last(self, name: str) -> Summary | None:
        """Return what was recorded last for a set."""
        return next((run.sets[name] for run in reversed(self.runs) if name in run.sets), None)

    def first(self, name: str) -> Run | None:
        """Return the first recorded run that has a set."""
        return next((run for run in self.runs if name in run.sets), None)

    def with_run(self, run: Run) -> Record:
        """Return the record with one more run."""
        return Record((*self.runs, run))

    def write(self, path: Path, document: Path) -> None:
        """Write the data, and the section between the two markers of the document."""
        text = document.read_text(encoding="utf-8") if document.exists() else ""
        before, found, rest = text.partition(START)
        _old, ended, after = rest.partition(END)
        if not (found and ended):
            raise UnusableRecord(
                f"{document} lacks the lines {START} and {END}, between which runs are written."
            )
        data = {"runs": [asdict(run) for run in self.runs]}
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        section = "\n".join(self.section())
        document.write_text(f"{before}{START}\n\n{section}\n{END}{after}", encoding="utf-8")

    def section(self) -> Iterator[str]:
        """Yield the section: all runs in a line each, the latest beside the first, and the first in full."""
        yield from self._overview()
        names = list(dict.fromkeys(name for run in reversed(self.runs) for name in run.sets))
        for name in names:
            yield from self._newest(name)
        for name in names:
            yield from self._oldest(name)

    def _overview(self) -> Iterator[str]:
        yield f"| run | set | n | {' | '.join(HEADINGS.values())} | p50 ms | p95 ms |"
        yield f"| --- | --- {'| ---: ' * (len(NAMES) + 3)}|"
        for run in reversed(self.runs):
            for name, summary in run.sets.items():
                scores = " | ".join(f"{summary.scores[ALL][score]:.3f}" for score in NAMES)
                times = f"{summary.p50:.0f} | {summary.p95:.0f}"
                yield f"| {run.title} | {name} | {summary.queries[ALL]} | {scores} | {times} |"
        yield ""

    def _newest(self, name: str) -> Iterator[str]:
        run = next(run for run in reversed(self.runs) if name in run.sets)
        first = self.first(name)
        if first is None or first is run:
            return
        yield f"### {name}: {run.title}"
        yield ""
        yield f"In brackets: the change since the first run ({first.commit})."
        yield ""
        yield from tables.markdown(run.sets[name], first.sets[name])
        yield ""

    def _oldest(self, name: str) -> Iterator[str]:
        if run := self.first(name):
            yield f"### {name}, first run: {run.title}"
            yield ""
            yield from tables.markdown(run.sets[name], None)
            yield ""
