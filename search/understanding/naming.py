"""What the name of a page says: its keys, what the procedure does, and whom few people mean by it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from search import documents
from search.understanding.spelling import words_of

ABBREVIATIONS = {
    "atvslđ": "an toàn vệ sinh lao động",
    "bhtn": "bảo hiểm thất nghiệp",
    "bhxh": "bảo hiểm xã hội",
    "bhyt": "bảo hiểm y tế",
    "bnn": "bệnh nghề nghiệp",
    "bvmt": "bảo vệ môi trường",
    "dsphsk": "dưỡng sức phục hồi sức khỏe",
    "gcn": "giấy chứng nhận",
    "gdtx": "giáo dục thường xuyên",
    "gplx": "giấy phép lái xe",
    "gtgt": "giá trị gia tăng",
    "hđmbđ": "hợp đồng mua bán điện",
    "htx": "hợp tác xã",
    "kbnn": "kho bạc nhà nước",
    "ktxh": "kinh tế xã hội",
    "nlđ": "người lao động",
    "nsnn": "ngân sách nhà nước",
    "pccc": "phòng cháy chữa cháy",
    "qsdđ": "quyền sử dụng đất",
    "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông",
    "tncn": "thu nhập cá nhân",
    "tndn": "thu nhập doanh nghiệp",
    "tnhh": "trách nhiệm hữu hạn",
    "tnlđ": "tai nạn lao động",
    "tthc": "thủ tục hành chính",
    "ubnd": "ủy ban nhân dân",
}
"""Abbreviations inside names of the national catalogue. What people abbreviate is `SearchTerm`'s."""

_LEAD = re.compile(r"^thu tuc (?:hanh chinh )?")
_LEVEL_AT_END = re.compile(r" (?:(?:thuc hien tai )?cap (?:tinh|xa|huyen|bo|trung uong))(?: \w+ \w+)?$")
_VERB = re.compile(
    r"""
    ^(?: cap\ moi | cap | dang\ ky | thuc\ hien | giai\ quyet\ huong\ che\ do | giai\ quyet\ che\ do
    | giai\ quyet\ huong | giai\ quyet | huong | thong\ bao | khai | de\ nghi | yeu\ cau | cong\ nhan
    | xac\ nhan | phe\ duyet | cho\ phep | xin | chap\ thuan )\ (?=\w+\ \w)
    """,
    re.VERBOSE,
)
VERBLESS = "~"
"""Before a key of a name without its verb, which may be the same as another's whole name."""


class Act(StrEnum):
    """What a procedure does with the thing in its name."""

    FIRST = "first"  # cấp, đăng ký
    AGAIN = "again"  # cấp lại
    EXCHANGE = "exchange"  # cấp đổi
    RENEW = "renew"  # gia hạn
    CHANGE = "change"  # sửa đổi, bổ sung
    END = "end"  # thu hồi, chấm dứt


class About(StrEnum):
    """Whom or what a procedure is about that few people mean unless they say so."""

    FOREIGNERS = "foreigners"
    ABROAD = "abroad"
    ARMY = "army"
    DISTRICT = "district"  # abolished in July 2025


_ACTS = {
    Act.AGAIN: r"lại",
    Act.EXCHANGE: r"cấp đổi|đổi",
    Act.RENEW: r"gia hạn",
    Act.CHANGE: (
        "sửa đổi|điều chỉnh|thay đổi|bổ sung|cải chính|hiệu đính|đính chính|chỉnh sửa|cập nhật|chuyển đổi"
    ),
    Act.END: (
        "thu hồi|chấm dứt|xóa|hủy|rút|trả lại|giải thể|tạm ngừng|miễn nhiệm|đình chỉ|khóa|dừng|thôi|bãi bỏ"
    ),
}
_ACT_WORDS = {act: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for act, words in _ACTS.items()}
_NO_EXCHANGE = re.compile(r"thay đổi|sửa đổi|chuyển đổi")
_SEVERAL = re.compile(r"(?:cấp|đăng ký|công nhận|thành lập|cho phép|bổ nhiệm)\s*[,/]")
_WORDS_WITH_THE_ACT = 5

_ABOUT = {
    About.FOREIGNERS: re.compile(
        r"\b(?:nuoc ngoai|co quan dai dien|bien gioi|luu dong|nguoi khong quoc tich)\b"
    ),
    About.ABROAD: re.compile(
        r"\b(?:bien gioi|luu dong|co quan dai dien|(?:tam tru|cu tru|thuong tru) o nuoc ngoai)\b"
    ),
}
_ABOUT[About.DISTRICT] = re.compile(r"\bcap huyen\b")
_ARMY_SECTOR = re.compile(r"\bbqp\b|quoc phong")


def spelled_out(name: str) -> str:
    """Return the words of a name, small, with its abbreviations written out."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in words_of(name))


def name_keys(name: str) -> list[str]:
    """Return the keys of a name: folded without "Thủ tục" and without its level; and without its verb."""
    whole = _LEAD.sub("", documents.text().fold(spelled_out(name)))
    key = _LEVEL_AT_END.sub("", whole) or whole
    verbless = _VERB.sub("", key)
    return [key] if verbless == key else [key, VERBLESS + verbless]


def acts_of(name: str) -> list[Act]:
    """Return what a procedure does, which the first words of its name say."""
    words = spelled_out(name).removeprefix("thủ tục ").removeprefix("hành chính ")
    start = " ".join(words.split()[:_WORDS_WITH_THE_ACT])
    acts = [act for act, pattern in _ACT_WORDS.items() if pattern.search(start)]
    if Act.EXCHANGE in acts and _NO_EXCHANGE.search(start):
        acts.remove(Act.EXCHANGE)
    if Act.AGAIN in acts and "trả lại" in start:
        acts.remove(Act.AGAIN)
    if not acts or _SEVERAL.match(name.lower().removeprefix("thủ tục ")):
        acts.append(Act.FIRST)
    return acts


def about(name: str, fields: Iterable[str]) -> list[About]:
    """Return what a procedure of this name, in these sectors and of these agencies, is about."""
    fold = documents.text().fold
    folded = fold(spelled_out(name))
    found = [what for what, pattern in _ABOUT.items() if pattern.search(folded)]
    if _ARMY_SECTOR.search(fold(" ; ".join(fields))):
        found.append(About.ARMY)
    return found
