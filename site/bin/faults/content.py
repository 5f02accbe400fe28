"""Makes records of procedures as the national catalogue gives them: as many as wanted, always the same."""

import json
import random
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

SEED = 7
VERBS = (
    "Cấp",
    "Cấp lại",
    "Gia hạn",
    "Thu hồi",
    "Đăng ký",
    "Công nhận",
    "Thẩm định",
    "Phê duyệt",
    "Thông báo",
    "Xác nhận",
)
THINGS = (
    *(
        "giấy phép khai thác nước ngầm",
        "chứng chỉ hành nghề thú y",
        "giấy phép xây dựng nhà ở",
        "thẻ nhà báo",
    ),
    *(
        "giấy chứng nhận cơ sở chăn nuôi",
        "hợp đồng thuê đất",
        "bằng lái phương tiện thủy",
        "biển hiệu quảng cáo",
    ),
    *(
        "mã số vùng trồng",
        "giấy phép vận tải",
        "danh hiệu làng nghề",
        "quỹ từ thiện",
        "trường mầm non tư thục",
    ),
    *(
        "phòng khám đa khoa",
        "cửa hàng xăng dầu",
        "bến khách ngang sông",
        "lễ hội truyền thống",
        "hội quần chúng",
    ),
)
PLACES = (
    "ở vùng núi",
    "trên đảo",
    "trong khu công nghiệp",
    "ở cửa khẩu",
    "ven biển",
    "trong khu dân cư",
    "dọc quốc lộ",
)
FOR = (
    "cho hộ gia đình",
    "cho doanh nghiệp",
    "cho hợp tác xã",
    "cho người nước ngoài",
    "cho tổ chức tôn giáo",
    "cho trường học",
)
SECTORS = (
    "Hộ tịch",
    "Đất đai",
    "Xây dựng",
    "Y tế",
    "Giáo dục",
    "Nông nghiệp",
    "Đường bộ",
    "Du lịch",
    "Môi trường",
)
LEVELS = ("Bộ", "Tỉnh", "Xã")
PHRASES = (
    *(
        "hồ sơ",
        "người dân nộp tại",
        "trung tâm phục vụ hành chính công",
        "cán bộ kiểm tra",
        "tiếp nhận",
        "hẹn ngày",
    ),
    *("trả kết quả", "trường hợp thiếu giấy tờ", "hướng dẫn bổ sung", "chuyển phòng chuyên môn", "xem xét"),
    *(
        "trình lãnh đạo ký",
        "quyết định",
        "thông báo bằng văn bản",
        "nêu rõ lý do",
        "theo quy định",
        "của pháp luật",
    ),
    *("về bản sao chứng thực", "tờ khai", "mẫu đơn đề nghị", "trong thời hạn", "kể từ ngày", "nhận đủ hồ sơ"),
)
PHRASES_OF_A_STEP = 30


def write(path: Path, count: int) -> None:
    """Write a file of so many records, one a line."""
    with path.open("w") as file:
        for record in islice(records(), count):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def records() -> Iterator[dict[str, Any]]:
    """Yield records without end, each with a name and a code of its own."""
    chance = random.Random(SEED)  # noqa: S311  the same records in each run
    kinds = list(product(VERBS, THINGS, PLACES, FOR))
    chance.shuffle(kinds)
    number = 0
    while True:
        for kind in kinds:
            number += 1
            again = f" lần {number // len(kinds) + 1}" if number > len(kinds) else ""
            yield _record(number, " ".join(kind) + again, chance)


def _record(number: int, name: str, chance: random.Random) -> dict[str, Any]:
    steps = [{"label": f"Bước {step}", "text": _text(chance)} for step in range(1, 5)]
    return {
        "code": f"8.{number:06d}",
        "name": name,
        "levels": [chance.choice(LEVELS)],
        "sectors": [chance.choice(SECTORS)],
        "kind": "TTHC được luật giao quy định chi tiết",
        "issuing_agency": "Bộ Tư pháp",
        "decision_number": f"{number % 900 + 1}/QĐ-DT",
        "steps": steps,
        "ways": [
            {
                "form": "trực tiếp",
                "time": {"value": number % 30 + 1, "unit": "ngày làm việc"},
                "fees": [{"amount": 0, "currency": "VND", "note": "Không thu"}],
            }
        ],
        "dossier": [
            {"name": "Tờ khai", "originals": 1, "copies": 0, "forms": ["Mẫu tờ khai"]},
            {"name": "Bản sao giấy tờ", "copies": 1},
        ],
        "applicants": ["Công dân Việt Nam"],
        "implementing_agency": ["Ủy ban nhân dân cấp xã"],
        "results": [{"name": "Giấy chứng nhận", "code": ""}],
        "legal_basis": [{"number": "60/2014/QH13", "title": "Luật Hộ tịch"}],
        "conditions": "Không",
        "keywords": " ".join(chance.sample(PHRASES, 2)),
    }


def _text(chance: random.Random) -> str:
    return " ".join(chance.choices(PHRASES, k=PHRASES_OF_A_STEP)).capitalize() + "."
