"""Procedures that an office keeps in a table: its rows as records of the national catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from home.tables import Cell, Refused, Row, UnreadableTable, code, number, rows, text

Fields = dict[str, Any]


def _several(cell: Cell) -> list[str]:
    return [part.strip() for part in text(cell).split(";") if part.strip()]


def _one(cell: Cell) -> list[str]:
    return [name] if (name := text(cell).strip()) else []


def _limit(cell: Cell) -> list[Fields]:
    days = number(cell)
    limit = {"value": float(days), "unit": "ngày làm việc"} if days is not None else None
    return [{"form": "Trực tiếp", "time": limit}] if limit else []


def _basis(cell: Cell) -> list[Fields]:
    return [{"number": "", "title": line} for line in _several(cell)]


COLUMNS: dict[str, tuple[str, Callable[[Cell], Any]]] = {
    "ma": ("code", code),
    "ma thu tuc": ("code", code),
    "ma tthc": ("code", code),
    "ten": ("name", text),
    "ten thu tuc": ("name", text),
    "ten thu tuc hanh chinh": ("name", text),
    "linh vuc": ("sectors", _one),
    "cap": ("levels", _several),
    "cap thuc hien": ("levels", _several),
    "co quan": ("implementing_agency", _several),
    "co quan thuc hien": ("implementing_agency", _several),
    "doi tuong": ("applicants", _several),
    "so quyet dinh": ("decision_number", text),
    "trinh tu": ("steps_text", text),
    "trinh tu thuc hien": ("steps_text", text),
    "thanh phan ho so": ("dossier_text", text),
    "ket qua": ("result", text),
    "yeu cau dieu kien": ("conditions", text),
    "so ngay": ("ways", _limit),
    "can cu": ("legal_basis", _basis),
    "can cu phap ly": ("legal_basis", _basis),
    "tu khoa": ("keywords", text),
}
"""Folded heading > the field of the record, and what a cell there means."""

OTHERS = ("ma co quan", "so ho so", "le phi dong", "ty le dung han")
"""Columns of reports that stand in such tables: their cells are read as what they are, and not kept."""


def records(path: Path) -> Iterator[tuple[int, Fields | None, str]]:
    """Yield number, record and error of each row; a row with an error has no record.

    Raises UnreadableTable where no column of the first sheet is one of codes.
    """
    for place, row in enumerate(rows(path)):
        if not place and not any(COLUMNS.get(_plain(head), ("",))[0] == "code" for head in row.headings):
            raise UnreadableTable(_("%(path)s has no column “Mã thủ tục” in its first row.") % {"path": path})
        try:
            yield row.number, _record(row), ""
        except Refused as error:
            yield row.number, None, str(error)


def _record(row: Row) -> Fields:
    record: Fields = {"source": {"table": row.sheet or "CSV"}}
    for heading, cell in row.cells.items():
        head = _plain(heading)
        if head in COLUMNS:
            name, meaning = COLUMNS[head]
            record[name] = meaning(cell)
        elif head in OTHERS:
            code(cell) if head == "ma co quan" else number(cell)
    return record


def _plain(heading: str) -> str:
    """Return a folded heading without its punctuation."""
    return " ".join(heading.replace("_", " ").replace("(", " ").replace(")", " ").replace(",", " ").split())
