"""Looks through a file before anything is written: which spelling is usual, and what legal documents are.

A sector is called what most records call it, and a legal document has the title that says most, whatever the
order of the lines, and the same after a run that was cut off.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from home.text import slugify
from procedures.importing.findings import Findings
from procedures.importing.mapping import references
from procedures.importing.mapping.agencies import NAME_LENGTH, local_to, split_names
from procedures.importing.mapping.words import missing, words
from procedures.importing.record import Record, Refused, parse

_AGENCY_FIELDS = (
    "issuing_agency",
    "implementing_agency",
    "competent_authority",
    "coordinating_agency",
    "delegated_agency",
)
_CATALOGUE_FIELDS = (*_AGENCY_FIELDS, "scope", "sectors", "applicants", "legal_basis")
_DOCUMENT_NUMBER = re.compile(r"\d+(?:\.\d+)?/\d{4}/")
LONG_TITLE = 400
"""Characters. A longer title is mostly several titles pasted together."""


@dataclass(frozen=True)
class Document:
    """What a file says of a legal document, best of all its records."""

    key: str
    number: str
    place: str = ""
    title: str = ""
    kind: str = ""
    issuer: str = ""
    signed_on: date | None = None


@dataclass
class Survey:
    """The names that the records to be written use."""

    sectors: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    agencies: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    audiences: dict[str, None] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    def add(self, data: dict[str, Any]) -> None:
        """Take in what a record refers to. One that will be refused counts for nothing."""
        try:
            record = parse({"code": "-", "name": "-"} | {name: data.get(name) for name in _CATALOGUE_FIELDS})
        except Refused:
            return
        findings = Findings()
        for name in references.sectors(record, findings):
            self.sectors[slugify(name)][name] += 1
        for name in _agency_names(record):
            self.agencies[slugify(name)][name] += 1
        self.audiences.update(dict.fromkeys(references.audiences(record, findings)))
        for basis in references.legal_bases(record, findings, local_to(record, findings)):
            self._add_document(basis)

    def _add_document(self, basis: references.Basis) -> None:
        known = self.documents.get(basis.key) or Document(basis.key, basis.number, basis.place)
        self.documents[basis.key] = replace(
            known,
            title=max(known.title, basis.title, key=lambda title: title_rank(title, known.number)),
            kind=known.kind or basis.kind,
            issuer=known.issuer or basis.issuer,
            signed_on=known.signed_on or basis.signed_on,
        )


def most_common(spellings: Counter[str]) -> str:
    """Return the usual spelling; of equals the one that came first."""
    return spellings.most_common(1)[0][0]


def is_informative(title: str, number: str) -> bool:
    """Tell whether a title says more than the kind and the number: "Luật 60/2014/QH13" does not."""
    return len(missing(title, [number]) - words("luật nghị định thông tư quyết định số bộ pháp lệnh")) > 1


def title_rank(title: str, number: str) -> tuple[bool, bool, bool, bool, int]:
    """Rank a title: first what is clean and says something, then what is clean, then what says most."""
    clean = title[:1].isalpha() and not _DOCUMENT_NUMBER.match(title)
    return (
        clean and is_informative(title, number),
        clean,
        number not in title,
        len(title) <= LONG_TITLE,
        len(title),
    )


def _agency_names(record: Record) -> Iterator[str]:
    texts = (
        *record.implementing_agency,
        record.competent_authority,
        record.coordinating_agency,
        record.delegated_agency,
    )
    if record.issuing_agency:
        yield record.issuing_agency.rstrip(" .")[:NAME_LENGTH]
    for text in texts:
        yield from split_names(text) if text else ()
