"""Writes down each miss: a query whose first result is not right, and what came above the right one."""

import csv
from collections.abc import Iterable
from pathlib import Path

from portal.judging.asking import Portal
from portal.judging.judging import Judgement

COLUMNS = ("id", "class", "place", "query", "right", "above")
NOWHERE = "-"
"""In place of a place: the right one is not among the results of the first page."""


def write(path: Path, judgements: Iterable[Judgement], portal: Portal) -> int:
    """Write the misses of a set, one a line, and return how many there are."""
    missed = [judgement for judgement in judgements if not judgement.scores.success_1]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(
            file, dialect=csv.excel_tab, quoting=csv.QUOTE_NONE, quotechar=None, escapechar="\\"
        )
        writer.writerow(COLUMNS)
        writer.writerows(_row(judgement, portal) for judgement in missed)
    return len(missed)


def _row(judgement: Judgement, portal: Portal) -> list[str]:
    judged, answer = judgement.judged, judgement.answer
    names = {found.code: found.title for found in answer.results}
    right = (f"{code} {names.get(code) or portal.name_of(code)}" for code in judged.right)
    above = (f"{found.code} {found.title}" for found in judgement.above)
    cells = [
        judged.id,
        judged.kind,
        str(judgement.place or NOWHERE),
        judged.query,
        " | ".join(right),
        answer.refusal or " | ".join(above),
    ]
    return [" ".join(cell.split()) for cell in cells]
