"""Filters that every template has: numbers the Vietnamese way, and official plain text as light HTML.

Dates need none: Django's own `date` filter reads `portal.formats` (`{{ day|date:"SHORT_DATE_FORMAT" }}`).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from html import escape
from itertools import groupby
from math import isfinite
from typing import NamedTuple

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_DIGITS = re.compile("[0-9]+")
_NO_DIGIT = re.compile(r"[^\d+]")


@register.filter(is_safe=True)
def vn_number(value: object) -> str:
    """Group a quantity by the language of the page: 1757 -> "1.757", 3.50 -> "3,5". Never for ids or codes.

    What is no number stays as it is ("theo quy định"); so does text with a point: "1.757" is done already.
    """
    if isinstance(value, str):
        return number_format(value, force_grouping=True) if _DIGITS.fullmatch(value) else value
    if not isinstance(value, int | float | Decimal) or not isfinite(value):
        return "" if value is None else str(value)
    number = Decimal(str(value))
    whole = number.to_integral_value()
    return number_format(whole if number == whole else number.normalize(), force_grouping=True)


@register.filter
def dialled(number: str) -> str:
    """Return a phone number as a phone dials it: "(0255) 3000 201" -> "02553000201"."""
    return _NO_DIGIT.sub("", number)


class Line(NamedTuple):
    """A line of plain text; the marker is "" where the line is no item of a list."""

    text: str
    marker: str


_ITEM = re.compile(r"(?P<marker>(?P<sign>[-–+*•●])(?P=sign){0,5})(?:\)?\s+(?=\S)|\)?(?=[^\W\d_]|[\"'“‘(\[]))")
"""A dash before a digit is a minus or a range, a row of signs alone a rule: neither begins an item."""


@register.filter
def prose(value: object) -> SafeString:
    """Show plain official text: every line a paragraph, marked lines ("-", "+", "*", "•") as lists in lists.

    Each character of the text is kept, the markers too: the law's own signs are read aloud, copied and found.
    The style sheet hides the marker of the list (class "prose-list").
    """
    lines = [_line(text) for text in str(value or "").splitlines() if text.strip()]
    parts: list[str] = []
    for is_list, run in groupby(lines, key=lambda line: bool(line.marker)):
        items = list(run)
        if is_list and len(items) > 1:
            parts.extend(_list(items))
        else:
            parts.extend(f"<p>{escape(line.text, quote=False)}</p>" for line in items)
    return mark_safe("".join(parts))  # noqa: S308  each line was escaped above


def _line(text: str) -> Line:
    text = text.strip()
    item = _ITEM.match(text)
    return Line(text, item["marker"].replace("–", "-") if item else "")


def _list(lines: list[Line]) -> Iterator[str]:
    """Nest by marker: a new one opens a list inside the item above, a known one goes back to its list."""
    levels: list[str] = []
    for line in lines:
        if line.marker in levels:
            yield "</li>"
            while levels[-1] != line.marker:
                levels.pop()
                yield "</ul></li>"
        else:
            yield "<ul>" if levels else '<ul class="prose-list">'
            levels.append(line.marker)
        yield f"<li>{escape(line.text, quote=False)}"
    yield "</li></ul>" * len(levels)
