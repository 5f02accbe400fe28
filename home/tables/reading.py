"""Reads the rows of a table; each cell knows where it stands, and what the spreadsheet took it for.

A CSV may be UTF-8, UTF-16 or Windows-1258, with commas, semicolons or tabs, with line ends of any machine:
Excel writes all of these. What is none of them is refused by name, never read with wrong letters. The first
row that is not empty names the columns; empty rows are passed over.
"""

from __future__ import annotations

import csv
import unicodedata
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from home.text import fold

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
TEXTS: Final = frozenset({".csv", ".tsv", ".txt"})
SEPARATORS: Final = (";", ",", "\t")
LARGEST: Final = 50 * 1024 * 1024
"""Bytes of a file."""
MOST_ROWS: Final = 200_000
MARKS: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Tone marks that Windows-1258 writes after their letter."""
_LINE_FEED: Final = "\ue000"
"""Stands for a line break within a cell while rows end with a carriage return."""


class UnreadableTable(Exception):
    """The file as a whole cannot be read; the message says why in one sentence, and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its value, where it stands, and how a spreadsheet shows its number ("" for text)."""

    value: str | float | int | date | None
    place: str
    shown_as: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as people count, its sheet with all headings, and its cells by the folded heading."""

    number: int
    sheet: str
    headings: Collection[str]
    cells: dict[str, Cell]

    def get(self, *headings: str) -> Cell:
        """Return the first cell that is there under one of several headings; an empty one otherwise."""
        for heading in headings:
            if cell := self.cells.get(heading):
                return cell
        return Cell(None, "")


def is_table(path: Path) -> bool:
    """Tell by its name whether a file is a table."""
    return path.suffix.lower() in WORKBOOKS | TEXTS


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file. Raises UnreadableTable, FileNotFoundError."""
    if path.stat().st_size > LARGEST:
        raise UnreadableTable(_("%(path)s is larger than 50 MB.") % {"path": path})
    found = _workbook(path) if path.suffix.lower() in WORKBOOKS else _csv(path)
    for number, row in enumerate(found, 1):
        if number > MOST_ROWS:
            raise UnreadableTable(_("%(path)s has more than 200,000 rows.") % {"path": path})
        yield row


def _csv(path: Path) -> Iterator[Row]:
    text = _decoded(path)
    alone = "\r" in text and "\r\n" not in text  # as a Mac wrote it: a line feed is part of a cell
    if alone:
        text = text.replace("\n", _LINE_FEED).replace("\r", "\n")
    lines = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    heads: list[str] = []
    try:
        for values in lines:
            number = lines.line_num
            values = [value.replace(_LINE_FEED, "\n") for value in values]
            if not any(value.strip() for value in values):
                continue
            if not heads:
                heads = [fold(value) for value in values]
                continue
            if len(values) > len(heads):
                raise UnreadableTable(
                    _("Row %(row)d of %(path)s has more cells than headings: is a separator within one?")
                    % {"row": number, "path": path}
                )
            cells = {
                head: Cell(value, _("row %(row)d, column “%(head)s”") % {"row": number, "head": head})
                for head, value in zip(heads, values, strict=False)
            }
            yield Row(number, "", heads, cells)
    except csv.Error as error:
        raise UnreadableTable(
            _("%(path)s is no CSV: row %(row)d: %(error)s.")
            % {"path": path, "row": lines.line_num, "error": error}
        ) from error


def _separator(text: str) -> str:
    """Return what separates the headings."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=line.count)


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = unicodedata.normalize("NFC", raw.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if (
        not text
        or not MARKS.isdisjoint(text)
        or any(unicodedata.category(letter) == "Cc" and letter not in "\r\n\t" for letter in text)
    ):
        raise UnreadableTable(
            _("%(path)s is written in an unknown encoding: save it as “CSV UTF-8”.") % {"path": path}
        )
    return text


def _workbook(path: Path) -> Iterator[Row]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableTable(
            _("%(path)s is no workbook of Excel (.xlsx): %(error)s.") % {"path": path, "error": error}
        ) from error
    for sheet in book.worksheets:
        heads: dict[int, str] = {}
        for line in sheet.iter_rows():
            filled = [cell for cell in line if cell.value is not None and str(cell.value).strip()]
            if not filled:
                continue
            if not heads:
                heads = {cell.column: fold(str(cell.value)) for cell in filled}
                continue
            cells = {
                heads[cell.column]: Cell(_value(cell), _place(sheet.title, cell), _shown_as(cell))
                for cell in filled
                if cell.column in heads
            }
            yield Row(filled[0].row, sheet.title, heads.values(), cells)


def _value(cell: Any) -> Any:
    value = cell.value
    return (
        value.isoformat() if hasattr(value, "isoformat") and not isinstance(value, date | datetime) else value
    )


def _place(sheet: str, cell: Any) -> str:
    return f"{sheet}!{get_column_letter(cell.column)}{cell.row}"


def _shown_as(cell: Any) -> str:
    return "" if isinstance(cell.value, str) else str(cell.number_format)
