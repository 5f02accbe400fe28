"""One key for the many ways to write the number of a legal document, and the answers that say "none"."""

import gzip
import json
import re
from pathlib import Path

import pytest

from home.text import document_key, is_none_answer

KEYS = {
    "570/qd-btp": [
        "QĐ 570 /QĐ-BTP.",
        "Quyết định số 570/QĐ-BTP",
        "570 qd btp",
        "570/QD_BTP",
        "QĐ/0570-BTP",
        "570QĐ-BTP",
    ],
    "1/qd-bca": ["QĐ/0001-BCA", "1/QĐ-BCA"],
    "2338/qd-btp": ["QĐ2338-BTP", "2338/QĐ-BTP", "quyết định 2338/qđ-btp"],
    "1072/qd-ubnd": [
        "1072/QĐ-UBND.",
        "1072/QĐUBND",
        "1.072/QĐ-UBND",
        "1072./QĐ-UBND",
        "Số:1072/QĐ-UBND",
        "1072 qđ ubnd",
    ],
    "64/qd-nhnn": ["SỐ 64/QĐ-NHNN", "64 / QĐ - NHNN"],
    "12/qd-bqp": ["Quyết định số 12/QĐ-BQP", "12/QĐ–BQP"],
    "3098/qd-byt": ["3098/QĐ_BYT"],
    "127/qd-vp-ubnd-kstt": ["127/QĐ-VP.UBND.KSTT"],
    "5710/qd-bca-c06": ["5710/QĐ-BCA-C06."],
    "1728a/qd-nhnn": ["1728a/QĐ-NHNN", "1728A/QĐ-NHNN"],
    "753.1/qd-bkhcn": ["753.1/QĐ-BKHCN"],
    "146/2025/nd-cp": [
        "nghị định 146/2025",
        "NĐ 146/2025/NĐ-CP",
        "146/2025/ND-CP",
        "146-2025-NĐ-CP",
        "146/2025/NĐ- CP",
    ],
    "180/2026/nd-cp": [
        "Điều 9 Nghị định số 180/2026/NĐ-CP",
        "Nghị định số180/2026/NĐ-CP ngày 1/2/2026 của Chính phủ",
    ],
    "11/2016/tt-bct": ["11/2016/TT-BCT", "Thông tư 11/2016/TT-BCT", "11/2016/TT/BCT"],
    "85/2024/tt-btc": ["85/2024/TT-BT\u0421", "TT85/2024/TT-BTC"],
    "32/2024/qh15": [
        "Luật số 32/2024/QH15",
        "32/2024/QH15 ngày 18/01/2024",
        "Luật Các tổ chức tín dụng số 32/2024/QH15",
    ],
    "111/2025/ubtvqh15": ["Nghị quyết số 111/2025/UBTVQH15"],
    "2/2020/ubtvqh14": ["Pháp lệnh số: 02/2020/UBTVQH14"],
    "66.19/2026/nq-cp": ["Nghị quyết số 66.19/2026/NQ-CP"],
    "35/2025/nq-hdnd": ["35 /2025/NQ-HĐND", "35/2025/NQ-HĐND (thành phố Đà Nẵng)", ".35/2025/NQ-HĐND"],
    "31/2018/nd-cp": ["31/2018/NĐ-CP Nghị định 31/2018/NĐ-CP"],
    "21/2008/ttlt-bqp-bldtbxh-btc": ["21/2008/TTLT- BQP-BLĐTBXH-BTC"],
    "1562/bng-vp": ["1562/BNG-VP", "Công văn số 1562/BNG-VP"],
    # Less than a whole number: a key of its own, never that of another document.
    "61/2018": ["61/2018"],
    "58/luat": ["Luật số 58"],
    "29/2025/tt": ["TT29/2025"],
    "1681": ["1681"],
    "18/12/2025": ["18/12/2025"],
    "37/2013/2015/tt/nhnn": ["37/2013/2015/TT-NHNN"],
    "222/02205/nd/cp": ["222/02205/NĐ-CP"],
    "luat hoa chat": ["Luật Hóa chất"],
    "quyet dinh cua bo truong": ["Quyết định của Bộ trưởng"],
    "": ["", " . "],
}

NONE = """
Không|Không quy định|Không có|Không quy định.|không|Không.|Không có.|không có|Không yêu cầu
KHÔNG|KHÔNG CÓ|Khôg quy định|Không có yêu cầu điều kiện|Không có yêu cầu, điều kiện!
không quy định cụ thể|(Không có.)|- Không có
Không yêu cầu, điều kiện thực hiện thủ tục hành chính|Không quy định;.|Không áp dụng|N/A
Khong co|Không có thông tin|Không có thông tinTừ khóaKhông có thông tinMô tảKhông có thông tin
"""

SOMETHING = [
    "",
    " ",
    "Có",
    "Không quá 15 ngày làm việc",
    "Không phải trả kết quả cho người nộp thuế",
    "Không thu lệ phí",
    "Không Đồng",
    "Không có tiền án",
    "Không quy định về thời hạn giải quyết, phí, lệ phí",
    "Không tính tiền chậm nộp",
    "0",
]


@pytest.mark.parametrize(
    ("number", "key"), [(number, key) for key, numbers in KEYS.items() for number in numbers]
)
def test_document_key(number: str, key: str) -> None:
    assert document_key(number) == key


def test_a_key_is_its_own_key() -> None:
    assert [document_key(key) for key in KEYS] == list(KEYS)


@pytest.mark.shared
def test_messy_44_numbers_as_written_meet_the_numbers_they_mean(shared_dir: Path) -> None:
    """Of 2,450 numbers with words around, all but those that leave out or garble a part of the number."""
    apart = total = 0
    with gzip.open(shared_dir / "data" / "procedures.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            for law in json.loads(line)["legal_basis"]:
                if law.get("number_raw"):
                    total += 1
                    apart += document_key(law["number_raw"]) != document_key(law["number"])
    assert total == 2450
    assert apart <= 99


@pytest.mark.parametrize("text", re.split(r"[|\n]", NONE.strip()))
def test_messy_43_says_none(text: str) -> None:
    assert is_none_answer(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_messy_43_says_something(text: str) -> None:
    assert not is_none_answer(text)
