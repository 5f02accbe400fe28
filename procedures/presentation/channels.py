"""Channels with their limits and fees: ways that differ in nothing are one row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.templatetags.portal_text import vn_number
from home.text import fold, is_none_answer
from procedures.choices import ChannelKind, FeeKind, LimitUnit
from procedures.presentation.raw import Raw, blocks, items, number, text

FEW_FEES = 3
"""Lines of a tariff that fit into the table of channels; more are shown once, in the part on fees."""
SHORT_FEES = 400
"""Characters of such lines."""
FOLDED_FEES = 6
"""Lines of a tariff from which on it is folded."""

_FREE = re.compile(r"(?:duoc )?(?:mien|khong (?:thu|mat|phai nop|phai dong))(?: (?:phi|le phi|va|tien))*")


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: the number with its unit as published, and what the source says in words."""

    number: str = ""
    text: str = ""
    value: Decimal | None = None
    unit: str = ""

    def __bool__(self) -> bool:
        return bool(self.number or self.text)


@dataclass(frozen=True, slots=True)
class Fee:
    """A line of a tariff. Without amount and words nothing is known of it: it is not free for that."""

    kind: str
    amount: str
    note: str
    exemption: str
    free: bool
    value: Decimal | None
    currency: str

    @property
    def length(self) -> int:
        return len(self.amount) + len(self.note) + len(self.exemption)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on some of the channels of a row; `kinds` is empty where it is on all of them."""

    kinds: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A row of the table: the channels that share case, limit and fees."""

    kinds: tuple[str, ...]
    case: str
    limit: Limit
    fees: tuple[Fee, ...]
    notes: tuple[Note, ...] = ()
    tariff: int = 0

    @property
    def fees_fit(self) -> bool:
        """Tell whether the fees are few and short enough to stand in the table itself."""
        return len(self.fees) <= FEW_FEES and sum(fee.length for fee in self.fees) <= SHORT_FEES


@dataclass(frozen=True, slots=True)
class Tariff:
    """Fees that some channels share; `number` is what the table of channels refers to."""

    number: int
    channels: tuple[ChannelRow, ...]
    fees: tuple[Fee, ...]

    @property
    def folded(self) -> bool:
        return len(self.fees) > FOLDED_FEES

    @property
    def uses(self) -> tuple[tuple[str, str], ...]:
        """Return what it is for: channels and their case, "" where there is none."""
        if not any(row.case for row in self.channels):
            return unique((kind, "") for row in self.channels for kind in row.kinds)
        return tuple((", ".join(row.kinds), row.case) for row in self.channels)

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the same as texts."""
        return tuple(f"{kinds} ({case})" if case else kinds for kinds, case in self.uses)


@dataclass(frozen=True, slots=True)
class LimitGroup:
    """The channels of one case that share a limit."""

    kinds: tuple[str, ...]
    case: str
    limit: Limit


def unique(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return the values once each, in their order."""
    return tuple(dict.fromkeys(values))


def channel_rows(stream: Any) -> tuple[ChannelRow, ...]:
    """Return the rows of the table, in the order of the source."""
    rows: dict[tuple[Any, ...], ChannelRow] = {}
    notes: dict[tuple[Any, ...], dict[str, list[str]]] = {}
    for value in blocks(stream):
        kind = str(ChannelKind(value["kind"]).label) if value.get("kind") in ChannelKind.values else ""
        fees = tuple(_fee(fee) for fee in items(value.get("fees")))
        row = ChannelRow((kind,), text(value, "case"), _limit(value.get("limit") or {}), fees)
        key = (row.case, row.limit, row.fees)
        known = rows.setdefault(key, row)
        rows[key] = replace(known, kinds=unique((*known.kinds, kind)))
        if note := text(value, "note"):
            notes.setdefault(key, {}).setdefault(note, []).append(kind)
    tariffs = {
        fees: place for place, fees in enumerate(unique(row.fees for row in rows.values() if row.fees), 1)
    }
    return tuple(
        replace(row, tariff=tariffs.get(row.fees, 0), notes=tuple(_notes(row, notes.get(key, {}))))
        for key, row in rows.items()
    )


def kinds(stream: Any) -> tuple[tuple[str, str], ...]:
    """Return the channels of a procedure, the one most people use first: value and label."""
    found = {value.get("kind") for value in blocks(stream)}
    return tuple((kind.value, str(kind.label)) for kind in ChannelKind if kind.value in found)


def tariffs(rows: Iterable[ChannelRow]) -> tuple[Tariff, ...]:
    """Return each different list of fees once, with the channels that it is for."""
    found: dict[int, Tariff] = {}
    for row in rows:
        if row.fees:
            known = found.setdefault(row.tariff, Tariff(row.tariff, (), row.fees))
            found[row.tariff] = replace(known, channels=(*known.channels, row))
    return tuple(found.values())


def limit_groups(rows: Iterable[ChannelRow]) -> tuple[LimitGroup, ...]:
    """Return each limit that is known once for each case, with the channels that it is for."""
    found: dict[tuple[str, Limit], tuple[str, ...]] = {}
    for row in rows:
        if row.limit:
            key = (row.case, row.limit)
            found[key] = unique((*found.get(key, ()), *row.kinds))
    return tuple(LimitGroup(kinds, case, limit) for (case, limit), kinds in found.items())


def _notes(row: ChannelRow, notes: dict[str, list[str]]) -> Iterator[Note]:
    for note, kinds in notes.items():
        yield Note(() if unique(kinds) == row.kinds else unique(kinds), note)


def _limit(value: Raw) -> Limit:
    """Read a limit. Where the unit says "see the text", the number means nothing."""
    unit, amount, words = text(value, "unit"), number(value, "value"), text(value, "text")
    if amount is None or unit in {"", LimitUnit.OTHER}:
        return Limit(text=words)
    return Limit(duration(amount, unit), words, amount, unit)


def duration(amount: Decimal, unit: str) -> str:
    """Return an amount of time in words: a working day is not a day."""
    count = 1 if amount == 1 else 2
    words = {
        LimitUnit.WORKING_DAY: ngettext("%(number)s working day", "%(number)s working days", count),
        LimitUnit.DAY: ngettext("%(number)s day", "%(number)s days", count),
        LimitUnit.HOUR: ngettext("%(number)s hour", "%(number)s hours", count),
        LimitUnit.MONTH: ngettext("%(number)s month", "%(number)s months", count),
        LimitUnit.YEAR: ngettext("%(number)s year", "%(number)s years", count),
    }
    return words.get(LimitUnit(unit), "%(number)s") % {"number": vn_number(amount)}


def _fee(value: Raw) -> Fee:
    """Read a line of a tariff. An amount of 0 beside words is no price: the words are."""
    amount, words = number(value, "amount"), text(value, "note")
    currency = text(value, "currency") or "VND"
    kind = text(value, "kind")
    free = not amount and says_free(words)
    return Fee(
        kind=str(FeeKind(kind).label) if kind in FeeKind.values else "",
        amount=money(amount, currency) if amount else "",
        note="" if free else words,
        exemption=text(value, "exemption"),
        free=free,
        value=amount or None,
        currency=currency,
    )


def says_free(words: str) -> bool:
    """Tell whether a text says that nothing is to be paid, and nothing else: no condition, no "except"."""
    if is_none_answer(words):
        return True
    return _FREE.fullmatch(re.sub(r"[\W_]+", " ", fold(words)).strip()) is not None


def money(amount: Decimal, currency: str) -> str:
    """Return an amount of money: 8.000 đồng, 100 USD."""
    if currency == "VND":
        return _("%(amount)s dong") % {"amount": vn_number(amount)}
    return f"{vn_number(amount)} {currency}"
