"""Years and months in which there are articles, and how many."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

MONTHS = tuple(str(month) for month in range(1, 13))

Month = dict[str, Any]
"""A month of a year: its number as `slug`, its name, and the number of its articles."""
Year = dict[str, Any]
"""A year: `slug`, `name`, the number of its articles, and its `months`, the last first."""


def years(visible: Any) -> list[Year]:
    """Return the years of articles with their months, the last first: one query."""
    rows = visible.order_by().values_list("date__year", "date__month").annotate(count=Count("pk"))
    found = []
    for year, several in groupby(rows.order_by("-date__year", "-date__month"), key=lambda row: row[0]):
        months = [
            {"slug": str(month), "name": month_name(str(month)), "count": count}
            for _year, month, count in several
        ]
        total = sum(month["count"] for month in months)
        found.append({"slug": str(year), "name": str(year), "count": total, "months": months})
    return found


def months(years: list[Year], year: str) -> list[Month]:
    """Return the months of a year that have articles, the last first; none where no year is named."""
    return next((each["months"] for each in years if each["slug"] == year), [])


def month_name(number: str) -> str:
    """Return the name of a month by its number, "" where there is no such month: "13", "0", "x"."""
    return _("Month %(number)s") % {"number": number} if number in MONTHS else ""
