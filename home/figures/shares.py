"""Percentages that are not what part and base make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from home.figures.findings import Finding, Kind, Severity, amount, written
from home.figures.lists import Listed
from home.figures.prose import Prose
from home.figures.tokens import COUNTED, Role, Token, first_at, spelled_out

_SAID = re.compile(
    r"(?:\b(?:tỷ|tỉ)\s{1,2}lệ|\bchiếm|[,(]\s{0,2}đạt|\btương\s{1,2}đương)(?:\s{1,2}(?:tỷ|tỉ)\s{1,2}lệ)?"
    r"(?:\s{1,2}là)?\s{0,2}:?\s{0,2}\Z|\(\s{0,2}\Z",
    re.IGNORECASE,
)
_NOT_A_SHARE = re.compile(
    r"\s{0,2}(?:so\s{1,2}với|kế\s{1,2}hoạch|chỉ\s{1,2}tiêu|dự\s{1,2}toán|mục\s{1,2}tiêu|cùng\s{1,2}kỳ|trở\s{1,2}lên"
    r"|năm|nghị\s{1,2}quyết|nhiệm\s{1,2}vụ|yêu\s{1,2}cầu|vốn|giá|lương|/)",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"\s{0,2}(?:trên|trong|của|so\s{1,2}với)?\s{1,2}tổng\s{1,2}số\s{1,2}(?P<what>[^\d\n,.;:()]{2,80})?",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\btổng\s{1,2}số\s{1,2}(?P<what>[^\d\n,.;:()]{2,110})(?P<colon>:\s{0,2})?(?=\d)", re.IGNORECASE
)
_OUT_OF = re.compile(r"\b(?:trên|trong)(?:\s{1,2}tổng(?:\s{1,2}số)?)?\s{1,2}\Z", re.IGNORECASE)
_SAYING = re.compile(
    r"\s(?:hiện\s(?:tại|nay|có|đang)|đến\snay|trên\sđịa\sbàn|toàn|của|tại|ở|trong|đang|là|có|gồm|đạt|được)\b.*"
)
_EXPLAINED = re.compile(r"\s{0,2}\(\s{0,2}")
_BREAK = re.compile(r"[;\n]|[.!?]\s")
_REACH = 160
_POINTS = Decimal(100)


def shares(prose: Prose, listed: Iterable[Listed]) -> Iterator[Finding]:
    """Yield each percentage of a stated base that is another one."""
    totals = stated_totals(prose)
    list_of = {part.start: found.total for found in listed for part in found.parts}
    for percent in prose.tokens:
        if percent.role is not Role.PERCENT:
            continue
        part = _explanation(prose, percent)
        if part is None and _is_share(prose, percent):
            part = _part(prose, percent)
        if part is None:
            continue
        bases = _bases(prose, percent, part, totals, list_of)
        if not bases or any(_is_right(percent, part, base) for base in bases):
            continue
        if not _is_share_of_another(prose, percent, part):
            yield _finding(percent, part, bases[0])


def stated_totals(prose: Prose) -> dict[str, list[Token]]:
    """Return the totals that a text states, by what they are totals of: "Tổng số TTHC … có 1.757"."""
    found: dict[str, list[Token]] = defaultdict(list)
    for match in _TOTAL.finditer(prose.text):
        index = first_at(prose.tokens, match.end())
        if index < len(prose.tokens) and (token := prose.tokens[index]).role is Role.COUNT:
            found[_what(match["what"])].append(token)
    return found


def _what(words: str) -> str:
    """Return what a total is of, without place and verb."""
    return _SAYING.sub("", f"{spelled_out(words)} ").strip()


def _is_share(prose: Prose, percent: Token) -> bool:
    before = prose.text[max(0, percent.start - 40) : percent.start]
    return _SAID.search(before) is not None and _NOT_A_SHARE.match(prose.text, percent.end) is None


def _explanation(prose: Prose, percent: Token) -> Token | None:
    """Return the ratio that stands in parentheses behind a percentage: "98% (490/500 hồ sơ)"."""
    if not (opened := _EXPLAINED.match(prose.text, percent.end)):
        return None
    index = first_at(prose.tokens, opened.end())
    if index == len(prose.tokens):
        return None
    ratio = prose.tokens[index]
    is_it = ratio.start == opened.end() and ratio.role is Role.RATIO and COUNTED.match(prose.text, ratio.end)
    return ratio if is_it else None


def _part(prose: Prose, percent: Token) -> Token | None:
    """Return the count that a percentage is said of: the nearest before it, in its own clause."""
    begin = max(prose.sentence(percent.start)[0], percent.start - _REACH)
    opened = prose.text.rfind("(", begin, percent.start)
    if opened >= 0 and ")" not in prose.text[opened : percent.start]:
        numbers = prose.between(opened, percent.start, *Role)
        begin, anchor = (opened, percent.start) if numbers else (begin, opened)
    else:
        anchor = percent.start
    numbers = prose.bare_tokens(begin, anchor, Role.COUNT, Role.PERCENT, Role.RATIO)
    if not numbers or numbers[-1].role is Role.PERCENT or _BREAK.search(prose.bare(numbers[-1].end, anchor)):
        return None
    if len(numbers) > 1 and _OUT_OF.search(prose.text[max(0, numbers[-1].start - 24) : numbers[-1].start]):
        part, base = numbers[-2:]
        return Token(part.start, base.end, part.raw, Role.RATIO, part.value, part.step, part.unit, base.value)
    return numbers[-1]


def _bases(
    prose: Prose, percent: Token, part: Token, totals: dict[str, list[Token]], list_of: dict[int, Token]
) -> list[Decimal]:
    """Return what the percentage may be of, the likeliest first."""
    if part.role is Role.RATIO:
        return [part.base] if part.base else []
    if match := _OF_ALL.match(prose.text, percent.end):
        index = first_at(prose.tokens, match.end())
        if not match["what"] and index < len(prose.tokens) and prose.tokens[index].start == match.end():
            return [prose.tokens[index].value]
        return [token.value for token in totals.get(_what(match["what"] or ""), []) if token is not part]
    total = list_of.get(part.start)
    return [total.value] if total else []


def _is_right(percent: Token, part: Token, base: Decimal) -> bool:
    """Tell whether a percentage is part of base, rounded or cut off."""
    if not base:
        return False
    slack = percent.step if part.step == 1 else max(percent.step, part.step * _POINTS / base)
    return abs(part.value * _POINTS / base - percent.value) <= slack


def _is_share_of_another(prose: Prose, percent: Token, part: Token) -> bool:
    """Tell whether the percentage is right for another count near by: then it is of that."""
    begin, end = prose.sentence(percent.start)
    begin = prose.sentence(max(0, begin - 1))[0]
    return any(_is_right(percent, part, other.value) for other in prose.between(begin, end, Role.COUNT))


def _finding(percent: Token, part: Token, base: Decimal) -> Finding:
    decimals = max(1, len(percent.raw.partition(",")[2]))
    texts = {
        "part": amount(part.value),
        "base": amount(base),
        "real": written(part.value * _POINTS / base, decimals),
        "said": percent.raw,
    }
    message = _("%(part)s of %(base)s is %(real)s%%, but the text says %(said)s%%.") % texts
    said, real = f"{texts['said']}%", f"{texts['real']}%"
    return Finding(Kind.SHARE, Severity.DOUBT, percent.start, percent.end, said, real, message)
