"""Makes records as the national catalogue gives them; a test says what it is about, the rest is plain."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Data = dict[str, Any]


def record(code: str = "1.000001", name: str = "Đăng ký khai sinh", **fields: Any) -> Data:
    """Return a record with every part."""
    return {
        "code": code,
        "name": name,
        "levels": ["Xã"],
        "sectors": ["Hộ tịch"],
        "kind": "TTHC được luật giao quy định chi tiết",
        "issuing_agency": "Bộ Tư pháp",
        "scope": "trung ương",
        "decision_number": "1872/QĐ-BTP",
        "steps": [{"label": "Bước 1", "text": "Nộp hồ sơ."}, {"label": "Bước 2", "text": "Nhận kết quả."}],
        "steps_text": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
        "ways": [way(), way("trực tuyến", fees=[fee(8000, "Lệ phí đăng ký")])],
        "dossier": [row("Tờ khai", forms=["Mẫu số 01.docx"]), row("Giấy chứng sinh")],
        "dossier_text": "",
        "applicants": ["Công dân Việt Nam"],
        "implementing_agency": ["Ủy ban nhân dân cấp xã"],
        "competent_authority": "Chủ tịch UBND cấp xã",
        "receiving_address": "Trung tâm Phục vụ hành chính công cấp xã",
        "delegated_agency": "",
        "coordinating_agency": "",
        "result": "Giấy khai sinh",
        "results": [{"name": "Giấy khai sinh", "code": "KQ.G15.000001"}],
        "legal_basis": [citation()],
        "conditions": "Không",
        "keywords": "khai sinh",
        "description": "",
        "related": [],
        "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1",
        "source": {"repo": "chatbot-tthc/chatbot_tthc", "path": "1.json"},
        "lossy": [],
    } | fields


def way(
    form: str = "trực tiếp", value: float | None = 1, unit: str | None = "ngày làm việc", **fields: Any
) -> Data:
    """Return a way to hand in a dossier."""
    time = {"value": value, "unit": unit, "text": ""}
    return {
        "form": form,
        "form_raw": "",
        "time": time,
        "time_raw": "",
        "fees": [],
        "fee_raw": "",
        "note": "",
    } | fields


def fee(amount: float | None, note: str = "", currency: str = "VND", kind: str = "") -> Data:
    """Return a line of a tariff."""
    return {"type": kind, "amount": amount, "currency": currency, "note": note}


def row(name: str, case: str = "", **fields: Any) -> Data:
    """Return a row of a dossier."""
    return {
        "case": case,
        "name": name,
        "marker": "",
        "originals": 1,
        "copies": 0,
        "forms": [],
        "role": "paper",
    } | fields


def citation(number: str = "60/2014/QH13", title: str = "Luật Hộ tịch", **fields: Any) -> Data:
    """Return a legal document as a record cites it."""
    return {
        "number": number,
        "title": title,
        "date": "2014-11-20",
        "issuer": "Quốc hội",
        "kind": "Luật",
        "number_raw": "",
        "date_source": "title",
    } | fields


def write(path: Path, records: Iterable[Data | str]) -> Path:
    """Write a file of records, packed if it is called so; a text is a line as it is."""
    lines = [item if isinstance(item, str) else json.dumps(item) for item in records]
    text = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def read_all(path: Path, codes: set[str] | None = None) -> list[Data]:
    """Read records of a packed file, those of some codes."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        records = (json.loads(line) for line in stream)
        return [data for data in records if codes is None or data["code"] in codes]
