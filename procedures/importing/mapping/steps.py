"""Steps: as the source splits them, in groups where the numbering begins again under a title of its own.

- A label longer than its field goes in front of the text: in 1,115 records the source's names of steps are
  "Bước n", a case, or the whole step.
- "Bước 1" a second time begins a new case where the line before it reads as a title ("Trường hợp ...", or
  ends with a colon): 26 records. Where it does not, all stays one group in its order.
- Where the steps lack words of `steps_text`, that text is taken whole.
"""

import re
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from home.text import fold
from procedures.importing.findings import Findings, Kind
from procedures.importing.mapping.words import item, missing
from procedures.importing.record import Record, Step

LABEL_LENGTH = 500
CASE_LENGTH = 300
"""Longer than a title: a paragraph."""

_FIRST = re.compile(r"\W*(?:[a-z]\)\s*)?buoc 0?1\b")
_TITLE = re.compile(
    r"\W*(?:\(?(?:[ivx]+|[a-z]|[a-z]?\.?\d{1,2}(?:\.\d{1,2})*)[.)]*\s+)?"
    r"(?:(?:doi voi )?(?:cac )?truong hop|doi voi|trinh tu|thu tuc)\b"
)


def steps(record: Record, findings: Findings) -> list[dict[str, Any]]:
    """Return the stream of steps."""
    found = [step for step in record.steps if step.label or step.text]
    if lost := _lost(record.steps_text, found):
        if found:
            findings.note(
                Kind.TEXT_KEPT_WHOLE, _("steps: %(words)s") % {"words": " ".join(sorted(lost)[:10])}
            )
        found = [Step("", record.steps_text)]
    if not found:
        findings.note(Kind.NO_STEPS)
    return [_group(case, members) for case, members in _groups(found)]


def _lost(text: str, found: list[Step]) -> set[str]:
    if len(found) == 1 and found[0].text == text:
        return set()
    return missing(text, [said for step in found for said in (step.label, step.text)])


def _groups(found: list[Step]) -> list[tuple[str, list[Step]]]:
    """Split the steps where they begin again, if each beginning has a title."""
    starts = [n for n, step in enumerate(found) if _FIRST.match(fold(step.label))]
    titles = [_title_before(found, start) for start in starts]
    if len(starts) < 2 or not all(titles[1:]):
        return [("", found)] if found else []
    if not titles[0]:  # what stands before the first case belongs to it
        starts[0] = 0
    titled = {start - 1 for start, title in zip(starts, titles, strict=True) if title}
    bare = [_without_last_line(step) if n in titled else step for n, step in enumerate(found)]
    groups = [
        (title, bare[start:end])
        for title, (start, end) in zip(titles, pairwise([*starts, None]), strict=True)
    ]
    head = [step for step in bare[: starts[0]] if step.label or step.text]
    return [("", head), *groups] if head else groups


def _title_before(found: list[Step], start: int) -> str:
    """Return the line before a first step, if it reads as the title of a case."""
    if start == 0:
        return ""
    line = found[start - 1].text.rsplit("\n", 1)[-1].strip()
    is_title = line.endswith(":") or _TITLE.match(fold(line))
    return line if line and len(line) <= CASE_LENGTH and is_title else ""


def _without_last_line(step: Step) -> Step:
    return Step(step.label, step.text.rpartition("\n")[0].strip())


def _group(case: str, members: list[Step]) -> dict[str, Any]:
    return {"type": "steps", "value": {"case": case, "steps": [item(_step(step)) for step in members]}}


def _step(step: Step) -> dict[str, object]:
    label = " ".join(step.label.split())
    if len(label) > LABEL_LENGTH:
        return {"label": "", "text": f"{step.label}\n{step.text}".strip()}
    return {"label": label, "text": step.text}
