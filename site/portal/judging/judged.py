"""Judged queries: a line each, with the codes that are right for it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RIGHT, ALSO_FINE = 2, 1


class UnusableSet(Exception):
    """A file that holds no judged queries, in a sentence for the person who named it."""


@dataclass(frozen=True)
class Judged:
    """A query and its grades: 2 for a code that the person most likely wants, 1 for one that is fine, too."""

    id: str
    kind: str
    query: str
    grades: dict[str, int]

    @property
    def right(self) -> list[str]:
        """Return the codes that count as success."""
        return [code for code, grade in self.grades.items() if grade >= RIGHT]


def load(path: Path) -> list[Judged]:
    """Read a file of judged queries, one JSON object a line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableSet(f"{path} cannot be read: {error}") from error
    read = [_read(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not read:
        raise UnusableSet(f"{path} has no judged queries.")
    return read


def _read(path: Path, number: int, line: str) -> Judged:
    try:
        data = json.loads(line)
        return Judged(str(data["id"]), str(data["class"]), str(data["query"]), _grades(data))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableSet(
            f"{path}, line {number} is no judged query ({type(error).__name__}: {error})."
        ) from error


def _grades(data: dict[str, Any]) -> dict[str, int]:
    """Return the grades of a line, which has them by code or as two lists; where nothing is 2, all are."""
    grades = data.get("grades")
    if grades is None:
        grades = dict.fromkeys(data.get("also", ()), ALSO_FINE) | dict.fromkeys(data["gold"], RIGHT)
    if not any(grade >= RIGHT for grade in grades.values()):
        grades = dict.fromkeys(grades, RIGHT)
    return {str(code): int(grade) for code, grade in grades.items()}
