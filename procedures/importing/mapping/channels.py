"""Channels: one for each way of the record, in its order; the same kind may come several times.

- The number of a limit whose unit is "khác" means nothing ("1 OTHER": see the text) and is not kept; its
  text is.
- Where number, unit, text and note lack words of `time_raw`, that text is taken whole.
- A form that is none of the three is kept in the note, and the channel counts as in person.
"""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from home.text import fold
from procedures.choices import ChannelKind, LimitUnit
from procedures.importing.findings import Findings, Kind
from procedures.importing.mapping.fees import fees, says_none
from procedures.importing.mapping.words import missing, words
from procedures.importing.record import Record, Way

_KINDS = (
    (re.compile(r"\btruc tuyen\b|\bonline\b"), ChannelKind.ONLINE),
    (re.compile(r"\bbuu chinh\b|\bbuu dien\b|\bpostal\b"), ChannelKind.POST),
    (re.compile(r"\btruc tiep\b|\bdirect\b"), ChannelKind.IN_PERSON),
)
_UNITS = {
    "ngay lam viec": LimitUnit.WORKING_DAY,
    "ngay": LimitUnit.DAY,
    "gio": LimitUnit.HOUR,
    "thang": LimitUnit.MONTH,
    "nam": LimitUnit.YEAR,
    "khac": LimitUnit.OTHER,
}
_UNIT_WORDS = words("ngày làm việc giờ tháng năm khác working day hour month year other days hours")
LARGEST = Decimal(1_000_000)


def channels(record: Record, findings: Findings) -> list[dict[str, Any]]:
    """Return the stream of channels."""
    if not record.ways:
        findings.note(Kind.NO_CHANNEL)
    return [{"type": "channel", "value": _channel(way, findings)} for way in record.ways]


def answered_no_fees(record: Record) -> bool:
    """Tell whether every fee that the record states is a way to say "none"."""
    stated = [fee for way in record.ways for fee in way.fees]
    return bool(stated) and all(says_none(fee) for fee in stated)


def _channel(way: Way, findings: Findings) -> dict[str, Any]:
    said = fold(f"{way.form} {way.form_raw}")
    kind = next((kind for pattern, kind in _KINDS if pattern.search(said)), None)
    note = way.note
    if kind is None:
        findings.note(Kind.CHANNEL_UNKNOWN, way.form or way.form_raw)
        note = f"{way.form or way.form_raw}\n{note}".strip()
    return {
        "kind": str(kind or ChannelKind.IN_PERSON),
        "case": "",
        "limit": _limit(way, findings),
        "fees": fees(way, findings),
        "note": note,
    }


def _limit(way: Way, findings: Findings) -> dict[str, Any]:
    value, text = way.time.value, way.time.text
    unit = _UNITS.get(fold(way.time.unit))
    if way.time.unit and unit is None:
        text = f"{way.time.unit} {text}".strip()
    number = "" if value is None else f"{value.normalize():f}"
    if unit == LimitUnit.OTHER and value is not None:
        findings.note(Kind.LIMIT_IN_WORDS, way.time_raw or number)
        value = None
    elif value is not None and not 0 <= value < LARGEST:
        text, value = f"{number} {way.time.unit} {text}".strip(), None
    if lost := missing(way.time_raw, [number, str(way.time.value or ""), text, way.note], _UNIT_WORDS):
        findings.note(Kind.TEXT_KEPT_WHOLE, _("limit: %(words)s") % {"words": " ".join(sorted(lost)[:10])})
        text = way.time_raw
    if value is not None:
        number = f"{value.quantize(Decimal('0.01')).normalize():f}"
    return {
        "value": None if value is None else number,
        "unit": str(unit or (LimitUnit.OTHER if text else "")),
        "text": text,
    }
