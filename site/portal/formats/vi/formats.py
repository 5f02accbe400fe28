"""Dates and numbers as Vietnamese offices write them: 30/06/2025, 14:05, 1.757, 3,5.

Django's own Vietnamese formats print 30-06-2025. Times are of 24 hours; the week begins on Monday.
"""

DATE_FORMAT = SHORT_DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "d/m/Y H:i"
YEAR_MONTH_FORMAT = "m/Y"
MONTH_DAY_FORMAT = "d/m"

FIRST_DAY_OF_WEEK = 1

# The first of each list is what form fields show. A field of type="date" wants the ISO form: give it
# forms.DateInput(format="%Y-%m-%d"). Years of two digits are refused, not guessed.
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = [
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%d/%m/%Y",
]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
"""Used where grouping is asked for (filter `vn_number`): USE_THOUSAND_SEPARATOR is off, codes are text."""
