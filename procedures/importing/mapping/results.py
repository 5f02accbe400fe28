"""Results: the list that carries codes; what only the joined text of another copy names is added or reported.

`result` joins several results with ", " and cannot be split: names contain commas. What is left of it once
the listed names are taken out is a result of its own; where they are not in it word for word, the two copies
word the same thing differently, and the report says so.
"""

from typing import Any

from procedures.importing.findings import Findings, Kind
from procedures.importing.mapping.words import missing
from procedures.importing.record import Record

CODE_LENGTH = 50
_EDGES = " ,;.\n+-"


def results(record: Record, findings: Findings) -> list[dict[str, Any]]:
    """Return the stream of results."""
    listed = [(result.name, result.code) for result in record.results if result.name]
    if missing(record.result, [name for name, _code in listed]):
        rest = _rest(record.result, [name for name, _code in listed])
        if rest:
            listed.append((rest, ""))
        else:
            findings.note(Kind.RESULT_DIFFERS, record.result)
    for name, code in listed:
        if len(code) > CODE_LENGTH:
            findings.note(Kind.SHORTENED, f"{name}: {code}")
    return [{"type": "result", "value": {"name": name, "code": code[:CODE_LENGTH]}} for name, code in listed]


def _rest(text: str, names: list[str]) -> str:
    """Return what a joined text has beside the names, if it has each of them word for word."""
    if not names:
        return text
    for name in sorted(names, key=len, reverse=True):
        before, found, after = text.partition(name.strip(_EDGES))
        if not found:
            return ""
        text = f"{before.rstrip(_EDGES)}, {after.lstrip(_EDGES)}"
    rest = text.strip(_EDGES)
    return rest if rest[:1].isupper() else ""
