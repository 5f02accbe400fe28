"""The page of a procedure: every part is shown or said to be missing, in few queries, lightly."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from home.models import PortalDocument, PortalPage
from home.templatetags.home_tags import in_language
from procedures import parts
from procedures.models import (
    Agency,
    AuthorityLevel,
    LifeEvent,
    ProcedureAgency,
    ProcedureLifeEvent,
    ProcedurePage,
)
from tests import factories
from tests.counting import queries

pytestmark = [pytest.mark.django_db, pytest.mark.once]

Read = Callable[[PortalPage], str]
MOST_QUERIES = 20


@pytest.fixture
def read(client: Client) -> Read:
    """Return what reads a page with its frame in English, whose words are those of the code."""

    def read_page(page: PortalPage) -> str:
        response = client.get(in_language(page.url, "en"))
        assert response.status_code == 200
        return response.content.decode()

    return read_page


def _part(html: str, name: str) -> str:
    """Return one part of the page as text, its white space folded."""
    found = re.search(rf'<section class="mb-part" id="{name}">(.*?)</section>', html, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split())


def _file(title: str = "Tờ khai") -> PortalDocument:
    document = PortalDocument(title=title)
    document.file.save("to-khai.docx", ContentFile(b"PK"))
    return document


def _channel(*fees: parts.Raw, limit: parts.Raw | None = None, **fields: Any) -> parts.Raw:
    return parts.channel("truc-tiep", limit or parts.limit(5, "ngay-lam-viec"), fees, **fields)


def _full(size: int = 1, **fields: Any) -> ProcedurePage:
    """Return a procedure that has everything, `size` times."""
    many = range(size)
    document = _file()
    old = factories.agency("Sở cũ", ended_on=date(2025, 7, 1), successor=factories.agency("Sở mới"))
    factories.decision(f"{size}/QĐ-UBND")
    rows = [
        parts.paper(
            f"Giấy tờ số {n} của bộ hồ sơ", originals=1, copies=n, forms=[parts.form("Tờ khai", document.pk)]
        )
        for n in range(max(1, size * 224 // 20))
    ]
    return factories.procedure(
        agencies=("Sở cũ", *(f"Ủy ban nhân dân xã {n}" for n in many)),
        sectors=tuple(f"Lĩnh vực {n}" for n in many),
        levels=("tinh", "xa"),
        legal=tuple(f"{n + 1}/2020/NĐ-CP" for n in many),
        decision_number=f"{size}/QĐ-UBND",
        issuer=old,
        steps=[parts.step_group([parts.step("Nộp hồ sơ", f"Bước {n + 1}") for n in many], "Lần đầu")],
        channels=[_channel(parts.fee(8000 + n), case=f"Trường hợp {n}", note="Nộp tại quầy") for n in many],
        dossier=[parts.dossier_case(rows, "Trẻ em", 1)],
        results=[parts.result(f"Kết quả {n}") for n in many],
        conditions="Đủ 18 tuổi",
        **fields,
    )


def test_every_part_is_there(read: Read, tree: factories.Tree) -> None:
    html = read(_full())
    assert "Bước 1 Nộp hồ sơ" in _part(html, "trinh-tu")
    assert "In person Trường hợp 0 5 working days 8,000 dong Nộp tại quầy" in _part(html, "cach-thuc")
    assert "Giấy tờ số 0 của bộ hồ sơ Tờ khai (DOCX) 1 0" in _part(html, "ho-so")
    assert "5 working days" in _part(html, "thoi-han")
    assert "Công dân Việt Nam" in _part(html, "doi-tuong")
    assert "Ủy ban nhân dân xã 0" in _part(html, "co-quan")
    assert "Kết quả 0" in _part(html, "ket-qua")
    assert "Đủ 18 tuổi" in _part(html, "yeu-cau")
    assert "8,000 dong" in _part(html, "phi-le-phi")
    assert "1/2020/NĐ-CP" in _part(html, "can-cu")
    assert "1/QĐ-UBND – Công bố danh mục thủ tục hành chính" in _part(html, "quyet-dinh")
    assert "Updated" in _part(html, "nguon")


def test_what_is_not_known_is_said(read: Read, tree: factories.Tree) -> None:
    html = read(factories.procedure(sectors=(), agencies=(), audiences=(), levels=()))
    names = (
        "trinh-tu",
        "cach-thuc",
        "ho-so",
        "thoi-han",
        "doi-tuong",
        "co-quan",
        "ket-qua",
        "yeu-cau",
        "phi-le-phi",
    )
    for name in (*names, "can-cu", "quyet-dinh"):
        assert _part(html, name).endswith("No information yet"), name


def test_an_answered_none_is_said(read: Read, tree: factories.Tree) -> None:
    html = read(factories.procedure(answered_none=["dossier", "forms", "fees", "results", "conditions"]))
    assert _part(html, "ho-so") == "Dossier None Forms None"
    assert _part(html, "phi-le-phi") == "Fees and charges None"
    assert _part(html, "ket-qua") == "Result None"
    assert _part(html, "yeu-cau") == "Requirements and conditions None"
    assert "Nothing to pay" in html  # in short, on top


@pytest.mark.parametrize(
    ("fee", "shown"),
    [
        (parts.fee(0), "The source states no amount"),
        (
            parts.fee(0, note="Theo nghị quyết của Hội đồng nhân dân tỉnh"),
            "Theo nghị quyết của Hội đồng nhân dân tỉnh",
        ),
        (parts.fee(0, note="Miễn phí cho người nghèo"), "Miễn phí cho người nghèo"),
        (parts.fee(0, note="Không"), "Nothing to pay"),
        (parts.fee(0, note="Miễn lệ phí."), "Nothing to pay"),
        (parts.fee(None, note="Theo biểu kèm theo", kind="phi"), "Fee Theo biểu kèm theo"),
        (parts.fee(Decimal("1500000"), kind="le-phi"), "Charge: 1,500,000 dong"),
        (parts.fee(20, currency="USD"), "20 USD"),
        (parts.fee(8000, exemption="Người có công"), "8,000 dong Who does not pay: Người có công"),
    ],
)
def test_an_amount_of_nothing_is_not_free(
    read: Read, tree: factories.Tree, fee: parts.Raw, shown: str
) -> None:
    html = read(factories.procedure(channels=[_channel(fee)]))
    assert _part(html, "phi-le-phi") == f"Fees and charges In person {shown}"
    assert _part(html, "cach-thuc").endswith(shown)
    assert ("Nothing to pay" in html) == (shown == "Nothing to pay")


@pytest.mark.parametrize(
    ("limit", "shown"),
    [
        (parts.limit(1, "khac", "Trong ngày, hoặc 05 ngày làm việc"), "Trong ngày, hoặc 05 ngày làm việc"),
        (parts.limit(1, "khac"), "No information yet"),
        (parts.limit(Decimal("3.50"), "ngay"), "3.5 days"),
        (parts.limit(1, "gio"), "1 hour"),
        (parts.limit(2, "thang", "kể từ ngày nhận đủ hồ sơ"), "2 months kể từ ngày nhận đủ hồ sơ"),
    ],
)
def test_a_limit_is_shown_as_published(
    read: Read, tree: factories.Tree, limit: parts.Raw, shown: str
) -> None:
    html = read(factories.procedure(channels=[_channel(limit=limit)]))
    assert shown in _part(html, "cach-thuc")
    assert "1 khac" not in html


def test_channels_that_differ_in_nothing_are_one_row(read: Read, tree: factories.Tree) -> None:
    limit, fee = parts.limit(5, "ngay"), parts.fee(8000)
    channels = [parts.channel(kind, limit, [fee], note="Nộp ở đây") for kind in ("truc-tiep", "truc-tuyen")]
    html = read(
        factories.procedure(channels=[*channels, parts.channel("buu-chinh", parts.limit(7, "ngay"), [fee])])
    )
    assert "In person, Online 5 days 8,000 dong Nộp ở đây By post 7 days 8,000 dong" in _part(
        html, "cach-thuc"
    )
    assert _part(html, "phi-le-phi") == "Fees and charges In person, Online, By post 8,000 dong".replace(
        ", ", "; "
    )


def test_many_fees_are_shown_once_and_folded(read: Read, tree: factories.Tree) -> None:
    fees = [parts.fee(1000 * n, note=f"Loại {n}") for n in range(1, 37)]
    html = read(factories.procedure(channels=[_channel(*fees)]))
    assert "36 rates: see the tariff" in _part(html, "cach-thuc")
    assert 'href="#bieu-phi-1"' in html
    assert 'id="bieu-phi-1"' in html
    assert html.count("Loại 36") == 1
    assert "From 1,000 to 36,000 dong, depending on the case" in html


def test_a_form_is_a_link_only_where_it_has_a_file(read: Read, tree: factories.Tree) -> None:
    forms = [
        parts.form("Mẫu có tệp", _file().pk),
        parts.form("Mẫu số 04.pdf"),
        parts.form("Mẫu đã xóa", 4711),
    ]
    rows = [parts.paper("Đơn", originals=1, forms=forms), parts.paper("Chỉ là lời nhắc", role="note")]
    html = read(factories.procedure(dossier=[parts.dossier_case(rows)]))
    assert re.search(
        r'<a class="govuk-link" href="/documents/\d+/to-khai[^"]*\.docx"[^>]*>Mẫu có tệp</a>', html
    )
    assert html.count("/documents/") == 2  # in its row, and among the forms
    assert "Mẫu số 04.pdf" in html
    assert "Mẫu đã xóa" in html
    assert '<tr class="mb-remark"><td colspan="3"' in html


def test_further_cases_of_a_long_dossier_are_folded(read: Read, tree: factories.Tree) -> None:
    rows = [parts.paper(f"Giấy {n}", originals=1) for n in range(20)]
    html = read(
        factories.procedure(dossier=[parts.dossier_case(rows, case) for case in ("Lần đầu", "Cấp lại")])
    )
    assert ">Lần đầu</h3>" in html
    assert re.search(r"<summary[^>]*><span[^>]*>Cấp lại</span></summary>", html)


def test_a_whole_dossier_in_one_row_is_folded(read: Read, tree: factories.Tree) -> None:
    long = "Một bộ hồ sơ dán vào một ô. " * 60
    html = read(factories.procedure(dossier=[parts.dossier_case([parts.paper(long, originals=1)])]))
    assert '<details class="mb-long"><summary>Một bộ hồ sơ' in html


def test_an_agency_that_is_no_more_names_its_heir(read: Read, tree: factories.Tree) -> None:
    living = factories.agency("Sở Nội vụ tỉnh Quảng Ngãi")
    between = factories.agency("Sở Nội vụ lâm thời", successor=living)
    factories.agency(
        "Sở Nội vụ tỉnh Kon Tum", ended_on=date(2025, 7, 1), end_reason="merged", successor=between
    )
    html = read(factories.procedure(agencies=("Sở Nội vụ tỉnh Kon Tum",)))
    said = "Sở Nội vụ tỉnh Kon Tum (Merged on 1 Jul 2025, now Sở Nội vụ tỉnh Quảng Ngãi )"
    assert said in _part(html, "co-quan")


def test_agencies_stand_under_their_roles(read: Read, tree: factories.Tree) -> None:
    page = factories.procedure(agencies=("Cơ quan làm",), live=False)
    desk = factories.agency("Một cửa xã A", address="12 Hùng Vương", phone="0260", hours="7 giờ đến 11 giờ")
    page.agency_links.add(ProcedureAgency(role="receiving", agency=desk))
    page.save_revision().publish()
    html = read(ProcedurePage.objects.get(pk=page.pk))
    shown = _part(html, "co-quan")
    assert "Carries it out Cơ quan làm Receives dossiers Một cửa xã A 12 Hùng Vương 7 giờ đến 11 giờ" in shown
    assert re.search(r'Where to hand it in</dt><dd[^>]*><span lang="vi">Một cửa xã A', html)


@pytest.mark.parametrize(("place", "warned"), [("Đắk Lắk", True), ("Quảng Ngãi", False), ("", False)])
def test_another_provinces_procedure_says_so(
    read: Read, tree: factories.Tree, place: str, warned: bool
) -> None:
    html = read(factories.procedure(local_to=place, online_url="https://dichvucong.gov.vn/a"))
    assert (f"This procedure applies in {place} only." in html) == warned
    assert ("Apply online" in html) != warned


@pytest.mark.parametrize(
    ("status", "notice", "open_to_all"),
    [
        ("hieu-luc", "", True),
        ("sap-hieu-luc", "This procedure is not yet in force.", True),
        ("bi-thay-the", "This procedure has been replaced and is no longer used.", False),
        ("bai-bo", "This procedure has been repealed and is no longer used.", False),
    ],
)
def test_the_status_is_said(
    read: Read, tree: factories.Tree, status: str, notice: str, open_to_all: bool
) -> None:
    html = read(factories.procedure(status=status, online_url="https://dichvucong.gov.vn/a"))
    assert notice in html
    assert ("Apply online" in html) == open_to_all


def test_a_doubt_is_the_editors_alone(read: Read, tree: factories.Tree) -> None:
    assert "mã Xoa" not in read(factories.procedure(suspect="mã Xoa"))


def test_a_decision_is_linked_where_the_public_may_see_it(read: Read, tree: factories.Tree) -> None:
    ours, theirs = factories.agency("UBND tỉnh ta"), factories.agency("UBND tỉnh bạn")
    hidden = factories.procedure("Một", decision_number="5/QĐ-UBND", issuer=ours)
    factories.decision("5/QĐ-UBND", "Bản thảo", live=False)
    factories.decision("5/QĐ-UBND", "Của tỉnh bạn", issuer=theirs)
    assert "5/QĐ-UBND UBND tỉnh ta" in _part(read(hidden), "quyet-dinh")
    factories.decision("5/QĐ-UBND", "Của ta", issuer=ours)
    assert "5/QĐ-UBND – Của ta" in _part(read(hidden), "quyet-dinh")


def test_the_code_alone_leads_to_the_page(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure(code="9.123456", code_suffix="000.00.00.H34")
    address = f"/thu-tuc/{page.slug}/"
    for code in ("9.123456", "9.123456.000.00.00.H34"):
        assert client.get(f"/thu-tuc/{code}/").headers["location"] == address
        assert client.get(f"/en/thu-tuc/{code}/").headers["location"] == f"/en{address}"
    assert client.get("/thu-tuc/9.999999/").status_code == 404


def test_a_preview_shows_what_is_not_saved(tree: factories.Tree) -> None:
    page = factories.procedure()
    page.levels = [AuthorityLevel.objects.get(pk="bo")]
    page.agency_links = [ProcedureAgency(agency=factories.agency("Chưa lưu"))]
    page.results = [parts.result("Kết quả chưa lưu")]
    html = page.make_preview_request().rendered_content
    assert "Chưa lưu" in html
    assert "Kết quả chưa lưu" in html


def test_the_smallest_and_the_largest_take_the_same_few_queries(client: Client, tree: factories.Tree) -> None:
    event = LifeEvent.objects.create(name="Sinh con")
    small, large = _full(1, code="9.100001"), _full(20, code="9.100020")
    for page in (small, large):
        page.life_event_links.add(ProcedureLifeEvent(life_event=event))
        page.save_revision().publish()
    assert queries(client, small.url) == queries(client, large.url) <= MOST_QUERIES
    assert queries(client, factories.procedure("Chưa có gì").url) <= MOST_QUERIES


def test_the_page_is_light(client: Client, tree: factories.Tree) -> None:
    text = 6_000  # bytes of text of the median record of the national catalogue, roughly
    steps = [parts.step_group([parts.step("ă" * (text // 8), f"Bước {n}") for n in range(4)])]
    page = _full(4, code="9.100004")
    page.steps = steps
    page.save_revision().publish()
    assert len(client.get(page.url).content) <= 40_000
    assert Agency.objects.count() < 10
