"""Parts that do not add up to their total."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from home.figures.findings import Finding, Kind, Severity, amount
from home.figures.lists import Listed
from home.figures.prose import Prose
from home.figures.tokens import Role, Token, same_unit

_NEAR = Decimal("0.1")
"""The share of the total by which a sum may miss it: what misses it by more is some of the parts only."""

_MANY = 50
"""The total from which on parts that nearly make it are meant to make it, though the text does not say so."""

_RECEIVED = re.compile(r"\btiếp\s{1,2}nhận\b[^\d\n(]{0,60}\Z", re.IGNORECASE)
_SOLVED = re.compile(r"\b(?:giải\s{1,2}quyết|xử\s{1,2}lý)(?:\s{1,2}xong)?\b[^\d\n(]{0,30}\Z", re.IGNORECASE)
_PENDING = re.compile(r"[^\d\n(.;]{0,24}\b(?:đang|còn)\b", re.IGNORECASE)
_BEFORE = 80


def sums(prose: Prose, listed: Iterable[Listed]) -> Iterator[Finding]:
    """Yield each total that its parts do not add up to."""
    for found in listed:
        total, parts = found.total, found.parts
        if _adds_up(total, parts) or not _should(found) or _is_explained(prose, found):
            continue
        severity = Severity.WRONG if found.whole else Severity.DOUBT
        yield finding(Kind.SUM, severity, total, parts, total)


def finding(kind: Kind, severity: Severity, place: Token, terms: list[Token], total: Token) -> Finding:
    """Return the finding that terms do not add up to a total; it stands at `place`."""
    result = sum((term.value for term in terms), Decimal(0))
    message = _("%(terms)s = %(sum)s, but the text says %(total)s.")
    texts = {
        "terms": " + ".join(amount(term.value) for term in terms),
        "sum": amount(result),
        "total": amount(total.value),
    }
    return Finding(kind, severity, place.start, place.end, texts["total"], texts["sum"], message % texts)


def _adds_up(total: Token, parts: list[Token]) -> bool:
    """Tell whether the parts are the total, as exactly as they are written."""
    slack = sum((part.step for part in [*parts, total] if part.step != 1), Decimal(0)) / 2
    return abs(sum((part.value for part in parts), -total.value)) <= slack


def _should(found: Listed) -> bool:
    """Tell whether the text says that these parts are all of the total."""
    total = found.total
    difference = abs(sum((part.value for part in found.parts), -total.value))
    if difference <= total.value * _NEAR and (total.value >= _MANY or found.whole):
        return True
    same = all(same_unit(part, total) for part in found.parts)
    return found.whole and found.complete and same and difference <= total.value


def _is_explained(prose: Prose, found: Listed) -> bool:
    """Tell whether some of the parts are the total, or another count of the sentence is what is missing."""
    values = [part.value for part in found.parts]
    difference = sum(values, -found.total.value)
    if len(values) > 2 and difference in values:
        return True
    others = prose.between(*prose.sentence(found.total.start), Role.COUNT)
    return any(other.value == abs(difference) and other not in found.parts for other in others)


def flows(prose: Prose) -> Iterator[Finding]:
    """Yield where dossiers settled and dossiers under way are not the dossiers received."""
    received: Token | None = None
    solved: Token | None = None
    for token in prose.tokens:
        if token.role is not Role.COUNT:
            continue
        before = prose.text[max(0, token.start - _BEFORE) : token.start]
        if _RECEIVED.search(before):
            received, solved = token, None
        elif received and _SOLVED.search(before) and same_unit(token, received):
            solved = token
        elif received and solved and _PENDING.match(prose.text, token.end):
            yield from _flow(prose, received, solved, token)
            received = solved = None


def _flow(prose: Prose, received: Token, solved: Token, pending: Token) -> Iterator[Finding]:
    if "\n" in prose.text[received.start : pending.end] or _adds_up(received, [solved, pending]):
        return
    difference = abs(solved.value + pending.value - received.value)
    others = prose.between(received.start, pending.end + 2 * _BEFORE, Role.COUNT)
    explained = any(other.value == difference for other in others)
    if difference <= received.value * _NEAR and not explained:
        yield finding(Kind.SUM, Severity.DOUBT, pending, [solved, pending], received)
