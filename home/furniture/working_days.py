"""Working days: Monday to Friday without the free days that the site's settings list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SATURDAY = 5
FREE_BY_LAW = "01/01\n30/04\n01/05\n02/09"
"""Free days that have the same date each year. Tết and Giỗ Tổ follow the moon: editors add them."""

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
LEAP = 2024


@dataclass(frozen=True, slots=True)
class FreeDays:
    """Days on which nobody works: some each year, some once."""

    yearly: frozenset[tuple[int, int]]
    """(month, day)"""
    once: frozenset[date]

    @classmethod
    def of(cls, text: str) -> "FreeDays":
        """Read them from lines "dd/mm" or "dd/mm/yyyy"; ValidationError names the line that is neither."""
        yearly, once = set(), set()
        for line in filter(None, map(str.strip, text.splitlines())):
            found = _DAY.fullmatch(line)
            try:
                day, month, year = (
                    (int(part) if part else 0 for part in found.groups()) if found else (0,) * 3
                )
                read = date(year or LEAP, month, day)
            except ValueError as error:
                sentence = _("“%(line)s” is no day: write dd/mm for each year, or dd/mm/yyyy for one.")
                raise ValidationError(sentence, params={"line": line}) from error
            if year:
                once.add(read)
            else:
                yearly.add((month, day))
        return cls(frozenset(yearly), frozenset(once))

    def __contains__(self, day: date) -> bool:
        return day in self.once or (day.month, day.day) in self.yearly


def validate_free_days(text: str) -> None:
    """Refuse a list that cannot be read."""
    FreeDays.of(text)


def between(first: date, last: date, free: FreeDays) -> int:
    """Count the whole working days that lie between two days; neither of the two counts."""
    return sum(1 for day in _days(first, last) if is_working(day, free))


def earliest(announced: date, days: int, free: FreeDays) -> date:
    """Return the first day before which so many whole working days lie after an announcement."""
    day = announced
    while days:
        day += timedelta(days=1)
        days -= is_working(day, free)
    return day + timedelta(days=1)


def is_working(day: date, free: FreeDays) -> bool:
    """Tell whether offices work on a day."""
    return day.weekday() < SATURDAY and day not in free


def _days(first: date, last: date) -> Iterator[date]:
    for number in range(1, (last - first).days):
        yield first + timedelta(days=number)
