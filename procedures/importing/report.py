"""The report of a run: one line for each record, as JSON or, if the file is called so, as CSV."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from procedures.importing.outcomes import Result

COLUMNS = ("line", "code", "outcome", "reason", "findings")


class Report(Protocol):
    """Takes the results as they come."""

    def add(self, result: Result) -> None:
        """Write a result."""


class JsonReport:
    """One JSON object a line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def add(self, result: Result) -> None:
        """Write a result."""
        entry = {
            "line": result.line,
            "code": result.code,
            "outcome": str(result.outcome),
            "reason": result.reason,
            "findings": [
                {"kind": str(finding.kind), "detail": finding.detail} for finding in result.findings
            ],
        }
        self.stream.write(json.dumps(entry, ensure_ascii=False) + "\n")


class CsvReport:
    """One row a record, all its findings in the last column."""

    def __init__(self, stream: TextIO) -> None:
        self.writer = csv.writer(stream)
        self.writer.writerow(COLUMNS)

    def add(self, result: Result) -> None:
        """Write a result."""
        findings = "; ".join(f"{finding.kind}: {finding.detail}".rstrip(": ") for finding in result.findings)
        self.writer.writerow([result.line, result.code, str(result.outcome), result.reason, findings])


class NoReport:
    """Nobody asked for one."""

    def add(self, result: Result) -> None:
        """Forget a result."""


@contextmanager
def open_report(path: Path | None) -> Iterator[Report]:
    """Open a report for writing; a spreadsheet needs the mark in front to read Vietnamese."""
    if path is None:
        yield NoReport()
        return
    is_csv = path.suffix.lower() == ".csv"
    with path.open("w", encoding="utf-8-sig" if is_csv else "utf-8", newline="") as stream:
        yield CsvReport(stream) if is_csv else JsonReport(stream)
