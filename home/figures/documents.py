"""The same legal document written two ways, with spaces inside its number, or with two dates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from home.figures.findings import Finding, Kind, Severity
from home.figures.prose import Prose
from home.figures.tokens import Role
from home.text import document_key

_NUMBER = re.compile(r"\d{1,5}[a-z]?\s{0,2}/.*[^\W\d_]{2}", re.DOTALL)
_DATED = re.compile(
    r"[\s,(]{1,3}(?:ngày\s{1,2})?(\d{1,2})(?:\s{1,2}tháng\s{1,2}|\s?/\s?|[.-])(\d{1,2})"
    r"(?:\s{1,2}năm\s{1,2}|\s?/\s?|[.-])((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_SPACED = re.compile(r"\s+(?=[/–-])|(?<=[/–-])\s+")
_DASHES = re.compile(r"[–_]")


@dataclass(frozen=True, slots=True)
class _Citation:
    """A document as a text names it."""

    start: int
    end: int
    number: str
    date: tuple[int, int, int] | None
    """Year, month, day."""


def documents(prose: Prose) -> Iterator[Finding]:
    """Yield, for each document, that it is written two ways or with spaces; or that it has two dates."""
    cited: dict[str, list[_Citation]] = defaultdict(list)
    for token in prose.tokens:
        if token.role is Role.DOCUMENT and _NUMBER.match(token.raw):
            cited[document_key(token.raw)].append(
                _Citation(token.start, token.end, token.raw, _date_after(prose.text, token.end))
            )
    for citations in cited.values():
        yield from _spellings(citations)
        yield from _dates(citations)


def _date_after(text: str, end: int) -> tuple[int, int, int] | None:
    match = _DATED.match(text, end)
    return (int(match[3]), int(match[2]), int(match[1])) if match else None


def _spellings(citations: list[_Citation]) -> Iterator[Finding]:
    """Yield the first citation that is written otherwise than the document is known by."""
    usual = _usual(citations)
    odd = next((citation for citation in citations if citation.number != usual), None)
    if odd is None:
        return
    others = sorted({citation.number for citation in citations if citation.number != odd.number})
    if others:
        message = _("The same document is written “%(one)s” here and “%(other)s” elsewhere: write %(usual)s.")
    else:
        message = _("There are spaces inside the number of the document: write %(usual)s.")
    other = usual if usual in others else (others or [""])[0]
    yield Finding(
        Kind.DOCUMENT,
        Severity.FORM,
        odd.start,
        odd.end,
        odd.number,
        usual,
        message % {"one": odd.number, "other": other, "usual": usual},
    )


def _usual(citations: list[_Citation]) -> str:
    """Return the spelling to be kept: without spaces; of several the one that is met most."""
    tidy = [_DASHES.sub("-", _SPACED.sub("", citation.number)) for citation in citations]
    return max(tidy, key=tidy.count)


def _dates(citations: list[_Citation]) -> Iterator[Finding]:
    """Yield the first citation whose date is another one of the same year.

    Numbers begin anew each year, so that two years are two documents unless the number names its year.
    """
    dated = [(citation, citation.date) for citation in citations if citation.date]
    for citation, date in dated[1:]:
        first, other = dated[0]
        if date != other and (date[0] == other[0] or "/" in document_key(first.number).partition("/")[2]):
            message = _("The same document, %(number)s, has two dates: %(one)s and %(other)s.")
            texts = {"number": _usual(citations), "one": _written(other), "other": _written(date)}
            yield Finding(
                Kind.DOCUMENT,
                Severity.DOUBT,
                citation.start,
                citation.end,
                texts["other"],
                texts["one"],
                message % texts,
            )
            return


def _written(date: tuple[int, int, int]) -> str:
    year, month, day = date
    return f"{day:02d}/{month:02d}/{year}"
