"""What a record becomes: each part without a word lost, dirt named, references resolved."""

from typing import Any

import pytest
from django.utils import translation

from procedures.importing.drafting import Draft, draft
from procedures.importing.findings import Kind
from procedures.importing.mapping.fees import split_exemption
from procedures.importing.plain_text import clean
from procedures.importing.record import Refused
from tests.procedures.records import Data, citation, fee, record, row, way


def drafted(**fields: Any) -> Draft:
    return draft(record(**fields))


def kinds(found: Draft) -> set[Kind]:
    return {finding.kind for finding in found.findings}


def channels(**fields: Any) -> list[Data]:
    return [block["value"] for block in drafted(**fields).streams["channels"]]


def fee_of(*fees: Data, **fields: Any) -> Data:
    return channels(ways=[way(fees=list(fees), **fields)])[0]["fees"][0]["value"]


def steps(*pairs: tuple[str, str], whole: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    found = drafted(steps=[{"label": label, "text": text} for label, text in pairs], steps_text=whole)
    return [
        (
            block["value"]["case"],
            [(item["value"]["label"], item["value"]["text"]) for item in block["value"]["steps"]],
        )
        for block in found.streams["steps"]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đường kính < 5 mm và > 3 mm", "đường kính < 5 mm và > 3 mm"),
        ("công suất lớn nhất < 40kW", "công suất lớn nhất < 40kW"),
        ("x N2 + 20 tỷ đồng x M2 < C\nTrong đó:", "x N2 + 20 tỷ đồng x M2 < C\nTrong đó:"),
        ("a<b và c>d", "a<b và c>d"),
        ("<p>Một</p><p>Hai &amp; ba</p>", "Một\nHai & ba"),
        ("<B>đậm</B><br/>dòng <i>nghiêng</i>", "đậm\ndòng nghiêng"),
        ("<div>Đường kính < 5 mm</div>", "Đường kính < 5 mm"),
        ("trước<script>alert(1)</script>sau", "trướcsau"),
        ('<a href="javascript:alert(1)">Nộp</a>', "Nộp"),
        ("<img src=x onerror=alert(1)>ảnh", "ảnh"),
        ("A&nbsp;B &amp; C", "A B & C"),
        ("R&D; P&L", "R&D; P&L"),
        ("thẩm định", "thẩm định"),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_steps_stay_as_the_source_splits_them() -> None:
    assert steps(("Bước 1", "Nộp."), ("Bước 2", "Nhận.")) == [("", [("Bước 1", "Nộp."), ("Bước 2", "Nhận.")])]


def test_a_step_that_is_all_label_becomes_text() -> None:
    assert steps(("Dài " * 200, "Rồi.")) == [("", [("", "Dài " * 199 + "Dài\nRồi.")])]


def test_the_whole_text_where_the_steps_say_less() -> None:
    whole = "Bước 1: Nộp hồ sơ tại quầy.\nBước 2: Nhận."
    assert steps(("Bước 1", "Nộp hồ sơ"), whole=whole) == [("", [("", whole)])]


def test_steps_that_begin_again_are_cases() -> None:
    found = steps(
        ("", "a) Trường hợp thứ nhất"),
        ("Bước 1", "Nộp."),
        ("Bước 2", "Nhận.\nb) Trường hợp thứ hai:"),
        ("Bước 1", "Gửi."),
    )
    assert found == [
        ("a) Trường hợp thứ nhất", [("Bước 1", "Nộp."), ("Bước 2", "Nhận.")]),
        ("b) Trường hợp thứ hai:", [("Bước 1", "Gửi.")]),
    ]


def test_steps_that_begin_again_without_a_title_stay_together() -> None:
    pairs = [("Bước 1", "Nộp."), ("Bước 1", "Xử lý."), ("Bước 2", "Nhận.")]
    assert steps(*pairs) == [("", pairs)]


def test_limits() -> None:
    found = channels(ways=[way(value=3.5), way(value=30, unit="ngày"), way(value=None, unit=None)])
    assert [channel["limit"]["value"] for channel in found] == ["3.5", "30", None]
    assert [channel["limit"]["unit"] for channel in found] == ["ngay-lam-viec", "ngay", ""]


def test_a_number_of_other_means_nothing() -> None:
    ways = [way(value=1, unit="khác", time_raw="1 OTHER", note="01 ngày hoặc 05 ngày")]
    [channel] = channels(ways=ways)
    assert channel["limit"] == {"value": None, "unit": "khac", "text": ""}
    assert channel["note"] == "01 ngày hoặc 05 ngày"
    assert Kind.LIMIT_IN_WORDS in kinds(drafted(ways=ways))


def test_a_limit_in_words_is_kept() -> None:
    text = "Không quá 15 ngày kể từ ngày nhận đủ hồ sơ"
    [said] = channels(
        ways=[way(time={"value": None, "unit": "khác", "text": text}, time_raw=f"{text} OTHER")]
    )
    assert said["limit"]["text"] == text
    [raw] = channels(
        ways=[way(time={"value": 15, "unit": "ngày", "text": ""}, time_raw="15 ngày, trừ ngày lễ")]
    )
    assert raw["limit"] == {"value": "15", "unit": "ngay", "text": "15 ngày, trừ ngày lễ"}


def test_leading_zeros_are_no_loss() -> None:
    [channel] = channels(ways=[way(value=3, time_raw="03 Ngày làm việc")])
    assert channel["limit"]["text"] == ""


def test_channels() -> None:
    found = channels(
        ways=[way("trực tiếp"), way("trực tuyến"), way("bưu chính"), way("", form_raw="POSTAL"), way("fax")]
    )
    assert [channel["kind"] for channel in found] == [
        "truc-tiep", "truc-tuyen", "buu-chinh", "buu-chinh", "truc-tiep",
    ]  # fmt: skip
    assert found[-1]["note"] == "fax"


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Lệ phí cấp giấy", "le-phi"),
        ("- Phí thẩm định", "phi"),
        ("Phí, lệ phí theo quy định", ""),
        ("Theo quy định về phí", ""),
        ("Phích cắm", ""),
    ],
)
def test_the_kind_of_a_fee_where_stated(note: str, kind: str) -> None:
    assert fee_of(fee(1000, note))["kind"] == kind


def test_fees() -> None:
    assert fee_of(fee(1500000, "", kind="lệ phí")) == {
        "kind": "le-phi", "amount": "1500000", "currency": "VND", "note": "", "exemption": "",
    }  # fmt: skip
    assert fee_of(fee(0, "5% giá trị"))["amount"] == "0"
    assert fee_of(fee(1.5, "", "USD"))["amount"] == "1.5"
    assert fee_of(fee(None, "Do Hội đồng nhân dân quy định", ""))["amount"] is None
    assert fee_of(fee(10, "", "đô la"))["note"] == "đô la"


def test_what_the_parsed_fees_lack_is_a_line_of_its_own() -> None:
    [channel] = channels(ways=[way(fees=[fee(5000)], fee_raw="5000 VNĐ (mỗi bản sao)")])
    assert [item["value"]["note"] for item in channel["fees"]] == ["", "5000 VNĐ (mỗi bản sao)"]


def test_implausible_fees_are_reported() -> None:
    assert Kind.FEE_IMPLAUSIBLE in kinds(drafted(ways=[way(fees=[fee(20, "20.000 vnđ/tờ")])]))
    assert Kind.FEE_IMPLAUSIBLE in kinds(drafted(ways=[way(fees=[fee(17_500_000_000)])]))
    assert Kind.FEE_IMPLAUSIBLE not in kinds(drafted(ways=[way(fees=[fee(20, "", "USD"), fee(8000)])]))


@pytest.mark.parametrize(
    ("note", "rest", "exemption"),
    [
        (
            "Do HĐND quyết định. Miễn lệ phí cho hộ nghèo; người khuyết tật. Phí bản sao theo quy định.",
            "Do HĐND quyết định. Phí bản sao theo quy định.",
            "Miễn lệ phí cho hộ nghèo; người khuyết tật.",
        ),
        ("(Mức 8.000 đồng. Miễn phí đối với trẻ em.)", "Mức 8.000 đồng.", "Miễn phí đối với trẻ em."),
        ("Không thu lệ phí đối với tổ hợp tác", "", "Không thu lệ phí đối với tổ hợp tác"),
        (
            "Các trường hợp được miễn: - Hộ nghèo. - Trẻ em.",
            "",
            "Các trường hợp được miễn: - Hộ nghèo. - Trẻ em.",
        ),
        ("Miễn phí", "Miễn phí", ""),
        ("Thông tư quy định mức thu, miễn một số khoản phí cho người dân", None, ""),
        ("Mức (a. Miễn phí cho b) c.", None, ""),
    ],
)
def test_exemptions(note: str, rest: str | None, exemption: str) -> None:
    assert split_exemption(note) == (note if rest is None else rest, exemption)


def test_answers_that_say_none() -> None:
    found = drafted(
        conditions="Không có.", ways=[way(fees=[fee(None, "Không")]), way(fees=[fee(0, "Miễn phí")])]
    )
    assert found.values["answered_none"] == ["conditions", "fees"]
    assert found.values["conditions"] == "Không có."
    assert drafted(conditions="Không quá 15 tuổi").values["answered_none"] == []
    assert drafted(ways=[way(fees=[fee(0)])], conditions="").values["answered_none"] == []


def test_dossier() -> None:
    rows = [
        row("Đơn", "Trường hợp 1", forms=["Mẫu 1.doc", "Mẫu 1.doc"]),
        row("Ảnh", "Trường hợp 2", originals=0, copies=2, marker="-"),
        row("", "Trường hợp 2"),
        row("Lưu ý", "Trường hợp 1", role="note"),
        row("", "Chỉ có tên trường hợp"),
    ]
    found = drafted(dossier=rows)
    cases = [block["value"] for block in found.streams["dossier"]]
    assert [case["case"] for case in cases] == [
        "Trường hợp 1",
        "Trường hợp 2",
        "Trường hợp 1",
        "Chỉ có tên trường hợp",
    ]
    assert [len(case["documents"]) for case in cases] == [1, 1, 1, 0]
    first, second = cases[0]["documents"][0]["value"], cases[1]["documents"][0]["value"]
    assert [form["value"] for form in first["forms"]] == [{"title": "Mẫu 1.doc", "file": None}]
    assert (second["originals"], second["copies"], second["marker"]) == (0, 2, "-")
    assert Kind.EMPTY_ROW in kinds(found)


def test_a_dossier_that_could_not_be_read() -> None:
    [case] = drafted(dossier=[], dossier_text="KQ.G04.000398").streams["dossier"]
    assert case["value"]["documents"][0]["value"]["role"] == "unclear"
    found = drafted(dossier=[], dossier_text="--")
    assert found.streams["dossier"] == []
    assert Kind.NO_DOSSIER in kinds(found)


def test_results() -> None:
    def names(result: str, *listed: str) -> list[str]:
        found = drafted(result=result, results=[{"name": name, "code": ""} for name in listed])
        return [block["value"]["name"] for block in found.streams["results"]]

    assert names("Giấy A, Văn bản từ chối B", "Giấy A") == ["Giấy A", "Văn bản từ chối B"]
    assert names("Giấy A mới", "Giấy phép A") == ["Giấy phép A"]
    assert names("chỉ có văn bản") == ["chỉ có văn bản"]
    assert Kind.RESULT_DIFFERS in kinds(
        drafted(result="Giấy A mới", results=[{"name": "Giấy phép A", "code": ""}])
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bộ Văn hóa, Thể thao và Du lịch", ["Bộ Văn hóa, Thể thao và Du lịch"]),
        ("Cục Xuất nhập khẩu, Bộ Công thương", ["Cục Xuất nhập khẩu, Bộ Công thương"]),
        ("Cảng vụ hàng hải, Biên phòng cửa khẩu cảng", ["Cảng vụ hàng hải", "Biên phòng cửa khẩu cảng"]),
        ("Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ", ["Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ"]),
        ("Sở Du lịch - TP. Hải Phòng; Công an tỉnh.", ["Sở Du lịch - TP. Hải Phòng", "Công an tỉnh"]),
        ("+ Không yêu cầu nộp bản chính", []),
        ("Cơ quan giải quyết là cơ quan trực tiếp quản lý người thi hành", []),
        ("Sở " + "rất dài " * 40, []),
    ],
)
def test_agencies(text: str, names: list[str]) -> None:
    found = drafted(implementing_agency=[], competent_authority=text)
    assert [name for _role, name in found.agencies] == names
    assert found.values["agencies_note"] == ("" if names else clean(text))


def test_agencies_by_role_once_each() -> None:
    found = drafted(implementing_agency=["Sở Tư pháp", "Sở Tư Pháp."], competent_authority="Sở Tư pháp")
    assert found.agencies == (("implementing", "Sở Tư pháp"), ("competent", "Sở Tư pháp"))


@pytest.mark.parametrize(
    ("agency", "place"),
    [
        ("UBND tỉnh Bắc Ninh", "Bắc Ninh"),
        ("UBND Thành phố Huế", "Huế"),
        ("Trung tâm phục vụ hành chính công Thành phố Hà Nội", "Hà Nội"),
        ("Sở Xây dựng - tỉnh Quảng Ngãi", "Quảng Ngãi"),
        ("Ủy ban nào đó", "Ủy ban nào đó"),
    ],
)
def test_the_province_of_a_local_procedure(agency: str, place: str) -> None:
    assert drafted(scope="địa phương", issuing_agency=agency).values["local_to"] == place
    assert drafted(scope="trung ương", issuing_agency=agency).values["local_to"] == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "1.014955-Xoa"},
        {"decision_number": "QĐ000001SNNTEST"},
        {"steps": [{"label": "", "text": "test"}], "steps_text": "test"},
    ],
)
def test_suspect_records(fields: Data) -> None:
    found = drafted(**fields)
    assert found.values["suspect"]
    assert Kind.SUSPECT in kinds(found)


def test_a_suspicion_is_worded_in_the_language_of_the_portal() -> None:
    with translation.override("vi"):
        said = drafted(code="1.014955-Xoa").values["suspect"]
    with translation.override("en"):
        assert drafted(code="1.014955-Xoa").values["suspect"] == said


def test_a_test_in_a_real_text_is_not_suspect() -> None:
    text = "Làm test nhanh tại cơ sở y tế."
    assert not drafted(steps=[{"label": "", "text": text}], steps_text=text).values["suspect"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"code": "C08_XPHCDB"}, Kind.ODD_CODE),
        ({"name": "12. Thủ tục tạm ứng"}, Kind.NAME_NUMBER),
        ({"name": "THỦ TỤC ĐỀ NGHỊ"}, Kind.NAME_CAPITALS),
        ({"levels": []}, Kind.NO_LEVEL),
        ({"levels": ["Liên bang"]}, Kind.LEVEL_UNKNOWN),
        ({"implementing_agency": ["Chi cục Hải quan"], "competent_authority": ""}, Kind.LEVEL_MISMATCH),
        ({"lossy": ["steps"]}, Kind.LOSSY),
        ({"applicants": ["nhóm 1"]}, Kind.AUDIENCE_IGNORED),
        ({"url": "javascript:alert(1)"}, Kind.ADDRESS_UNUSABLE),
        ({"kind": "Loại " * 50}, Kind.SHORTENED),
        ({"conditions": "<p>Đủ 18 tuổi</p>"}, Kind.MARKUP),
        ({"conditions": "Không có thông tinTừ khóaKhông có thông tin"}, Kind.PAGE_FURNITURE),
        ({"ghi_chu": "Chưa ai biết"}, Kind.NOT_KEPT),
        ({"related": ["1.000002"]}, Kind.NOT_KEPT),
        ({"legal_basis": [citation(date="hôm qua")]}, Kind.DATE_UNREADABLE),
        ({"legal_basis": [citation(), citation()]}, Kind.BASIS_REPEATED),
    ],
)
def test_findings(fields: Data, kind: Kind) -> None:
    assert kind in kinds(drafted(**fields))


def test_a_clean_record_has_no_findings() -> None:
    assert drafted().findings == ()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"code": "1.000001"},
        {"code": 1, "name": "Tên"},
        {"code": " ", "name": "Tên"},
        {"code": "1.000001", "name": None},
        {"code": "1" * 51, "name": "Tên"},
        {"code": "1.000001", "name": "Tên", "ways": [{"time": {"value": "nhiều"}}]},
        {"code": "1.000001", "name": "Tên", "levels": "Xã"},
    ],
)
def test_refused(data: Data) -> None:
    with pytest.raises(Refused) as refused:
        draft(data)
    assert str(refused.value)


def test_the_least_record_is_a_page() -> None:
    found = draft({"code": "1.000001", "name": "Tên", "steps": None, "url": None, "source": None})
    assert found.streams == {"steps": [], "channels": [], "dossier": [], "results": []}
