"""Numbers whose thousands are written two ways in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from home.figures.findings import Finding, Kind, Severity
from home.figures.prose import Prose
from home.figures.tokens import COUNTED, Role, Token

_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?")
_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_PLAIN = re.compile(r"[1-9]\d{3,}")
_BOTH = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})*,\d{3}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+\.\d{1,2}")
_DIGITS = re.compile(r"\D+")
_AHEAD = 40


def mixed_separators(prose: Prose) -> Iterator[Finding]:
    """Yield each number that is written otherwise than the same one, or the others, of its text."""
    dotted = {_DIGITS.sub("", token.raw): token for token in prose.tokens if _is_dotted(token)}
    seen: set[str] = set()
    for token in prose.tokens:
        raw, digits = token.raw, _DIGITS.sub("", token.raw)
        if raw in seen or token.role not in {Role.COUNT, Role.OTHER}:
            continue
        message = ""
        if _BOTH.fullmatch(raw):
            message = _("The number %(found)s mixes points and commas between its thousands: %(expected)s?")
        elif _is_comma(prose, token, digits, dotted):
            message = _("The thousands have a comma in %(found)s and a point elsewhere: %(expected)s?")
        elif _PLAIN.fullmatch(raw) and token.role is Role.COUNT and digits in dotted:
            message = _("The same number is written %(found)s here and %(expected)s elsewhere.")
        if message:
            seen.add(raw)
            expected = _grouped(raw)
            yield Finding(
                Kind.SEPARATOR,
                Severity.FORM,
                token.start,
                token.start + len(raw),
                raw,
                expected,
                message % {"found": raw, "expected": expected},
            )


def _is_dotted(token: Token) -> bool:
    return token.role is Role.COUNT and _DOTTED.fullmatch(token.raw) is not None


def _is_comma(prose: Prose, token: Token, digits: str, dotted: dict[str, Token]) -> bool:
    """Tell whether a comma stands between thousands, in a text that has points there: 1,757 hồ sơ."""
    if not _COMMA.fullmatch(token.raw) or not dotted:
        return False
    end = token.start + len(token.raw)
    counted = COUNTED.match(prose.text, end, end + _AHEAD) is not None
    return counted or token.raw.count(",") > 1 or digits in dotted


def _grouped(raw: str) -> str:
    """Return a number with points between its thousands."""
    whole, fraction = raw, ""
    if "." in raw and "," in raw and len(raw.rpartition(".")[2]) != 3:
        whole, _point, fraction = raw.rpartition(".")
    grouped = f"{int(_DIGITS.sub('', whole)):,}".replace(",", ".")
    return f"{grouped},{fraction}" if fraction else grouped
