"""Growth that is not what the two figures make, and totals that an increase did not raise so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from home.figures.findings import Finding, Kind, Severity, amount, written
from home.figures.prose import Prose
from home.figures.sums import finding
from home.figures.tokens import Role, Token

_CHANGE = re.compile(
    r"""
    \b(?: (?P<way>tăng|giảm) (?:[ ](?:thêm|đi|tới|đến))? [ ]{1,2}
          (?P<percent>\d[\d.]{0,9}(?:,\d{1,4})?) [ ]{0,2} %
        | gấp [ ]{1,2} (?: (?P<times>\d{1,4}(?:,\d{1,3})?) [ ]{1,2} lần | (?P<word>đôi|ba) ) )
    [ ]{0,2} (?P<than> ,?[ ]so[ ]{1,2}với )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RAISED = re.compile(r"\bnâng\s{1,2}tổng\s{1,2}số\b", re.IGNORECASE)
_RAISED_TO = re.compile(
    r"\b(?:là|lên|thành|đạt|đến|tới)(?:\s{1,2}(?:thành|đến|tới|là))?\s{1,2}\Z", re.IGNORECASE
)
_RAISED_FROM = re.compile(r"\btừ\s{1,2}\Z", re.IGNORECASE)
_BREAK = re.compile(r"[;\n]|[.!?]\s")
_IS_A_CHANGE = re.compile(r"\b(?:tăng|giảm)(?:\s(?:thêm|đi|tới|đến))?\s{1,2}\Z", re.IGNORECASE)
_WORDS = {"đôi": "2", "ba": "3"}
_REACH = 200
_POINTS = Decimal(100)


def growth(prose: Prose) -> Iterator[Finding]:
    """Yield each growth against a stated earlier figure that the figures do not make."""
    for match in _CHANGE.finditer(prose.text):
        now = _now(prose, match.start())
        then = _then(prose, match.end(), now) if now else None
        if not now or not then or not then.value or not _comparable(now, then):
            continue
        if any(_stands_after(prose, token, _IS_A_CHANGE) for token in (now, then)):
            continue
        if found := (_percent if match["percent"] else _times)(match, now, then):
            yield found


def _now(prose: Prose, place: int) -> Token | None:
    """Return the figure that grew: the nearest before, in its own sentence and clause."""
    begin = max(prose.sentence(place)[0], place - _REACH)
    opened = prose.text.rfind("(", begin, place)
    if opened >= 0 and ")" not in prose.text[opened:place]:
        begin = opened
    numbers = prose.bare_tokens(begin, place, Role.COUNT, Role.PERCENT, Role.RATIO)
    if not numbers or numbers[-1].role is Role.RATIO:
        return None
    return None if _BREAK.search(prose.bare(numbers[-1].end, place)) else numbers[-1]


def _then(prose: Prose, place: int, now: Token) -> Token | None:
    """Return the earlier figure: the only one in the aside after "so với …", else the first in the clause."""
    _begin, end = prose.sentence(place)
    end = min(end, place + _REACH)
    clause = prose.bare(place, end)
    stop = min((clause.find(sign) for sign in ",;" if sign in clause), default=len(clause)) + place
    direct = prose.bare_tokens(place, stop, now.role)
    if direct:
        return direct[0] if len(direct) == 1 else None
    aside = next(iter(prose.asides_in(place, end)), None)
    if aside is None or aside.start > stop:
        return None
    figures = prose.between(aside.start, aside.end, Role.COUNT, Role.PERCENT)
    return figures[0] if len(figures) == 1 and figures[0].role is now.role else None


def _comparable(now: Token, then: Token) -> bool:
    """Tell whether two figures are exact and count the same, as far as they say what they count."""
    one, other = now.unit.split()[:1], then.unit.split()[:1]
    exact = all(token.step * 10 < token.value or token.step == 1 for token in (now, then))
    return exact and (not one or not other or one == other)


def _percent(match: re.Match[str], now: Token, then: Token) -> Finding | None:
    said = Decimal(match["percent"].replace(".", "").replace(",", "."))
    step = Decimal(1).scaleb(-len(match["percent"].partition(",")[2]))
    falls = match["way"].lower() == "giảm"
    change = (now.value - then.value) * (-1 if falls else 1)
    real = change * _POINTS / then.value
    slack = step + _POINTS * (now.step * (now.step != 1) + then.step * (then.step != 1)) / then.value
    if abs(real - said) <= slack or (now.role is Role.PERCENT and abs(change - said) <= slack):
        return None
    texts = {
        "now": amount(now.value),
        "then": amount(then.value),
        "real": written(abs(real), 1 if abs(real) < 10 or step < 1 else 0),
        "said": match["percent"],
    }
    rises = (real >= 0) is not falls
    if rises:
        message = _("From %(then)s to %(now)s it rises by %(real)s%%, but the text says %(said)s%%.")
    else:
        message = _("From %(then)s to %(now)s it falls by %(real)s%%, but the text says %(said)s%%.")
    return Finding(
        Kind.GROWTH,
        Severity.WRONG,
        match.start(),
        match.start("than"),
        f"{texts['said']}%",
        f"{texts['real']}%",
        message % texts,
    )


def _times(match: re.Match[str], now: Token, then: Token) -> Finding | None:
    raw = match["times"] or _WORDS[match["word"].lower()]
    said = Decimal(raw.replace(",", "."))
    step = Decimal(1).scaleb(-len(raw.partition(",")[2]))
    real = now.value / then.value
    if abs(real - said) <= step:
        return None
    texts = {
        "now": amount(now.value),
        "then": amount(then.value),
        "real": written(real, 2),
        "said": raw,
    }
    message = _("%(now)s is %(real)s times %(then)s, but the text says %(said)s times.") % texts
    end = match.start("than")
    return Finding(Kind.GROWTH, Severity.WRONG, match.start(), end, texts["said"], texts["real"], message)


def raised_totals(prose: Prose) -> Iterator[Finding]:
    """Yield each "nâng tổng số … là N" where the increase and the earlier total are not N."""
    for match in _RAISED.finditer(prose.text):
        begin, end = prose.sentence(match.start())
        increases = prose.bare_tokens(max(begin, match.start() - _REACH), match.start(), Role.COUNT)
        if not increases:
            continue
        increase = increases[-1]
        then, total = _from_and_to(prose, match.end(), min(end, match.end() + 2 * _REACH))
        if not then or not total or not _counts_alike(increase, then, total):
            continue
        if then.value + increase.value != total.value:
            yield finding(Kind.TOTAL, Severity.WRONG, total, [increase, then], total)


def _from_and_to(prose: Prose, start: int, end: int) -> tuple[Token | None, Token | None]:
    """Return the earlier total and the new one."""
    counts = prose.bare_tokens(start, end, Role.COUNT)
    then = next((count for count in counts if _stands_after(prose, count, _RAISED_FROM)), None)
    total = next((count for count in counts if _stands_after(prose, count, _RAISED_TO)), None)
    if total and not then:
        aside = next(iter(prose.asides_in(total.end, end)), None)
        inside = prose.between(aside.start, aside.end, Role.COUNT) if aside else []
        then = inside[0] if len(inside) == 1 else None
    return then, total


def _stands_after(prose: Prose, token: Token, words: re.Pattern[str]) -> bool:
    return words.search(prose.text[max(0, token.start - 20) : token.start]) is not None


def _counts_alike(*tokens: Token) -> bool:
    """Tell whether figures count the same, as far as they say, and exactly."""
    units = {token.unit.split()[0] for token in tokens if token.unit}
    return len(units) <= 1 and all(token.step == 1 for token in tokens)
