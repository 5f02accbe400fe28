"""The sheet for the wall: a PDF that says what the page says, whoever asks and whatever is in the record."""

import json
import re
import threading
import time
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from home.models import PortalDocument, ProvinceSettings
from home.templatetags.home_tags import in_language
from procedures import parts, posting
from procedures.models import ProcedurePage
from procedures.posting_data import contents
from procedures.presentation import present
from procedures.presentation.versions import version
from tests import factories
from tests.procedures.pdf import has_text

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = "Tờ khai theo mẫu; nộp cả bản chính. ế ộ ữ ặ Ẫ Đ"


def _channel(*fees: parts.Raw, kind: str = "truc-tiep", days: int = 5) -> parts.Raw:
    return parts.channel(kind, parts.limit(days, "ngay-lam-viec"), fees)


def _full(**fields: Any) -> ProcedurePage:
    said: dict[str, Any] = {
        "steps": [parts.step_group([parts.step("Nộp hồ sơ tại quầy", "Bước 1")], "Lần đầu")],
        "channels": [_channel(parts.fee(8000, kind="le-phi", exemption="Hộ nghèo"))],
        "dossier": [parts.dossier_case([parts.paper(WORDS, originals=1, copies=2)], "Trẻ em")],
        "results": [parts.result("Giấy khai sinh")],
        "conditions": "Đủ 18 tuổi",
        "decision_number": "12/QĐ-UBND",
        "receiving_address": "Quầy số 3",
    }
    return factories.procedure(legal=("60/2014/QH13",), **said | fields)


def _said(page: ProcedurePage) -> dict[str, Any]:
    return contents(present(page), ProvinceSettings(province="Quảng Ngãi"), "https://a.vn/1.2/")


def test_an_answer_is_a_sheet_to_keep(client: Client, tree: factories.Tree) -> None:
    page = _full(code="1.001193")
    response = client.get(f"{page.url}niem-yet/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="niem-yet-1-001193.pdf"'
    assert response["Cache-Control"] == "no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    tag = response["ETag"]
    again = client.get(f"{page.url}niem-yet/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_the_tag_changes_with_what_the_sheet_says(client: Client, tree: factories.Tree) -> None:
    page = _full()
    first = client.get(f"{page.url}niem-yet/")["ETag"]
    office = ProvinceSettings.for_site(tree.home.get_site())
    office.phone = "0255 3822 000"
    office.save()
    second = client.get(f"{page.url}niem-yet/")["ETag"]
    page.conditions = "Đủ 16 tuổi"
    page.save_revision().publish()
    third = client.get(f"{page.url}niem-yet/")["ETag"]
    assert len({first, second, third}) == 3


def test_the_version_tells_files_apart_by_what_they_hold(tree: factories.Tree) -> None:
    codes = []
    for content in (b"PK one", b"PK one", b"PK two"):
        file = PortalDocument(title="Tờ khai", file=ContentFile(content, "to-khai.docx"))
        file._set_document_file_metadata()
        file.save()
        row = parts.paper(WORDS, forms=[parts.form("Tờ khai", file.pk)])
        page = _full(code="1.001193", dossier=[parts.dossier_case([row], "Trẻ em")])
        codes.append(version(present(page)).code)
        page.delete()
    assert codes[0] == codes[1] != codes[2]


def test_english_frame_gets_the_same_sheet(client: Client, tree: factories.Tree) -> None:
    page = _full()
    vietnamese = client.get(f"{page.url}niem-yet/")
    english = client.get(f"{in_language(page.url, 'en')}niem-yet/")
    assert english["ETag"] == vietnamese["ETag"]
    assert english.content == vietnamese.content


def test_every_part_is_said(tree: factories.Tree) -> None:
    page = _full(code="1.001193")
    with override("vi"):
        said = _said(page)
    assert said["version"] == version(present(page)).code
    assert said["levels"] == ["Cấp xã"]
    assert said["facts"]["result"] == ["Giấy khai sinh"]
    assert said["facts"]["how_much"]["lines"] == ("Lệ phí: 8.000 đồng",)
    assert said["audiences"] == ["Công dân Việt Nam"]
    assert said["dossier"][0]["rows"][0]["copies"] == 2
    assert said["limits"][0]["number"] == "5 ngày làm việc"
    assert said["tariffs"][0]["fees"] == [
        {"head": "Lệ phí: 8.000 đồng", "note": "", "exemption": "Hộ nghèo"},
    ]
    assert said["roles"][0]["agencies"][0]["name"] == "Ủy ban nhân dân cấp xã"
    assert said["legal"][0]["number"] == "Luật 60/2014/QH13"
    assert json.loads(json.dumps(said))["decision"] == "12/QĐ-UBND"


def test_the_paper_says_it_in_vietnamese_and_can_be_read_aloud(tree: factories.Tree) -> None:
    page = _full(code="1.001193")
    with override("vi"):
        said = _said(page)
    pdf = posting.sheet(said)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang (vi" in pdf or b"/Lang(vi" in pdf
    assert pdf == posting.sheet(said)
    expected = (
        *("TỈNH QUẢNG NGÃI", "Đăng ký khai sinh", "1.001193", said["version"], WORDS, "Hộ nghèo"),
        *("Ai không phải nộp", "Quầy số 3", "Nộp hồ sơ tại quầy", "Giấy khai sinh", "Đủ 18 tuổi"),
        *("60/2014/QH13", "12/QĐ-UBND", "Trang 1 / 2", "https://a.vn/1.2/"),
    )
    assert [words for words in expected if not has_text(pdf, words)] == []


def test_what_looks_like_markup_is_text(tree: factories.Tree) -> None:
    evil = '#panic("x") = *đậm* $1/0$ \\ #read("/etc/passwd") <nhãn> @nhãn // hết\n= Tên\n+ a\n/ b: c'
    with override("vi"):
        said = _said(_full(conditions=evil, name=f"Tên {evil}"))
    pdf = posting.sheet(said)
    assert has_text(pdf, '#panic("x") = *đậm* $1/0$ \\ #read("/etc/passwd") <nhãn> @nhãn // hết')
    assert has_text(pdf, "= Tên")


def test_signs_that_our_fonts_lack_cost_the_standard_not_the_sheet(tree: factories.Tree) -> None:
    with override("vi"):
        said = _said(_full(conditions="Bằng tiếng Trung: 學位證書 ☐ → ✓"))
    pdf = posting.sheet(said)
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" not in pdf
    assert b"/StructTreeRoot" in pdf or b"/MarkInfo" in pdf


def test_a_record_without_anything_has_a_sheet(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure(
        levels=(), sectors=(), agencies=(), audiences=(), code="C08_XPHCDB", answered_none=["fees"]
    )
    response = client.get(f"{page.url}niem-yet/")
    assert response.status_code == 200
    assert 'filename="niem-yet-c08_xphcdb.pdf"' in response["Content-Disposition"]
    assert has_text(response.content, "Chưa có thông tin")


def test_a_very_long_record_has_a_sheet_in_bounded_time(tree: factories.Tree) -> None:
    long = "\n".join(
        f"- Trường hợp {n}: người nộp hồ sơ chuẩn bị đủ giấy tờ theo quy định." for n in range(1500)
    )
    rows = [parts.paper(f"Giấy tờ số {n}", originals=1) for n in range(224)]
    with override("vi"):
        said = _said(_full(name="Tên dài " * 150, conditions=long, dossier=[parts.dossier_case(rows)]))
    began = time.process_time()  # of the processor: others may be busy, too
    pdf = posting.sheet(said)
    assert time.process_time() - began < 5
    assert has_text(pdf, "Trường hợp 1499")


def test_only_what_all_may_see_has_a_sheet(client: Client, tree: factories.Tree) -> None:
    draft = _full(live=False)
    over = _full(expire_at=timezone.now() - timedelta(minutes=1))
    private = _full()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    client.force_login(factories.administrator())
    for page in (draft, over, private):
        assert client.get(f"/thu-tuc/{page.slug}/niem-yet/").status_code == 404, page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "bai-bo"}, "bãi bỏ"),
        ({"status": "bi-thay-the"}, "thay thế"),
        ({"local_to": "Thanh Hóa"}, "Thanh Hóa"),
    ],
)
def test_a_sheet_says_that_its_procedure_is_not_used_here(
    fields: dict[str, Any], words: str, tree: factories.Tree
) -> None:
    with override("vi"):
        assert words in _said(_full(**fields))["notices"][0]


def test_the_number_of_queries_does_not_grow(
    client: Client, tree: factories.Tree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = _full(agencies=tuple(f"Xã {n}" for n in range(20)), sectors=("Hộ tịch", "Quốc tịch"))
    client.get(f"{page.url}niem-yet/")
    with django_assert_max_num_queries(20):
        client.get(f"{page.url}niem-yet/")


def test_a_few_wait_for_their_turn(tree: factories.Tree) -> None:
    with override("vi"):
        said = _said(_full())
    made: list[bytes] = []
    readers = [
        threading.Thread(target=lambda: made.append(posting.sheet(said))) for _n in range(posting.PLACES)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(made) == posting.PLACES
    assert len(set(made)) == 1


def test_who_comes_when_all_places_are_taken_is_told_to_come_again(
    client: Client, tree: factories.Tree
) -> None:
    address = f"{_full().url}niem-yet/"
    with ExitStack() as taken:
        for _n in range(posting.PLACES):
            taken.enter_context(posting._places)
        response = client.get(address)
        assert response.status_code == 503
        assert response["Retry-After"]
    assert client.get(address).status_code == 200


def test_the_day_is_that_of_the_record(tree: factories.Tree) -> None:
    page = _full(source_retrieved_on=date(2026, 7, 20))
    page.last_published_at = page.first_published_at
    assert _said(page)["made"] == "2026-07-20"
    assert re.search(rb"D:20260720", posting.sheet(_said(page)))
