"""The limit and the fees of a procedure in a few words, for a row of a list; nothing where words were cut."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from home.templatetags.portal_text import vn_number
from procedures.presentation.channels import ChannelRow, Fee, duration, money, unique

FEW_WORDS = 60
"""Characters of an answer in words that a row has room for."""


def limit(rows: Sequence[ChannelRow]) -> str:
    """Return how long it takes: "5 ngày làm việc", "3–5 ngày làm việc"."""
    limits = unique(row.limit for row in rows if row.limit)
    values = [limit.value for limit in limits if limit.value is not None]
    units = {limit.unit for limit in limits}
    if not limits:
        return ""
    if len(values) == len(limits) and len(units) == 1:
        return _range(min(values), duration(max(values), units.pop()), several=len(set(values)) > 1)
    return _words(limits[0].number or limits[0].text) if len(limits) == 1 else _("It depends on the case")


def fee(rows: Sequence[ChannelRow], *, none: bool) -> str:
    """Return what it costs: "50.000 đồng", "20.000–50.000 đồng", or that nothing is to be paid."""
    fees: tuple[Fee, ...] = unique(fee for row in rows for fee in row.fees)
    said = [fee for fee in fees if fee.amount or fee.note or fee.free]
    if all(fee.free for fee in said):
        return _("Nothing to pay") if said or none else ""
    values = [fee.value or Decimal(0) for fee in said if fee.value is not None or fee.free]
    currencies = {fee.currency for fee in said if fee.value is not None}
    if len(values) == len(said) and len(currencies) == 1:
        return _range(min(values), money(max(values), currencies.pop()), several=len(set(values)) > 1)
    return _words(said[0].amount or said[0].note) if len(said) == 1 else _("It depends on the case")


def _range(least: Decimal, most: str, *, several: bool) -> str:
    return f"{vn_number(least)}–{most}" if several else most


def _words(text: str) -> str:
    """Return an answer in words if a row has room for it and it says anything."""
    words = " ".join(text.split()).rstrip(".")
    return words if len(words) <= FEW_WORDS and any(map(str.isalpha, words)) else ""
