"""What a cell of a table means in Vietnamese: a code, a number, a day; or a sentence that says why not.

A point is a mark of codes, a decimal or a thousand; a spreadsheet guesses, and what it has guessed is in the
file. So a code that has become a number or a day is refused, with the place, and nothing is guessed back.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from home.tables.reading import Cell
from home.text import normalise

EPOCH: Final = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers."""
SERIALS: Final = range(20_000, 80_000)
"""Serial numbers that are read as days: 1954 to 2119."""
NOTHING: Final = frozenset({"", "-", "–", "—", "…", "..."})
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?: \d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:,\d{1,2}|,\d{4,})?|\d+\.(?:\d{1,2}|\d{4,})")
_DAYS = (
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2})?)?"),
    re.compile(r"(?:ngày )?(?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>\d{4})", re.IGNORECASE),
)


class Refused(Exception):
    """A cell does not mean what its column asks for; the message names the place and what to do."""


def text(cell: Cell) -> str:
    """Return a cell as text. A number is written as it is, a day as 2025-06-30."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return normalise(value.isoformat() if isinstance(value, date) else str(value))


def code(cell: Cell) -> str:
    """Return a code, which must be text: as a number it has lost zeros, or its point."""
    if isinstance(cell.value, str) or cell.value is None:
        return text(cell)
    kind = _("a day") if isinstance(cell.value, date) else _("a number")
    raise Refused(
        _("%(place)s: the code is %(kind)s, not text: set the column to “Text” and type the code anew.")
        % {"place": cell.place, "kind": kind}
    )


def number(cell: Cell) -> Decimal | None:
    """Return a number; None for an empty cell. “99,5%” is 99.5, and so is a cell that shows a percentage."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        exact = Decimal(str(value))
        if "%" in cell.shown_as:
            return exact * 100
        if exact != exact.to_integral_value() and re.search(r"\.0{3}$", cell.shown_as):
            raise Refused(_ambiguous(cell, str(value)))
        return exact
    if isinstance(value, date | bool):
        raise Refused(_("%(place)s: “%(text)s” is no number.") % {"place": cell.place, "text": value})
    written = " ".join(text(cell).replace("\u00a0", " ").split())
    percent = written.endswith("%")
    written = written.removesuffix("%").strip()
    if written in NOTHING:
        return None
    if re.fullmatch(r"\d{1,3},\d{3}", written) or (percent and re.fullmatch(r"\d{1,3}\.\d{3}", written)):
        raise Refused(_ambiguous(cell, written))
    if _GROUPED.fullmatch(written):
        whole, _comma, part = written.partition(",") if written.count(",") == 1 else (written, "", "")
        return Decimal(re.sub(r"[ .,]", "", whole) + (f".{part}" if part else ""))
    if _PLAIN.fullmatch(written):
        return Decimal(written.replace(",", "."))
    raise Refused(_("%(place)s: “%(text)s” is no number.") % {"place": cell.place, "text": written})


def day(cell: Cell) -> date | None:
    """Return a day; None for an empty cell. The day comes before the month, whatever the cell shows."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        if int(value) in SERIALS:
            return EPOCH + timedelta(days=int(value))
        raise Refused(_("%(place)s: “%(text)s” is no day.") % {"place": cell.place, "text": value})
    written = text(cell).strip()
    if written in NOTHING:
        return None
    for form in _DAYS:
        if match := form.fullmatch(written):
            year = int(match["y"])
            try:
                return date(year + 2000 if year < 100 else year, int(match["m"]), int(match["d"]))
            except ValueError:
                break
    raise Refused(
        _("%(place)s: “%(text)s” is no day: write it as 30/06/2025.") % {"place": cell.place, "text": written}
    )


def _ambiguous(cell: Cell, written: str) -> str:
    return _("%(place)s: “%(text)s” may be a thousand or a decimal: write it without a separator.") % {
        "place": cell.place,
        "text": written,
    }
