"""Agencies by role, the issuer, and the province that a local procedure belongs to.

- The list of implementing agencies and the texts about competent, coordinating and delegated ones hold names,
  groups ("Ủy ban nhân dân cấp xã") and sentences. A name is one line of at most 255 characters without a list
  mark in front; anything else goes to the page's "agencies in words", whole.
- ";" separates names. A comma does so only where the next word is the first of an agency's name ("Cục A, Chi
  cục B"), as names contain commas ("Bộ Văn hóa, Thể thao và Du lịch"); a unit followed by its ministry alone
  ("Cục Xuất nhập khẩu, Bộ Công thương") is one agency.
- A procedure whose scope is "địa phương" is local to the province in the name of its issuer.
"""

import re
from functools import lru_cache

from home.text import slugify
from procedures.choices import AgencyRole
from procedures.importing.findings import Findings, Kind
from procedures.importing.record import Record

NAME_LENGTH = 255
LOCAL = "địa phương"

_HEADS = (
    "Ban|Bảo hiểm|Bệnh viện|Biên phòng|Bộ|Cảng vụ|Cấp|Chi [Cc]ục|Chi nhánh|Chính phủ|Chủ tịch|Công an"
    "|Công đoàn|Cơ quan|Cơ sở|Cục|Đại sứ quán|Đoàn|Đồn|Đội|Đơn vị|Giám đốc|Hải quan|Hội|Hội đồng|Kho bạc"
    "|Kiểm lâm|Khu|Ngân hàng|Phòng|Quỹ|Sở|Tập đoàn|Thanh tra|Thủ trưởng|Thủ tướng|Thuế|Tòa án|Tổ chức"
    "|Tổng cục|Trạm|Trung tâm|Trường|Tư lệnh|UBND|Ủy ban|Uỷ ban|Văn phòng|Viện|Vụ"
)
_BEFORE_NAME = re.compile(rf"[.,]*,\s+(?=(?:{_HEADS})\b)")
_MINISTRY_ALONE = re.compile(r"(?:Cục|Vụ|Tổng cục|Thanh tra|Trung tâm|Viện)\b[^,]*,\s+Bộ [^,]*")
_NO_NAME = re.compile(r"[-+*•(]|\d+[.)]")
_SENTENCE = re.compile(r"\blà\b.*\b(?:cơ quan|tổ chức|người)\b|(?<!TP)[.!?]\s+\S")
_PROVINCE = re.compile(r".*\b(?:[Tt]ỉnh|[Tt]hành phố|TP\.?)\s+(?P<name>[^\W\d_].*)")


def agencies(record: Record, findings: Findings) -> tuple[list[tuple[str, str]], str]:
    """Return (role, name) of each agency, and what is said of agencies beyond names."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    notes: list[str] = []
    for role, text in _stated(record):
        names = split_names(text)
        if not names:
            findings.note(Kind.AGENCY_IN_WORDS, text[:200])
            if text not in notes:
                notes.append(text)
        for name in names:
            found.setdefault((role, slugify(name)), (role, name))
    return list(found.values()), "\n".join(notes)


def issuer(record: Record) -> str:
    """Return the name of the agency that published the procedure."""
    return record.issuing_agency.rstrip(" .")[:NAME_LENGTH]


def local_to(record: Record, findings: Findings) -> str:
    """Return the province that alone has the procedure, or nothing."""
    if record.scope.lower() != LOCAL:
        return ""
    place = _PROVINCE.fullmatch(record.issuing_agency)
    if place is None:
        findings.note(Kind.PLACE_UNKNOWN, record.issuing_agency)
        return record.issuing_agency[:100]
    return place["name"].strip(" .")[:100]


def _stated(record: Record) -> list[tuple[str, str]]:
    stated = [
        *((AgencyRole.IMPLEMENTING, text) for text in record.implementing_agency),
        (AgencyRole.COMPETENT, record.competent_authority),
        (AgencyRole.COORDINATING, record.coordinating_agency),
        (AgencyRole.DELEGATED, record.delegated_agency),
    ]
    return [(str(role), text) for role, text in stated if text]


@lru_cache(maxsize=4096)
def split_names(text: str) -> list[str]:
    """Return the names in a text; none if any piece of it is no name."""
    pieces: list[str] = []
    for piece in text.split(";"):
        whole = piece.strip()
        pieces += [whole] if _MINISTRY_ALONE.fullmatch(whole) else _BEFORE_NAME.split(whole)
    names = [name for piece in pieces if (name := piece.strip(" .,"))]
    return names if all(_is_name(name) for name in names) else []


def _is_name(text: str) -> bool:
    return (
        len(text) <= NAME_LENGTH
        and "\n" not in text
        and not _NO_NAME.match(text)
        and not _SENTENCE.search(text)
    )
