"""The dossier by case: papers with their copies and forms, headings and remarks in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.text import Truncator

from home.text import fold
from procedures.choices import RowRole
from procedures.presentation.cases import bare, for_everyone
from procedures.presentation.raw import Raw, blocks, items, text

LONG_ROW = 600
"""Characters of a row from which on it is folded: whole dossiers are pasted into one row."""
LEAD = 160
MANY_ROWS = 30
"""Rows of a dossier from which on all cases but the first are folded."""
_REMARK = re.compile(r"\W*(?:vi du|luu y|ghi chu|chu y|(?:[0-9.]+ )?so luong ho so)\b")
"""How rows begin that nobody brings, among those of which the source does not say what they are."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form. Without an address it is a name, never a link."""

    title: str
    url: str = ""
    kind: str = ""
    size: str = ""
    digest: str = ""
    """SHA-1 of what the file holds."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a dossier, in the order of the source."""

    name: str
    marker: str
    lead: str
    originals: int
    copies: int
    forms: tuple[Form, ...]
    remark: bool

    @property
    def letter(self) -> str:
        """Return the list mark where it is a letter or a number: a dash says nothing beside a box to tick."""
        return self.marker if any(map(str.isalnum, self.marker)) else ""

    @property
    def counted(self) -> bool:
        """Tell whether the source says how many are wanted."""
        return bool(self.originals or self.copies)


@dataclass(frozen=True, slots=True)
class DossierCase:
    """The dossier of a case; the title is blank where there is one for all.

    `number` is its place, from 1 on: addresses name it so. `common` is a dossier that everyone brings.
    """

    title: str
    sets: int | None
    rows: tuple[Row, ...]
    folded: bool
    number: int = 1
    common: bool = True

    @property
    def label(self) -> str:
        """Return the title without the signs of a list around it."""
        return bare(self.title)

    @property
    def papers(self) -> int:
        return sum(not row.remark for row in self.rows)


def file_keys(stream: Any) -> set[int]:
    """Return the keys of all files of a dossier's forms, to be read at once."""
    return {
        form["file"]
        for case in blocks(stream)
        for row in items(case.get("documents"))
        for form in items(row.get("forms"))
        if form.get("file")
    }


def dossier_cases(stream: Any, files: Mapping[int, Any]) -> tuple[DossierCase, ...]:
    """Return the dossiers of all cases; `files` are the documents of `file_keys`."""
    cases = [
        (value, tuple(_row(row, files) for row in items(value.get("documents")))) for value in blocks(stream)
    ]
    many = sum(len(rows) for _value, rows in cases) > MANY_ROWS
    return tuple(
        DossierCase(
            title := text(value, "case"),
            value.get("sets"),
            rows,
            folded=many and number > 1,
            number=number,
            common=len(cases) == 1 or for_everyone(title),
        )
        for number, (value, rows) in enumerate(cases, 1)
    )


def forms(cases: tuple[DossierCase, ...]) -> Iterator[Form]:
    """Yield each form of a dossier once."""
    yield from dict.fromkeys(form for case in cases for row in case.rows for form in row.forms)


def _row(value: Raw, files: Mapping[int, Any]) -> Row:
    name = text(value, "name")
    originals, copies = int(value.get("originals") or 0), int(value.get("copies") or 0)
    said = value.get("role") == RowRole.UNCLEAR and _REMARK.match(fold(name)) is not None
    return Row(
        name=name,
        marker=text(value, "marker"),
        lead=Truncator(" ".join(name.split())).chars(LEAD) if len(name) > LONG_ROW else "",
        originals=originals,
        copies=copies,
        forms=tuple(_form(form, files) for form in items(value.get("forms"))),
        remark=said or value.get("role") == RowRole.NOTE,
    )


def _form(value: Raw, files: Mapping[int, Any]) -> Form:
    document = files.get(value.get("file") or 0)
    title = text(value, "title")
    if document is None:
        return Form(title)
    size = filesizeformat(document.file_size) if document.file_size else ""
    kind = document.file_extension.upper()
    return Form(title or document.title, document.url, kind, size, document.file_hash)
