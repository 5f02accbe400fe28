"""The numbers of a text, each with what it is: a count, a percentage, a date, the number of a document."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto


class Role(Enum):
    """What a number is. Only counts and percentages are reckoned with."""

    COUNT = auto()
    PERCENT = auto()
    RATIO = auto()
    DATE = auto()
    DOCUMENT = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A number as it stands in a text; `value` counts the scale in ("8,5 tỷ"), `unit` is what is counted."""

    start: int
    end: int
    raw: str
    role: Role
    value: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    """The worth of the last digit written: how exact the number is."""
    unit: str = ""
    """The first words that follow, in small letters and without abbreviations."""
    base: Decimal = Decimal(0)
    """Of a ratio, the number after the stroke."""


# In verbose patterns: [ ] is a space.
_DAY = r"(?i:ngày[ ]{1,3})?\d{1,2}[ ]?(?i:tháng)[ ]{1,2}\d{1,2}(?:[ ]{1,2}(?i:năm)[ ]{1,2}\d{4})?"
_SLASHED = r"\d{1,2}[ ]?/[ ]?\d{1,2}[ ]?/[ ]?\d{4}(?![\d/])|\d{1,2}[.-]\d{1,2}[.-]\d{4}(?![\d.,/-])"
_WORD = r"[A-ZĐ][A-Za-zĐđ]{0,11}\d{0,2}"
_DOCUMENT = (
    r"\d{1,5}[a-z]?(?:\.\d{3})?[ ]{0,2}/[ ]{0,2}(?:(?:19|20)\d\d[ ]{0,2}/[ ]{0,2})?"
    rf"{_WORD}(?:[ ]{{0,2}}[-–_/&][ ]{{0,2}}{_WORD}){{0,4}}(?!\w)"
)
_TOKEN = re.compile(
    rf"""
    (?<![\w.,/-])
    (?: (?P<date> {_DAY} | {_SLASHED} )
      | (?P<document> {_DOCUMENT} )
      | (?P<ratio> \d[\d.]{{0,12}} [ ]?/[ ]? \d[\d.]{{0,12}} ) (?![\w/])
      | (?P<number> \d{{1,15}} (?:[.,]\d{{1,6}}){{0,5}} ) (?P<percent> [ ]{{0,2}}% )?
    )
    """,
    re.VERBOSE,
)

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:,\d+)?")
_COMMA_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")

COUNTED = re.compile(
    r"""\s{1,3}(?:hồ\ sơ|thủ\ tục|tthc|dịch\ vụ|dvc|người|trường\ hợp|đơn\ vị|hộ|tài\ khoản|văn\ bản
    |quyết\ định|cơ\ quan|doanh\ nghiệp|công\ dân|lượt|giấy|phiếu|công\ chức|viên\ chức|cán\ bộ|học\ sinh
    |tổ\ chức|cá\ nhân|nhiệm\ vụ|ý\ kiến|đồng|lao\ động|hợp\ tác\ xã|phản\ ánh|nhân\ viên
    |cuộc|điểm\ cầu|bản|thành\ viên)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Nouns that are counted in whole numbers."""

_STRONG_ORDINAL = re.compile(
    r"\b(?:mức|độ|điều|khoản|điểm|mẫu|phụ lục|bước|tháng|năm|(?<!tổng )(?<!trong )số|nhóm|loại)[ :]{1,3}\Z",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"""\b(?:cấp|mục|thứ|quý|ngày|khóa|khoá|lớp|hạng|bảng|hình|trang|chương|phần|tổ|khu|đường|ngõ|phường|quận|kỳ
    |đợt|tuần|tầng|phòng|giờ|thôn|ấp|xóm|tập|cột|dòng|tuổi|thoại|tel|fax|hotline|định|tư|luật|quyết|văn|hoạch
    |iso|tcvn|qcvn|covid|khối|tiểu|đt|mã|chính|đài|biển|nhà)[\ :.]{1,3}\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:hơn|trên|gần|khoảng|ít nhất|tối thiểu|tối đa|không quá|dưới|xấp xỉ|chừng|ngót|quá)\s{1,2}\Z",
    re.IGNORECASE,
)
_CHAINED = re.compile(r"\s{0,2}(?:,|và|hoặc|;|/)?\s{0,2}", re.IGNORECASE)
_RANGE = re.compile(r"\s{0,2}(?:đến|tới|-|–)\s{0,2}\d", re.IGNORECASE)
_NOT_COUNTED = re.compile(
    r"\s{0,2}(?:(?:cấp|giờ|phút|ngày|tháng|năm|tuổi|lần|tuần|quý|h|x)\b|[°/×+<>=²])", re.IGNORECASE
)
_LIST_MARK = re.compile(r"(?:^|[\n(])\s{0,3}[-+*•]?\s{0,2}\Z")
_UNIT = re.compile(r"\s{1,3}((?:[^\W\d_]+)(?:\s{1,2}[^\W\d_]+){0,4})")
_SCALE = re.compile(r"\s{1,3}(nghìn|ngàn|triệu|tỷ|tỉ)\b", re.IGNORECASE)
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_NO_UNITS = frozenset(
    {
        *("lên", "xuống", "và", "đang", "so", "thì", "là", "của", "trong", "đến", "ở", "tại", "do", "được"),
        *("còn", "bằng", "đạt", "chiếm", "tăng", "giảm", "với", "cho", "từ", "theo", "thuộc", "đã", "sẽ"),
        *("hiện", "nay", "trên", "trở", "bị", "chưa", "không", "hoặc", "hay", "như", "cùng", "nhằm", "để"),
        *("vào", "ra", "qua"),
    }
)
"""Words that may follow a number and are not what it counts."""

_SHORT_FORMS = {
    "tthc": "thủ tục hành chính",
    "dvctt": "dịch vụ công trực tuyến",
    "dvc": "dịch vụ công",
    "ccvc": "công chức viên chức",
    "hs": "hồ sơ",
    "qđ": "quyết định",
    "vb": "văn bản",
}
_SHORT = re.compile(rf"\b(?:{'|'.join(_SHORT_FORMS)})\b")
_BEHIND = 24
_AHEAD = 60
"""Characters around a number that say what it is."""

_HIGHEST_CHAINED = 20
_YEARS = range(1900, 2101)


def spelled_out(words: str) -> str:
    """Return words in small letters, the usual abbreviations written out: "TTHC" -> "thủ tục hành chính"."""
    return _SHORT.sub(lambda match: _SHORT_FORMS[match.group()], " ".join(words.lower().split()))


def same_unit(one: Token, other: Token) -> bool:
    """Tell whether two numbers count the same, by the first two words that follow each."""
    return bool(one.unit) and one.unit.split()[:2] == other.unit.split()[:2]


def tokens_of(text: str) -> list[Token]:
    """Return the numbers of a text in their order."""
    found: list[Token] = []
    in_range = False
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if not match["number"]:
            role = Role.DATE if match["date"] else Role.DOCUMENT if match["document"] else Role.RATIO
            found.append(_ratio(match) if role is Role.RATIO else Token(start, end, match.group(), role))
            in_range = False
            continue
        after = text[end : end + _AHEAD]
        token = _number(match, text[max(0, start - _BEHIND) : start], after)
        begins_range = _RANGE.match(after) is not None
        if begins_range or in_range or _continues_ordinal(text, found, token, after):
            token = Token(start, end, token.raw, Role.OTHER, token.value)
        in_range = begins_range
        found.append(token)
    return found


def _ratio(match: re.Match[str]) -> Token:
    part, _stroke, base = match["ratio"].replace(" ", "").partition("/")
    values = [value_of(number.strip(".")) for number in (part, base)]
    if None in values:
        return Token(*match.span(), match.group(), Role.OTHER)
    return Token(
        *match.span(), match.group(), Role.RATIO, values[0] or Decimal(0), base=values[1] or Decimal(0)
    )


def value_of(raw: str) -> Decimal | None:
    """Return the value of a number written the Vietnamese way, None where it is no number."""
    if _GROUPED.fullmatch(raw) or _PLAIN.fullmatch(raw):
        return Decimal(raw.replace(".", "").replace(",", "."))
    return None


def _number(match: re.Match[str], before: str, after: str) -> Token:
    """Return a plain number with what it is."""
    start, end = match.span()
    raw = match["number"]
    value = value_of(raw)
    counted = COUNTED.match(after)
    if _COMMA_GROUPED.fullmatch(raw) and not match["percent"] and (counted or raw.count(",") > 1):
        value = Decimal(raw.replace(",", ""))  # the English way
    if value is None:
        return Token(start, end, raw, Role.OTHER)
    fraction = raw.partition(",")[2] if value_of(raw) == value else ""
    step = value / 5 if _ABOUT.search(before) else Decimal(1).scaleb(-len(fraction))
    if match["percent"]:
        return Token(start, end, raw, Role.PERCENT, value, step)
    if _is_other(raw, value, before, after, counted is not None):
        return Token(start, end, raw, Role.OTHER, value)
    if scale := _SCALE.match(after):
        factor = _SCALES[scale[1].lower()]
        value, step, end, after = value * factor, step * factor, end + scale.end(), after[scale.end() :]
    return Token(start, end, raw, Role.COUNT, value, step, _unit(after))


def _unit(after: str) -> str:
    """Return the words behind a number, if they are what it counts."""
    words = _UNIT.match(after)
    unit = spelled_out(words[1]) if words else ""
    return "" if unit.split()[:1] and unit.split()[0] in _NO_UNITS else unit


def _is_other(raw: str, value: Decimal, before: str, after: str, counted: bool) -> bool:
    """Tell whether a number orders, dates or names something rather than counts it."""
    if _STRONG_ORDINAL.search(before):
        return True
    if after[:1].isalpha() or (_LIST_MARK.search(before) and after[:1] in {")", "."} and len(raw) < 3):
        return True
    if counted:
        return False
    if raw.isdigit() and int(raw) in _YEARS:
        return True
    weak = _ORDINAL.search(before) is not None and (value < 100 or "." not in raw)
    return weak or _NOT_COUNTED.match(after) is not None


def _continues_ordinal(text: str, found: list[Token], token: Token, after: str) -> bool:
    """Tell whether a number goes on with "mức độ 3 và 4", "khoản 1, 2"."""
    if not found or found[-1].role is not Role.OTHER or token.role is not Role.COUNT:
        return False
    if token.value > _HIGHEST_CHAINED or COUNTED.match(after) or re.match(r"\s(?:mức|cấp)\b", after):
        return False
    between = text[found[-1].end : token.start]
    return len(between) < 8 and _CHAINED.fullmatch(between) is not None


def first_at(tokens: list[Token], place: int) -> int:
    """Return the index of the first number that begins at a place or after it."""
    return bisect_left(tokens, place, key=lambda token: token.start)
