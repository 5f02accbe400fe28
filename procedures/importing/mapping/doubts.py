"""What is odd about a record as a whole: test data, a deleted code, a wrong level, words of a web page."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from home.text import fold, legacy_encoding
from procedures.importing.findings import Findings, Kind
from procedures.importing.plain_text import has_markup
from procedures.importing.record import KNOWN, NOT_OF_THE_PAGE, Record

CODE = re.compile(r"\d\.\d{6}")
"""A code of the national catalogue; others exist."""

_DELETED = re.compile(r"[-_ ]xoa$")
_TEST_NUMBER = re.compile(r"test")
_TEST_TEXT = re.compile(r"(?:test|thu nghiem|abc|xxx+|aaa+)[\W\d]*")
_NAME_NUMBER = re.compile(r"\W*(?:\d{1,3}|[IVX]{1,5}|[a-e])(?:\.\d{1,2})*[.)]\s*\S")
_COMMUNE = re.compile(r"\b(?:xa|phuong|thi tran|dac khu|co so|thon)\b")


def suspicion(record: Record) -> str:
    """Return why the record may be no real procedure, mostly nothing.

    It becomes text of the page: so in the portal's own language, whoever runs the import.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _suspicion(record)


def _suspicion(record: Record) -> str:
    if _DELETED.search(fold(record.code)):
        return _("The code is marked as deleted at the source.")
    if _TEST_NUMBER.search(fold(record.decision_number)):
        return _("The decision number says that this is a test.")
    if any(_TEST_TEXT.fullmatch(fold(text[:50])) for text in (record.steps_text, record.name) if text):
        return _("The text says that this is a test.")
    return ""


def note_oddities(record: Record, findings: Findings) -> None:
    """Note what an operator should know of a record's code, name and level, and of what its source lost."""
    if record.lossy:
        findings.note(Kind.LOSSY, ", ".join(record.lossy))
    if "ways.fees.zero_with_text" in record.lossy:
        findings.note(Kind.FEE_ZERO)
    if not CODE.fullmatch(record.code):
        findings.note(Kind.ODD_CODE, record.code)
    if _NAME_NUMBER.match(record.name):
        findings.note(Kind.NAME_NUMBER, record.name[:60])
    if record.name.isupper():
        findings.note(Kind.NAME_CAPITALS, record.name[:60])
    if not record.levels:
        findings.note(Kind.NO_LEVEL)
    if not record.sectors:
        findings.note(Kind.NO_SECTOR)
    bodies = " ".join([*record.implementing_agency, record.competent_authority])
    if list(record.levels) == ["Xã"] and bodies.strip() and not _COMMUNE.search(fold(bodies)):
        findings.note(Kind.LEVEL_MISMATCH, bodies.strip()[:200])


def note_raw(data: dict[str, Any], findings: Findings) -> None:
    """Note what shows only in the record as it came: unknown fields, markup, a legacy encoding."""
    for field in data.keys() - KNOWN:
        if data[field]:
            findings.note(Kind.NOT_KEPT, f"{field}: {data[field]}"[:500])
    if data.get("related"):
        findings.note(Kind.NOT_KEPT, f"related: {data['related']}"[:500])
    for field, value in data.items():
        if field in NOT_OF_THE_PAGE or (field == "steps" and data.get("steps_text")):
            continue
        for text in _texts(value):
            if has_markup(text):
                findings.note(Kind.MARKUP, field)
            if not text.isascii() and (encoding := legacy_encoding(text)):
                findings.note(Kind.LEGACY_ENCODING, f"{field}: {encoding}")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
