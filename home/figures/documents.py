"""The same legal document written two ways, with spaces inside its number, or with two dates."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from home.figures.findings import Finding, Kind, Severity
from home.figures.prose import Prose
from home.figures.tokens import Role, Token
from home.text import document_key, fold

_NUMBER = re.compile(r"\d{1,5}[a-z]?(?:\.\d{3})? {0,2}/ {0,2}(?:\d{4} {0,2}/|[A-ZĐ]{2})")
"""What tells the number of a document from an item of a list ("3/ Danh mục")."""

_DATED = re.compile(
    r"[\s,(]{1,3}(?:ngày\s{1,2})?(\d{1,2})(?:\s{1,2}tháng\s{1,2}|\s?/\s?|[.-])(\d{1,2})"
    r"(?:\s{1,2}năm\s{1,2}|\s?/\s?|[.-])((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_ISSUER = re.compile(r"[ ,]{1,2}của ((?:\w+ ?){1,4})", re.IGNORECASE)
_SPACED = re.compile(r"\s+(?=[/–-])|(?<=[/–-])\s+")
_YEAR = re.compile(r"/ ?(?:19|20)\d\d ?/")
_DASHES = re.compile(r"[–_]")


@dataclass(frozen=True, slots=True)
class _Citation:
    """A document as a text names it."""

    start: int
    end: int
    number: str
    date: tuple[int, int, int] | None
    """Year, month, day."""
    issuer: str
    """The first words after "của", folded; "" where nobody is named."""


def documents(prose: Prose) -> Iterator[Finding]:
    """Yield, for each document, that it is written two ways or with spaces; or that it has two dates."""
    cited: dict[str, list[_Citation]] = defaultdict(list)
    for token in prose.tokens:
        if token.role is Role.DOCUMENT and _NUMBER.match(token.raw):
            cited[document_key(token.raw)].append(_citation(prose.text, token))
    for citations in cited.values():
        yield from _spellings(citations)
        yield from _dates(citations)


def _citation(text: str, token: Token) -> _Citation:
    dated = _DATED.match(text, token.end)
    date = (int(dated[3]), int(dated[2]), int(dated[1])) if dated else None
    issued = _ISSUER.match(text, dated.end() if dated else token.end)
    return _Citation(token.start, token.end, token.raw, date, fold(issued[1]) if issued else "")


def _spellings(citations: list[_Citation]) -> Iterator[Finding]:
    """Yield the first citation that is written otherwise than the document is known by."""
    usual = _usual(citations)
    odd = next((citation for citation in citations if citation.number != usual), None)
    if odd is None:
        return
    others = sorted({citation.number for citation in citations if citation.number != odd.number})
    if not others and " " not in odd.number:
        return  # another dash alone
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
    tidy = Counter(_DASHES.sub("-", _SPACED.sub("", citation.number)) for citation in citations)
    return tidy.most_common(1)[0][0]


def _dates(citations: list[_Citation]) -> Iterator[Finding]:
    """Yield the first citation whose date is another one than that of the same document before."""
    dated = [citation for citation in citations if citation.date]
    for citation in dated[1:]:
        if citation.date == dated[0].date or not _is_one(dated[0], citation):
            continue
        message = _("The same document, %(number)s, has two dates: %(one)s and %(other)s.")
        texts = {"number": _usual(citations), "one": _written(dated[0]), "other": _written(citation)}
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


def _is_one(first: _Citation, second: _Citation) -> bool:
    """Tell whether two citations of one number are one document.

    A number that names its year is unique. Others begin anew each year, and with each issuer.
    """
    if _YEAR.search(first.number):
        return True
    same_year = first.date is not None and second.date is not None and first.date[0] == second.date[0]
    return same_year and first.issuer == second.issuer


def _written(citation: _Citation) -> str:
    year, month, day = citation.date or (0, 0, 0)
    return f"{day:02d}/{month:02d}/{year}"
