"""A file of the results of a search: its columns, its rows, as CSV and as a workbook of Excel."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from search import documents
from search.parameters import FACETS, WINDOW, SearchParameters
from search.results import localised
from search.whole import Whole

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BOM = "\ufeff"
"""Tells Excel that a file is UTF-8."""
BETWEEN = "; "
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What a spreadsheet may run when a cell begins with it: a sign, also in full width, and what hides it."""
LONGEST_CELL = 32_767
"""Characters that Excel takes."""


class Row(NamedTuple):
    """A result as a line of a file: all text but the day."""

    code: str
    name: str
    type: str
    sectors: str
    levels: str
    agency: str
    limit: str
    fee: str
    status: str
    date: date | None
    address: str


COLUMNS: dict[str, tuple[StrOrPromise, int]] = {
    "code": (gettext_lazy("Code"), 14),
    "name": (gettext_lazy("Name"), 70),
    "type": (gettext_lazy("Type"), 18),
    "sectors": (gettext_lazy("Sector"), 28),
    "levels": (gettext_lazy("Level"), 18),
    "agency": (gettext_lazy("Agency"), 40),
    "limit": (gettext_lazy("Time limit"), 22),
    "fee": (gettext_lazy("Fee"), 22),
    "status": (gettext_lazy("Status"), 16),
    "date": (gettext_lazy("Date"), 12),
    "address": (gettext_lazy("Address of the page"), 60),
}
"""The head of each column and its width in characters."""


def rows(portion: list[dict[str, Any]], full: Callable[[str], str]) -> Iterator[Row]:
    """Yield the lines for some results; `full` makes the whole address of a path."""
    names = {facet: _names(facet, portion) for facet in ("type", "sector", "level", "agency", "status")}
    for found in portion:
        yield Row(
            code=found.get("code", ""),
            name=found["title"],
            type=names["type"].get(found["type"], ""),
            sectors=_named(names["sector"], found.get("sectors", ())),
            levels=_named(names["level"], found.get("levels", ())),
            agency=_named(names["agency"], found.get("agencies", ())) or found.get("issuer", ""),
            limit=found.get("limit", ""),
            fee=found.get("fee", ""),
            status=names["status"].get(found.get("status", ""), ""),
            date=date.fromisoformat(found["date"]) if "date" in found else None,
            address=full(localised(found["url"])),
        )


_FIELDS = {"sector": "sectors", "level": "levels", "agency": "agencies"}


def _names(facet: str, portion: list[dict[str, Any]]) -> dict[str, str]:
    if field := _FIELDS.get(facet):
        return documents.labels(facet, {value for found in portion for value in found.get(field, ())})
    return documents.labels(facet, {found[facet] for found in portion if found.get(facet)})


def _named(names: dict[str, str], values: list[str]) -> str:
    return BETWEEN.join(names[value] for value in values if value in names)


def heads() -> list[str]:
    """Return the first line of a file, in the language in use."""
    return [str(head) for head, _width in COLUMNS.values()]


def csv_texts(whole: Whole, full: Callable[[str], str]) -> Iterator[str]:
    """Yield a CSV file (RFC 4180, comma, UTF-8 with BOM; days as 2025-06-30) portion by portion."""
    yield BOM + _csv([heads()])
    for portion in whole.portions:
        yield _csv([harmless(_text(value)) for value in row] for row in rows(portion, full))


def _csv(lines: Iterable[list[str]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: what looks like one gets an apostrophe."""
    return f"'{text}" if FORMULA.match(text) else text


def workbook(whole: Whole, full: Callable[[str], str], source: str) -> BytesIO:
    """Return a workbook: the results, and a sheet that says what they are.

    Every cell is text but the days, so a code keeps its zeros and a formula is but letters. It is written row
    by row. `source` is the address of the search.
    """
    book = Workbook(write_only=True)
    book.properties.title = in_words(whole.parameters)
    book.properties.creator = book.properties.lastModifiedBy = settings.WAGTAIL_SITE_NAME
    book.properties.description = source
    book.properties.created = book.properties.modified = timezone.now().replace(tzinfo=None)
    sheet = book.create_sheet(_("Results"))
    sheet.freeze_panes = "A2"
    for letter, (_head, width) in zip("ABCDEFGHIJK", COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.auto_filter.ref = f"A1:K{min(whole.total, WINDOW) + 1}"
    sheet.append([_cell(sheet, head, bold=True) for head in heads()])
    for portion in whole.portions:
        for row in rows(portion, full):
            sheet.append([_cell(sheet, value) for value in row])
    _say_what_it_is(book, whole, source)
    file = BytesIO()  # a megabyte for ten thousand rows
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: str | date | None, *, bold: bool = False) -> WriteOnlyCell | None:
    if not value:
        return None
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "dd/mm/yyyy"
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.number_format = "@"
    if FORMULA.match(text):
        cell.quotePrefix = True  # so it stays text when a person edits it
    if bold:
        cell.font = Font(bold=True)
    return cell


def _say_what_it_is(book: Workbook, whole: Whole, source: str) -> None:
    sheet = book.create_sheet(_("About this file"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 100
    made = timezone.localtime().strftime("%d/%m/%Y %H:%M")
    lines = [
        (_("Search"), in_words(whole.parameters)),
        (_("Results"), str(whole.total)),
        (_("Made on"), made),
    ]
    lines += [(_("Source"), f"{settings.WAGTAIL_SITE_NAME}, {source}")]
    lines += [("", sentence) for sentence in shortfalls(whole)]
    for line in lines:
        sheet.append([_cell(sheet, text) for text in line])


def in_words(parameters: SearchParameters) -> str:
    """Return the words and filters of a search as a line of text."""
    parts = [parameters.words] if parameters.words else []
    for facet, label in FACETS.items():
        if values := parameters.chosen(facet):
            parts.append(f"{label}: {', '.join(documents.labels(facet, values).values())}")
    return " · ".join(parts) or _("Everything")


def shortfalls(whole: Whole) -> Iterator[str]:
    """Yield a sentence for each reason why there may be more than the file has."""
    if whole.degraded:
        yield _(
            "The full search was away when this file was made: it has what was found by names, codes and"
            " keywords alone."
        )
    if whole.total > WINDOW:
        yield _("The file has the first %(most)s results.") % {"most": WINDOW}
