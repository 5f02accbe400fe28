"""Dates that no calendar has, and periods that end before they begin."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from home.figures.findings import Finding, Kind, Severity
from home.figures.prose import Prose

_LEAP_YEAR = 2024
# In verbose patterns: [ ] is a space.
_DATE = re.compile(
    r"""
    (?<![\w/.,-])(?:
        (?:ngày[ ]{1,3})? (?P<d1>\d{1,2}) [ ]?/[ ]? (?P<m1>\d{1,2}) [ ]?/[ ]? (?P<y1>\d{4}) (?![\w/])
      | ngày[ ]{1,3} (?P<d2>\d{1,2}) [.-] (?P<m2>\d{1,2}) [.-] (?P<y2>\d{4}) (?![\w/])
      | ngày[ ]{1,3} (?P<d3>\d{1,2}) [ ]?/[ ]? (?P<m3>\d{1,2}) (?![\w/]|[.,]\d|[ ]?/)
      | (?P<day>ngày[ ]{1,3})? (?P<d4>\d{1,2}) [ ]{1,2}tháng[ ]{1,2} (?P<m4>\d{1,2}) (?![\d/]|[ ]{1,2}ngày)
        (?: [ ,]{1,3}năm[ ]{1,2} (?P<y4>\d{4}) (?!\d) | (?(day)|(?!)) )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MONTH = re.compile(
    r"\btháng[ ]{1,2}(?P<month>\d{1,2})(?:[ ]?/[ ]?|[ ,]{1,3}năm[ ]{1,2})(?:19|20)\d\d(?![\d/])",
    re.IGNORECASE,
)
_MONTHS = range(1, 14)
"""With the thirteenth, in which a wage is paid."""

_POINT = (
    r"(?:ngày[ ]{1,2})?(?:\d{1,2}[ ]?/[ ]?\d{1,2}[ ]?/[ ]?\d{4}|\d{1,2}[.-]\d{1,2}[.-]\d{4}"
    r"|\d{1,2}[ ]{1,2}tháng[ ]{1,2}\d{1,2}[ ,]{1,3}năm[ ]{1,2}\d{4})"
    r"|(?:tháng[ ]{1,2})?\d{1,2}[ ]?/[ ]?(?:19|20)\d\d|tháng[ ]{1,2}\d{1,2}[ ,]{1,3}năm[ ]{1,2}\d{4}"
    r"|quý[ ]{1,2}(?:[1-4]|IV|I{1,3})(?:[ ]?/[ ]?|[ ]{1,2}năm[ ]{1,2})\d{4}"
    r"|(?:năm[ ]{1,2})?(?:19|20)\d\d"
)
_TO = r"(?:[ ]{1,2}(?:đến|tới)(?:[ ]{1,2}(?:hết|trước|cuối))?[ ]{1,2}|[ ]{0,2}[-–—][ ]{0,2})"
_FROM = r"từ|giai[ ]đoạn|thời[ ]kỳ|nhiệm[ ]kỳ|năm[ ]học|niên[ ](?:khóa|khoá|độ)|thời[ ]gian"
_PERIOD = re.compile(
    rf"""
    (?: \b(?:{_FROM})[ ]{{1,2}} (?:(?:từ|năm|từ[ ]năm|đầu|đầu[ ]năm)[ ]{{1,2}})?
      | (?<=\() (?=\d{{1,2}}/\d{{1,2}}/) )
    (?P<first> {_POINT} ) (?P<to> {_TO} ) (?P<last> {_POINT} ) (?![\w/]|[.,-]\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PARTS = re.compile(r"\d+|\b[IV]+\b")
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class _Point:
    """A day, a month, a quarter or a year; of days and months that are not said, 0."""

    year: int
    month: int = 0
    day: int = 0
    quarter: int = 0


def impossible_dates(prose: Prose) -> Iterator[Finding]:
    """Yield each date that does not exist: 31/11/2021, ngày 30 tháng 2."""
    for match in _DATE.finditer(prose.text):
        parts = next(
            (day, month, match.groupdict().get(f"y{number}"))
            for number in range(1, 5)
            if (day := match[f"d{number}"]) and (month := match[f"m{number}"])
        )
        day, month, year = int(parts[0]), int(parts[1]), int(parts[2] or _LEAP_YEAR)
        if message := _what_is_wrong(day, month, year, bool(parts[2])):
            expected = f"1–{_days(month, year)}" if 1 <= month <= 12 else "1–12"
            yield Finding(Kind.DATE, Severity.WRONG, *match.span(), match.group(), expected, message)
    for match in _MONTH.finditer(prose.text):
        if int(match["month"]) not in _MONTHS and not _is_of_a_day(prose.text, match.start()):
            message = _("There is no month %(month)d.") % {"month": int(match["month"])}
            yield Finding(Kind.DATE, Severity.WRONG, *match.span(), match.group(), "1–12", message)


def _is_of_a_day(text: str, start: int) -> bool:
    """Tell whether the day of a month stands before it: then the date as a whole is the finding."""
    return text[max(0, start - 2) : start].strip().isdigit()


def _what_is_wrong(day: int, month: int, year: int, year_is_said: bool) -> str:
    if not 1 <= month <= 12:
        return _("There is no month %(month)d.") % {"month": month}
    if 1 <= day <= _days(month, year):
        return ""
    if month == 2 and year_is_said:
        sentence = _("There is no such day: February %(year)d has %(days)d days.")
    else:
        sentence = _("There is no such day: month %(month)d has %(days)d days.")
    return sentence % {"month": month, "year": year, "days": _days(month, year)}


def _days(month: int, year: int) -> int:
    return monthrange(max(year, 1), month)[1]


def reversed_periods(prose: Prose) -> Iterator[Finding]:
    """Yield each period that ends before it begins, where both ends say their year."""
    for match in _PERIOD.finditer(prose.text):
        first, last = _point(match["first"]), _point(match["last"])
        if _is_after(first, last):
            message = _("The period ends before it begins: %(last)s is before %(first)s.")
            texts = {name: _written(match[name]) for name in ("first", "last")}
            yield Finding(
                Kind.PERIOD,
                Severity.WRONG,
                match.start(),
                match.end(),
                match.group(),
                f"{texts['last']} – {texts['first']}",
                message % texts,
            )


def _written(point: str) -> str:
    """Return a point in time in one line, in small letters."""
    return " ".join(point.lower().split())


def _point(text: str) -> _Point:
    numbers = [_QUARTERS.get(part.upper()) or int(part) for part in _PARTS.findall(text)]
    if len(numbers) == 3:
        return _Point(numbers[2], numbers[1], numbers[0])
    if len(numbers) == 2 and "quý" in text.lower():
        return _Point(numbers[1], quarter=numbers[0])
    return _Point(numbers[1], numbers[0]) if len(numbers) == 2 else _Point(numbers[0])


def _is_after(first: _Point, last: _Point) -> bool:
    """Tell whether a point in time is after another, as far as both say."""
    if first.year != last.year:
        return first.year > last.year
    if first.quarter and last.quarter:
        return first.quarter > last.quarter
    if not first.month or not last.month or first.month != last.month:
        return bool(first.month and last.month) and first.month > last.month
    return bool(first.day and last.day) and first.day > last.day
