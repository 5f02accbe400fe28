"""What a record refers to beside agencies: levels, audiences, sectors, legal documents.

- Levels are the slugs of the five rows; a sector and an audience are the names that the record uses, resolved
  later (`procedures.importing.catalogue`): spellings that fold to one slug are one sector.
- An audience called "nhóm 1" is nobody.
- A legal document is known by its key (`procedures.models.catalogue.legal_key`), so one number is one row
  however it is written; how the record writes it stays in `cited_as` where that differs. Councils and
  people's committees of many provinces use the same numbers: those that a local procedure cites are of its
  province. A number cited twice counts once.
"""

import re
from dataclasses import dataclass
from datetime import date

from home.text import fold
from procedures.choices import Level
from procedures.importing.findings import Findings, Kind
from procedures.importing.record import Citation, Record
from procedures.models.catalogue import legal_key

NUMBER_LENGTH = 150
CITED_LENGTH = 500
AUDIENCE_LENGTH = 150
SECTOR_LENGTH = 255

_LEVELS = {
    "bo": Level.MINISTRY,
    "tinh": Level.PROVINCE,
    "huyen": Level.DISTRICT,
    "xa": Level.COMMUNE,
    "khac": Level.OTHER,
}
_PROVINCIAL = re.compile(r"ubnd|hdnd")
_NOBODY = re.compile(r"nhom \d+")


@dataclass(frozen=True)
class Basis:
    """A citation of a legal document, and what the record says of the document."""

    key: str
    cited_as: str
    number: str
    place: str
    title: str
    kind: str
    issuer: str
    signed_on: date | None


def levels(record: Record, findings: Findings) -> tuple[str, ...]:
    """Return the slugs of the levels."""
    found = []
    for name in record.levels:
        level = _LEVELS.get(fold(name).removeprefix("cap "))
        if level is None:
            findings.note(Kind.LEVEL_UNKNOWN, name)
        elif level not in found:
            found.append(level)
    return tuple(str(level) for level in Level if level in found)


def audiences(record: Record, findings: Findings) -> tuple[str, ...]:
    """Return the names of those who may apply."""
    found = []
    for name in dict.fromkeys(record.applicants):
        if not name:
            continue
        if _NOBODY.fullmatch(fold(name)) or len(name) > AUDIENCE_LENGTH:
            findings.note(Kind.AUDIENCE_IGNORED, name)
        else:
            found.append(name)
    return tuple(found)


def sectors(record: Record, findings: Findings) -> tuple[str, ...]:
    """Return the names of the sectors, as spelt."""
    found = [name for name in dict.fromkeys(record.sectors) if name]
    for name in found:
        if len(name) > SECTOR_LENGTH:
            findings.note(Kind.SHORTENED, name)
    return tuple(name[:SECTOR_LENGTH] for name in found)


def legal_bases(record: Record, findings: Findings, place: str) -> tuple[Basis, ...]:
    """Return the citations, one for each document; `place` is the province that the procedure is local to."""
    found: dict[str, Basis] = {}
    for citation in record.legal_basis:
        number = citation.number or citation.number_raw or citation.title
        if not number:
            continue
        if len(number) > NUMBER_LENGTH:
            findings.note(Kind.SHORTENED, number)
        of = place if _PROVINCIAL.search(fold(number)) else ""
        key = legal_key(number[:NUMBER_LENGTH], of)
        if key in found:
            same = citation.title == found[key].title
            findings.note(Kind.BASIS_REPEATED, number if same else f"{number}: {citation.title}")
        else:
            found[key] = _basis(key, number[:NUMBER_LENGTH], of, citation, findings)
    return tuple(found.values())


def _basis(key: str, number: str, place: str, citation: Citation, findings: Findings) -> Basis:
    written = citation.number_raw
    return Basis(
        key=key,
        cited_as=written[:CITED_LENGTH] if written != number else "",
        number=number,
        place=place,
        title=citation.title,
        kind=citation.kind[:50],
        issuer=citation.issuer[:255],
        signed_on=_date(citation.date, findings),
    )


def _date(text: str, findings: Findings) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        findings.note(Kind.DATE_UNREADABLE, text)
        return None
