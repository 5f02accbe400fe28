"""Fees: a line for each amount, its kind where the text states one, exemptions where a sentence is just that.

- The source types few lines. "Phí ..." and "Lệ phí ..." at the beginning of a note state the kind.
- An exemption is a whole sentence ("Miễn lệ phí cho ...") or a note that is nothing but their list; anything
  less clear stays in the note. No word is dropped.
- 0 stays 0 and is never called free: that is for the text to say.
- Where the lines lack words of `fee_raw`, that text becomes a line of its own.
"""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from home.text import fold, is_none_answer
from procedures.choices import FeeKind
from procedures.importing.findings import Findings, Kind
from procedures.importing.mapping.words import item, missing
from procedures.importing.record import Fee, Way

LARGEST = Decimal(10) ** 15
SMALLEST_PLAUSIBLE, LARGEST_PLAUSIBLE = Decimal(500), Decimal(10) ** 9
"""In đồng. Less is dollars or thousands, more is a sum that is charged a share of."""

_KINDS = {"phi": FeeKind.FEE, "le phi": FeeKind.CHARGE}
_STATED = re.compile(r"\W*(?P<kind>le phi|phi)\b(?!\W*(?:va |hoac )?(?:le )?phi\b)")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NOT_SAID_AGAIN = {"phí", "lệ", "vnđ", "vnd", "đồng", "usd", "dong"}
"""Words of `fee_raw` that the fields say: kind and currency."""

_BETWEEN_SENTENCES = re.compile(r"((?<=\.)\s+|\n+)")
_EXEMPTION = re.compile(
    r"\W*(?:Miễn|Không thu)\b.{0,30}\b[Pp]hí\b.*\b(?:cho|đối với|với)\b", re.IGNORECASE | re.DOTALL
)
_EXEMPTION_LIST = re.compile(r"\W*(?:Các )?(?:trường hợp|đối tượng)(?: được)? miễn\b", re.IGNORECASE)
_FREE = re.compile(r"(?:duoc )?(?:mien phi|mien le phi|khong thu(?: phi| le phi)?|khong mat phi)")


def fees(way: Way, findings: Findings) -> list[dict[str, Any]]:
    """Return the lines of a way's tariff."""
    lines = [_line(fee, findings) for fee in way.fees if fee.amount is not None or fee.note or fee.type]
    said = [str(value) for line in lines for value in line.values()]
    if lost := missing(way.fee_raw, [*said, way.note], _NOT_SAID_AGAIN):
        findings.note(Kind.TEXT_KEPT_WHOLE, _("fees: %(words)s") % {"words": " ".join(sorted(lost)[:10])})
        lines.append(_line(Fee(note=way.fee_raw), findings))
    return [item(line) for line in lines]


def says_none(fee: Fee) -> bool:
    """Tell whether a line says that nothing is charged, in words."""
    if fee.amount:
        return False
    return is_none_answer(fee.note) or _FREE.fullmatch(fold(fee.note).strip(" .;-")) is not None


def _line(fee: Fee, findings: Findings) -> dict[str, Any]:
    amount, currency, note = fee.amount, fee.currency, fee.note
    if amount is not None and not 0 <= amount < LARGEST:
        findings.note(Kind.FEE_IMPLAUSIBLE, f"{amount} {currency}")
        amount, note = None, f"{fee.amount} {currency} {note}".strip()
    if amount and currency == "VND" and not SMALLEST_PLAUSIBLE <= amount <= LARGEST_PLAUSIBLE:
        findings.note(Kind.FEE_IMPLAUSIBLE, f"{amount} {currency} {note}"[:200])
    if currency and not _CURRENCY.fullmatch(currency):
        currency, note = "", f"{currency} {note}".strip()
    kind = _KINDS.get(fold(fee.type), "") or _stated_kind(note)
    note, exemption = split_exemption(note)
    return {
        "kind": str(kind),
        "amount": None if amount is None else f"{amount.quantize(Decimal('0.01')).normalize():f}",
        "currency": currency if amount is not None else "",
        "note": note,
        "exemption": exemption,
    }


def _stated_kind(note: str) -> str:
    stated = _STATED.match(fold(note[:40]))
    return _KINDS[stated["kind"]] if stated else ""


def split_exemption(note: str) -> tuple[str, str]:
    """Return the note without its sentence about exemptions, and that sentence."""
    if _EXEMPTION_LIST.match(note):
        return "", note
    inside = _inside_brackets(note)
    pieces = _BETWEEN_SENTENCES.split(inside)
    exempt = [n for n in range(0, len(pieces), 2) if _EXEMPTION.match(pieces[n])]
    if not exempt or any(piece.count("(") != piece.count(")") for piece in pieces[::2]):
        return note, ""
    rest = [
        piece + "".join(pieces[n + 1 : n + 2])
        for n, piece in enumerate(pieces)
        if n % 2 == 0 and n not in exempt
    ]
    return "".join(rest).strip(), "\n".join(pieces[n].strip() for n in exempt)


def _inside_brackets(note: str) -> str:
    """Take away the brackets around a whole note."""
    inside = note[1:-1]
    return inside.strip() if note[:1] == "(" and note[-1:] == ")" and not set("()") & set(inside) else note
