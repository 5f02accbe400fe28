"""Figures and dates of Vietnamese prose: what does not add up, and what no calendar has.

Precise rather than complete: a writer who sees false alarms stops reading. So only what a text itself states
is reckoned with, a total and all its parts, a percentage and its base; what is rounded or open is left alone.
Time grows with the length of the text and no faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from home.figures.dates import impossible_dates, reversed_periods
from home.figures.documents import documents
from home.figures.findings import Finding, Kind, Severity
from home.figures.growth import growth, raised_totals
from home.figures.lists import lists
from home.figures.prose import Prose
from home.figures.separators import mixed_separators
from home.figures.shares import shares
from home.figures.sums import flows, sums

__all__ = ["Finding", "Kind", "Severity", "check"]


def check(text: str) -> list[Finding]:
    """Return what is doubtful in a plain text, in the order of the text; a line is a paragraph."""
    prose = Prose(text)
    found: dict[tuple[int, Kind], Finding] = {}
    for finding in sorted(_all(prose), key=lambda finding: finding.start):
        found.setdefault((finding.start, finding.kind), _quoted(prose, finding))
    return list(found.values())


def _all(prose: Prose) -> Iterator[Finding]:
    listed = list(lists(prose))
    yield from impossible_dates(prose)
    yield from reversed_periods(prose)
    yield from sums(prose, listed)
    yield from flows(prose)
    yield from shares(prose, listed)
    yield from growth(prose)
    yield from raised_totals(prose)
    yield from documents(prose)
    yield from mixed_separators(prose)


def _quoted(prose: Prose, finding: Finding) -> Finding:
    """Return a finding with the sentence it stands in, whole, without the spaces around it."""
    start, end = prose.sentence(finding.start)
    end = max(end, finding.end)
    sentence = prose.text[start:end]
    start += len(sentence) - len(sentence.lstrip())
    return replace(finding, sentence=sentence.strip(), sentence_start=start)
