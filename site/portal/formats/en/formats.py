"""Dates for readers of English, who would read 06/07/2025 in two ways: 6 Jul 2025."""

DATE_FORMAT = SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "j M Y, H:i"
YEAR_MONTH_FORMAT = "M Y"
MONTH_DAY_FORMAT = "j M"

FIRST_DAY_OF_WEEK = 1
