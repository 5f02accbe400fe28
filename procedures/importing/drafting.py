"""What the page of a record holds, before the database is asked for anything.

- `conditions` that say "none" stay as they are written and are answered "none", too; so do fees.
- The record's address at the official system is both where one applies online and the source.
- A code with a suffix (1.001193.000.00.00.H48) is split: the base code is the identity of the procedure.
- Nothing of a record is dropped without a finding.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from home.text import is_none_answer
from procedures.choices import Part
from procedures.importing.findings import Finding, Findings, Kind
from procedures.importing.mapping import agencies, doubts, references
from procedures.importing.mapping.channels import answered_no_fees, channels
from procedures.importing.mapping.dossier import dossier
from procedures.importing.mapping.results import results
from procedures.importing.mapping.steps import steps
from procedures.importing.record import Record, Refused, parse

CODE_LENGTH = 50
SOURCE_NAME = "Cơ sở dữ liệu quốc gia về thủ tục hành chính"
RETRIEVED = {
    "hdtruong802/Vietnam-AI-Innovation-Challenge-2026": date(2026, 7, 20),
    "suzynotsusie/data-pipeline": date(2026, 7, 18),
    "chatbot-tthc/chatbot_tthc": date(2026, 7, 20),
    "nhdandz/ThuTucHanhChinh": date(2026, 1, 2),
    "TienNhat5103/Chatbot_TTHC": date(2025, 5, 10),
}
"""When the copies of the national catalogue were taken; a record names the copy that it comes from."""

_SUFFIX = re.compile(r"(?P<base>\d\.\d{6})\.(?P<suffix>\d{3}\.\d{2}\.\d{2}\.[A-Z]\d+)")
_FURNITURE = re.compile(r"(?<=Không có thông tin)(?:Từ khóa|Mô tả|Chọn cơ quan).*", re.DOTALL)
_valid_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Draft:
    """The content of one procedure page, references by name."""

    values: dict[str, Any]
    streams: dict[str, list[dict[str, Any]]]
    levels: tuple[str, ...]
    audiences: tuple[str, ...]
    sectors: tuple[str, ...]
    agencies: tuple[tuple[str, str], ...]
    issuer: str
    bases: tuple[references.Basis, ...]
    findings: tuple[Finding, ...]

    @property
    def full_code(self) -> str:
        """Return the code as the record writes it."""
        return ".".join(filter(None, [self.values["code"], self.values["code_suffix"]]))


def draft(data: dict[str, Any]) -> Draft:
    """Return the content of the page of a record as it came; refuse one that cannot have a page."""
    record = parse(data)
    findings = Findings()
    doubts.note_oddities(record, findings)
    doubts.note_raw(data, findings)
    named, in_words = agencies.agencies(record, findings)
    values = _values(record, in_words, findings)
    drafted = Draft(
        values=values,
        streams={
            "steps": steps(record, findings),
            "channels": channels(record, findings),
            "dossier": dossier(record, findings),
            "results": results(record, findings),
        },
        levels=references.levels(record, findings),
        audiences=references.audiences(record, findings),
        sectors=references.sectors(record, findings),
        agencies=tuple(named),
        issuer=agencies.issuer(record),
        bases=references.legal_bases(record, findings, values["local_to"]),
        findings=(),
    )
    return Draft(**{**vars(drafted), "findings": tuple(findings)})


def _values(record: Record, agencies_note: str, findings: Findings) -> dict[str, Any]:
    code, suffix = _code(record.code)
    conditions = _FURNITURE.sub("", record.conditions)
    if conditions != record.conditions:
        findings.note(Kind.PAGE_FURNITURE, record.conditions)
    none = [Part.CONDITIONS] if is_none_answer(conditions) else []
    none += [Part.FEES] if answered_no_fees(record) else []
    suspect = doubts.suspicion(record)
    if suspect:
        findings.note(Kind.SUSPECT, suspect)
    address = _address(record.url, findings)
    return {
        "code": code,
        "code_suffix": suffix,
        "name": record.name,
        "summary": record.description,
        "kind": _short(record.kind, 100, findings),
        "local_to": agencies.local_to(record, findings),
        "decision_number": _short(record.decision_number, 100, findings),
        "conditions": conditions,
        "receiving_address": record.receiving_address,
        "agencies_note": agencies_note,
        "keywords": record.keywords,
        "answered_none": sorted(str(part) for part in none),
        "online_url": address,
        "source_name": SOURCE_NAME,
        "source_url": address,
        "source_retrieved_on": RETRIEVED.get(str(record.source.get("repo"))),
        "suspect": suspect,
        "listed": record.in_catalogue_2026_07,
    }


def _code(code: str) -> tuple[str, str]:
    if len(code) > CODE_LENGTH:
        raise Refused(_("its code has more than %(number)d characters") % {"number": CODE_LENGTH})
    parts = _SUFFIX.fullmatch(code)
    return (parts["base"], parts["suffix"]) if parts else (code, "")


def _short(text: str, length: int, findings: Findings) -> str:
    if len(text) > length:
        findings.note(Kind.SHORTENED, text)
    return text[:length].strip()


def _address(url: str, findings: Findings) -> str:
    try:
        if url:
            _valid_address(url)
    except ValidationError:
        findings.note(Kind.ADDRESS_UNUSABLE, url)
        return ""
    if len(url) > 500:
        findings.note(Kind.ADDRESS_UNUSABLE, url)
        return ""
    return url
