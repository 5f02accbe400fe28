"""The dossier: rows in the order of the source, each under its case; forms are names without a file.

Rows of one case that stand apart stay apart: the order is what a reader relies on. A row without any text is
no row, but its case stays. Where no rows could be read, the text is one row whose role is unclear.
"""

import re
from itertools import groupby
from typing import Any

from procedures.choices import RowRole
from procedures.importing.findings import Findings, Kind
from procedures.importing.mapping.words import item
from procedures.importing.record import Record, Row

MARKER_LENGTH = 5
TITLE_LENGTH = 500
_SAYS_SOMETHING = re.compile(r"[^\W_]")


def dossier(record: Record, findings: Findings) -> list[dict[str, Any]]:
    """Return the stream of cases."""
    rows = record.dossier
    if not rows and _SAYS_SOMETHING.search(record.dossier_text):
        rows = (Row(name=record.dossier_text, role=RowRole.UNCLEAR),)
    if not rows:
        findings.note(Kind.NO_DOSSIER, record.dossier_text)
    return [
        {"type": "case", "value": {"case": case, "sets": None, "documents": _documents(members, findings)}}
        for case, members in groupby(rows, key=lambda row: row.case)
    ]


def _documents(rows: Any, findings: Findings) -> list[dict[str, object]]:
    documents = []
    for row in rows:
        if row.name or row.forms:
            documents.append(item(_document(row, findings)))
        else:
            findings.note(Kind.EMPTY_ROW, row.case[:100])
    return documents


def _document(row: Row, findings: Findings) -> dict[str, object]:
    name = row.name or row.forms[0]
    if len(row.marker) > MARKER_LENGTH:
        name = f"{row.marker} {name}"
    for title in row.forms:
        if len(title) > TITLE_LENGTH:
            findings.note(Kind.SHORTENED, title)
    return {
        "name": name,
        "marker": row.marker if len(row.marker) <= MARKER_LENGTH else "",
        "role": row.role if row.role in RowRole.values else str(RowRole.UNCLEAR),
        "originals": max(row.originals or 0, 0),
        "copies": max(row.copies or 0, 0),
        "forms": [
            item({"title": title[:TITLE_LENGTH], "file": None}) for title in dict.fromkeys(row.forms) if title
        ],
    }
