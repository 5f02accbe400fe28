"""TCVN3 and VNI are recognised and decoded; all other text is left alone."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from home.text import decode_legacy, legacy_encoding, normalise

UNICODE = """Cộng hòa xã hội chủ nghĩa Việt Nam
Độc lập - Tự do - Hạnh phúc
Quyết định về việc công bố thủ tục hành chính được sửa đổi trong lĩnh vực đất đai
Trình tự: nộp hồ sơ tại bộ phận tiếp nhận; thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ."""
TCVN3 = """Céng hßa x· héi chñ nghÜa ViÖt Nam
§éc lËp - Tù do - H¹nh phóc
QuyÕt ®Þnh vÒ viÖc c«ng bè thñ tôc hµnh chÝnh ®\u00adîc söa ®æi trong lÜnh vùc ®Êt ®ai
Tr×nh tù: nép hå s¬ t¹i bé phËn tiÕp nhËn; thêi h¹n 15 ngµy lµm viÖc kÓ tõ ngµy nhËn ®ñ hå s¬."""
VNI = """Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam
Ñoäc laäp - Töï do - Haïnh phuùc
Quyeát ñònh veà vieäc coâng boá thuû tuïc haønh chính ñöôïc söûa ñoåi trong lónh vöïc ñaát ñai
Trình töï: noäp hoà sô taïi boä phaän tieáp nhaän; thôøi haïn 15 ngaøy laøm vieäc keå töø ngaøy nhaän ñuû \
hoà sô."""

DECODED = {
    "a title of two words": ("Céng hßa", "Cộng hòa"),
    "a title of one word": ("ThuÕ", "Thuế"),
    "a number beside words": ("MÉu sè 01:", "Mẫu số 01:"),
    "a sign that is one": ("¶nh cì 3 × 4, hå s¬ ®ñ", "ảnh cỡ 3 × 4, hồ sơ đủ"),
    "English beside it": ("Tªn tiÕng Anh: Department of Lands", "Tên tiếng Anh: Department of Lands"),
    "soft hyphen is ư": ("Bé T\u00ad ph¸p ch\u00ada tr¶ lêi", "Bộ Tư pháp chưa trả lời"),
    "capital inside a word": ("Tr¶ thuÕ", "Trả thuế"),
    "a font of capitals": ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    "capitals on one line only": ("§éC LËP - Tù DO\nQuyÕt ®Þnh", "ĐỘC LẬP - TỰ DO\nQuyết định"),
    "ã made a bullet": ("UBND x• ®• nhËn", "UBND xã đã nhận"),
    "beside Unicode": ("B¶n sao giÊy: 01 bản, có bản chính", "Bản sao giấy: 01 bản, có bản chính"),
    "under Unicode": ("Đối với cơ quan: có là đủ\nhå s¬ ®ñ", "Đối với cơ quan: có là đủ\nhồ sơ đủ"),
    "acronyms": ("UBND tØnh, N§-CP, Q§-TTg, ®¬n vÞ", "UBND tỉnh, NĐ-CP, QĐ-TTg, đơn vị"),
    "ư lost": (
        "Tríc khi ®îc híng dÉn, ngêi díi nh trªn cha ®ñ",
        "Trước khi được hướng dẫn, người dưới như trên chưa đủ",
    ),
    "ư lost, father": ("hä tªn cha, mÑ ®Î", "họ tên cha, mẹ đẻ"),
    "VNI, marks that are common letters": ("Coâng vaên", "Công văn"),
    "VNI, acronyms": (
        "Chính saùch BQP, Nghò ñònh 131/2021/NÑ-CP",
        "Chính sách BQP, Nghị định 131/2021/NĐ-CP",
    ),
    "VNI capitals": ("COÄNG HOØA XAÕ HOÄI", "CỘNG HÒA XÃ HỘI"),
    "VNI, mark in capitals alone": ("UÛy ban nhaân daân", "Ủy ban nhân dân"),
    "both in one text": ("Céng hßa x· héi\nCoäng hoøa xaõ hoäi", "Cộng hòa xã hội\nCộng hòa xã hội"),
}

LEFT_ALONE = [
    "Décret né à Huế",
    "Crédit agricole à Genève",
    "Le numéro où l'on a été créé, naïf Noël, tôt ou dû",
    "¿Aún",
    "Seán",
    "año niño mañana está más",
    "Straße muß größe über süß",
    "Så må vi gå på skole når vi må",
    "Windows® là phần mềm, § 5 và ©2020",
    "khe 20 µm, rộng 3×4 m, ±2 %, 20°C, ½",
    "résumé của Häagen-Dazs, Citroën × 2",
    "sinh đ¬ược tổ chức ở nư¬ớc ngoài",
    "trang\u00adtrí, tr\u00adường hợp",
    "hoà giải, quỹ, quý, thuỷ, uỷ ban, tuỳ",
    "• Nộp hồ sơ\n• Trả kết quả",
]


@pytest.mark.parametrize(("name", "legacy"), [("TCVN3", TCVN3), ("VNI", VNI)])
def test_case_22_whole_text_and_each_line(name: str, legacy: str) -> None:
    assert decode_legacy(legacy) == UNICODE
    assert [decode_legacy(line) for line in legacy.splitlines()] == UNICODE.splitlines()
    assert legacy_encoding(legacy) == name


@pytest.mark.parametrize(("legacy", "text"), DECODED.values(), ids=DECODED)
def test_decodes(legacy: str, text: str) -> None:
    assert decode_legacy(legacy) == text
    assert normalise(legacy) == text


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_leaves_other_text_alone(text: str) -> None:
    assert decode_legacy(text) == text
    assert legacy_encoding(text) is None


@pytest.mark.shared
@pytest.mark.parametrize("name", ["22-tcvn3-pasted.txt", "22-vni-pasted.txt", "22-tcvn3-raw.txt"])
def test_case_22_files(shared_dir: Path, name: str) -> None:
    inputs = shared_dir / "field" / "inputs"
    text = (inputs / name).read_text("latin-1" if "raw" in name else "utf-8")
    assert decode_legacy(text) == (inputs / "22-expected-unicode.txt").read_text("utf-8")


@pytest.mark.shared
def test_one_record_of_the_catalogue_is_legacy_and_it_comes_out_right(shared_dir: Path) -> None:
    changed = {}
    with gzip.open(shared_dir / "data" / "procedures.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            texts = list(_texts(record))
            if any(decode_legacy(text) != text for text in texts):
                changed[record["code"]] = record
    assert list(changed) == ["1.005250"]
    record = changed["1.005250"]
    first, between, _, last = decode_legacy(record["steps_text"]).split("\n")
    assert first.startswith("Trước khi triển khai hoạt động, đại lý hải quan phải nộp các chứng từ quy định")
    assert first.endswith("nơi đại lý hải quan thường xuyên hoạt động.")
    assert between == "Đối với cơ quan nhà nước"
    assert "Trường hợp đại lý hải quan chưa đáp ứng các điều kiện quy định thì có văn bản hướng dẫn" in last
    assert [decode_legacy(row["name"]) for row in record["dossier"]][1:] == [
        "Bản sao có công chứng giấy chứng nhận đăng ký kinh doanh: 01 bản",
        "Bản sao có công chứng chứng chỉ về nghiệp vụ khai hải quan của nhân viên đại lý hải quan: 01 bản",
        "Mẫu chữ ký của nhân viên đại lý hải quan có thẩm quyền khai trên tờ khai hải quan: 01 bản",
    ]
    assert "thành phố (dưới đây gọi tắt là Cục Hải quan tỉnh) đã thực hiện" in decode_legacy(
        record["conditions"]
    )


def _texts(value: Any) -> Any:
    """Yield every text of a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
