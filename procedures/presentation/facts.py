"""The short answers on top of a procedure: how long, how much, where; the parts below say it in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.templatetags.portal_text import vn_number
from home.text import fold
from procedures.presentation.agencies import AgencyLine
from procedures.presentation.channels import ChannelRow, Fee, Limit, duration, money, unique

FEW = 3
"""Answers that are listed one by one; more are summed up."""
SHORT = 160
"""Characters of an answer in words that is shown here; a longer one is left to its part."""
SHORT_EXEMPTION = 240
"""Characters of who does not pay."""

_SENTENCES = re.compile(r"(?<=[.;])\s+|\n+|(?=\([Mm]iễn )")
_SPARED = re.compile(r"(?:mien (?:(?:le )?phi|thu|nop)|khong thu|khong phai nop)\b|.*\bduoc mien\b")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known in short: lines, and whether the part below says more than they do.

    `exempt` is who does not pay, in the words of the source; `rest` says how many lines there are besides.
    """

    lines: tuple[str, ...] = ()
    more: bool = False
    exempt: str = ""
    rest: str = ""

    def __bool__(self) -> bool:
        return bool(self.lines)


def how_long(rows: Sequence[ChannelRow]) -> Answer:
    """Return the limits: one for all, one for each channel, or from the shortest to the longest."""
    known = [row for row in rows if row.limit]
    limits = unique(row.limit for row in known)
    wordy = any(limit.text for limit in limits)
    if len(limits) == 1:
        return Answer((_limit_words(limits[0]),), wordy)
    kinds = [kind for limit in limits for kind in _kinds(known, limit)]
    if 1 < len(limits) <= FEW and all(limit.number for limit in limits) and len(kinds) == len(set(kinds)):
        lines = (f"{' / '.join(_kinds(known, limit))}: {limit.number}" for limit in limits)
        return Answer(tuple(lines), wordy or any(row.case for row in known))
    if limits:
        return Answer((_range_of_limits(limits) or _("It depends on the case"),), True)
    return Answer()


def how_much(rows: Sequence[ChannelRow], none: bool) -> Answer:
    """Return the fees in short, and who does not pay. Free is what a source says to be free, never 0."""
    fees: tuple[Fee, ...] = unique(fee for row in rows for fee in row.fees)
    said = [fee for fee in fees if fee.amount or fee.note or fee.free]
    exempt = _exempt(fees)
    if not said:
        return Answer((_("Nothing to pay"),)) if none else Answer(exempt=exempt)
    if all(fee.free for fee in said):
        return Answer((_("Nothing to pay"),))
    if len(said) == 1:
        fee = said[0]
        words = ": ".join(filter(None, [fee.kind, fee.amount])) or Truncator(fee.note).chars(SHORT)
        return Answer((words,), bool(fee.note or fee.exemption), exempt)
    return Answer((_range_of_fees(said) or _count_of_fees(len(said)),), True, exempt)


def _exempt(fees: Sequence[Fee]) -> str:
    """Return who does not pay: what stands in its place, else sentences of the notes that say so."""
    said = [fee.exemption for fee in fees if fee.exemption]
    said = said or [words for fee in fees for words in _SENTENCES.split(fee.note) if _spares(words)]
    parts = unique(_bare(part).rstrip(" .;") for part in said)
    words = ". ".join(part for part in parts if not any(part in other for other in parts if other != part))
    return Truncator(words).chars(SHORT_EXEMPTION)


def _spares(words: str) -> bool:
    """Tell whether a sentence spares somebody a fee; what is longer than an answer is a whole tariff."""
    return len(words) <= SHORT_EXEMPTION and _SPARED.match(fold(_bare(words))) is not None


def _bare(words: str) -> str:
    """Return a sentence without brackets around it and signs of a list before it."""
    words = " ".join(words.split()).strip("-+* ")
    return words[1:].rstrip(".;").removesuffix(")") if words.startswith("(") else words


def where(agencies: Sequence[AgencyLine], address: str) -> Answer:
    """Return who receives the dossier."""
    names = unique(line.name for line in agencies)
    if len(names) > FEW:
        rest = len(names) - FEW + 1
        more = ngettext("and %(number)s more place", "and %(number)s more places", rest) % {"number": rest}
        return Answer(names[: FEW - 1], True, rest=more)
    if names:
        return Answer(names, True)
    return Answer((Truncator(address).chars(SHORT),), True) if address else Answer()


def _limit_words(limit: Limit) -> str:
    return limit.number or Truncator(" ".join(limit.text.split())).chars(SHORT)


def _kinds(rows: Sequence[ChannelRow], limit: Limit) -> tuple[str, ...]:
    return unique(kind for row in rows if row.limit == limit for kind in row.kinds)


def _range_of_limits(limits: Sequence[Limit]) -> str:
    """Return "from … to …" where all limits are numbers of one unit, else ""."""
    values = [limit.value for limit in limits if limit.value is not None]
    units = {limit.unit for limit in limits}
    if len(values) < len(limits) or len(units) != 1:
        return ""
    unit = units.pop()
    return _("From %(least)s to %(most)s, depending on the case") % {
        "least": vn_number(min(values)),
        "most": duration(max(values), unit),
    }


def _range_of_fees(fees: Sequence[Fee]) -> str:
    """Return "from … to …" where all fees are amounts of one currency, else ""."""
    values = [fee.value for fee in fees if fee.value is not None]
    currencies = {fee.currency for fee in fees}
    if len(values) < len(fees) or len(currencies) != 1 or min(values) == max(values):
        return ""
    currency = currencies.pop()
    return _("From %(least)s to %(most)s, depending on the case") % {
        "least": vn_number(min(values)),
        "most": money(max(values), currency),
    }


def _count_of_fees(number: int) -> str:
    return ngettext("%(number)s rate", "%(number)s rates", number) % {"number": number}
