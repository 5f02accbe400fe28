"""The ways in: levels, agencies, A to Z, newest changes; only what the public may see, in few queries."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.templatetags import portal_text
from procedures import counts
from procedures.agency_pages import MANY, phones
from procedures.alphabet import letter_of
from procedures.models import Agency, MergedAgency, ProcedurePage
from tests import factories
from tests.counting import queries

pytestmark = pytest.mark.django_db

WAYS = ("linh-vuc/", "cap/", "co-quan/", "su-kien/", "a-z/", "moi/")


def _get(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def _titles(html: str) -> list[str]:
    return [str(title) for title in re.findall(r'<h3 class="mb-row__title"><a [^>]*>(.*?)</a>', html)]


def test_no_way_shows_what_is_hidden(client: Client, tree: factories.Tree) -> None:
    factories.procedure("Bản nháp", sectors=("Kín",), agencies=("Cục Kín",), live=False)
    page = factories.procedure("Nội bộ", sectors=("Kín",), agencies=("Cục Kín",))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    for below in (*WAYS, "co-quan/cuc-kin/"):
        html = _get(client, f"/en/thu-tuc/{below}")
        assert "Bản nháp" not in html, below
        assert "Nội bộ" not in html, below
        assert "Kín" not in html or below == "co-quan/cuc-kin/", below


def test_the_ways_work_with_nothing_to_show(client: Client, tree: factories.Tree) -> None:
    for below in WAYS:
        assert _get(client, f"/thu-tuc/{below}").count("<h1") == 1, below


def test_sets_of_levels_add_up_and_levels_overlap(client: Client, tree: factories.Tree) -> None:
    for number, levels in enumerate([("tinh",), ("tinh",), ("tinh", "xa"), ("xa",), ()]):
        factories.procedure(f"Thủ tục {number}", levels=levels)
    with CaptureQueriesContext(connection) as queries:
        found = counts.by_level(ProcedurePage.objects.visible())
    assert len(queries) == 1
    assert found.by_set == ((("tinh",), 2), (("xa",), 1), (("tinh", "xa"), 1), ((), 1))
    assert [(slug, count) for slug, _label, count in found.by_level] == [("tinh", 3), ("xa", 2)]
    assert (found.total, found.several, found.unknown) == (5, 1, 1)
    html = _get(client, "/en/thu-tuc/cap/")
    assert "<strong>3</strong> procedures" in html
    assert "2 of them at this level alone" in html
    assert "Province level + commune level" in html
    assert re.search(r'<td class="[^"]*"><strong>5</strong></td>', html)


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Đất đai", "đ"),
        ("Dân số", "d"),
        ("Ứng dụng", "ư"),
        ("Ủy ban", "u"),
        ("“Ấn định”", "â"),
        ("3G", "0-9"),
    ],
)
def test_a_name_stands_under_its_letter(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_a_to_z_by_the_vietnamese_alphabet(client: Client, tree: factories.Tree) -> None:
    names = ("Thủ tục đăng ký", "Dán nhãn", "Ưu đãi thuế", "Ủy quyền", "1. Ấn định", "Áp dụng", "30 ngày")
    for name in names:
        factories.procedure(name)
    html = _get(client, "/thu-tuc/a-z/")
    letters = re.findall(r'<a class="mb-letters__link" href="\?letter=([^"]+)"[^>]*>([^<]+)</a>', html)
    assert [label for _value, label in letters] == ["A", "Â", "D", "Đ", "U", "Ư", "0-9"]
    shown = [_titles(_get(client, f"/thu-tuc/a-z/?letter={value}")) for value, _label in letters]
    assert shown == [
        *(["Áp dụng"], ["1. Ấn định"], ["Dán nhãn"], ["Thủ tục đăng ký"]),
        *(["Ủy quyền"], ["Ưu đãi thuế"], ["30 ngày"]),
    ]
    assert _titles(html) == ["Áp dụng"]
    assert _titles(_get(client, "/thu-tuc/a-z/?letter=Đ")) == ["Thủ tục đăng ký"]


def test_a_letter_is_paged_and_keeps_its_letter(client: Client, tree: factories.Tree) -> None:
    for number in range(21):
        factories.procedure(f"Đăng ký {number:02d}")
    twenty_one = queries(client, "/thu-tuc/a-z/")
    assert len(_titles(_get(client, "/thu-tuc/a-z/?letter=đ&page=2"))) == 1
    assert 'href="?letter=%C4%91&amp;page=2"' in _get(client, "/thu-tuc/a-z/?letter=đ")
    factories.procedure("Đăng ký thêm", sectors=("Khác",), issuer=factories.agency("Sở Khác"))
    assert queries(client, "/thu-tuc/a-z/") == twenty_one


@pytest.mark.parametrize(
    "address",
    [
        *("a-z/?letter=x", "a-z/?letter=<b>", "a-z/?page=9", "moi/?page=0", "moi/?page=x"),
        *("co-quan/?letter=j", "co-quan/uy-ban-nhan-dan-cap-xa/?page=7"),
    ],
)
def test_what_means_nothing_gets_a_sentence(client: Client, tree: factories.Tree, address: str) -> None:
    factories.procedure("Cấp giấy")
    html = _get(client, f"/en/thu-tuc/{address}", 400)
    assert "govuk-error-summary" in html
    assert "<b>" not in html


def test_newest_changes_by_day(client: Client, tree: factories.Tree) -> None:
    old, new = factories.procedure("Cũ"), factories.procedure("Mới")
    first = old.first_published_at
    ProcedurePage.objects.filter(pk=old.pk).update(last_published_at=first.replace(year=first.year - 1))
    changed = factories.procedure("Đã sửa")
    changed.save_revision().publish()
    html = _get(client, "/en/thu-tuc/moi/")
    assert _titles(html) == ["Đã sửa", new.name, "Cũ"]
    assert re.findall(r'govuk-tag--(?:green|blue)">(\w+)<', html) == ["Changed", "New", "Changed"]
    assert len(re.findall(r'<h2 class="mb-letter__name"><time', html)) == 2
    assert 'href="/thu-tuc.atom"' in html


def test_the_page_of_an_agency_says_where_it_is_and_what_it_does(
    client: Client, tree: factories.Tree
) -> None:
    above = factories.agency("Ủy ban nhân dân tỉnh")
    agency = factories.agency(
        "Sở Tư pháp",
        parent=above,
        level_id="tinh",
        address="12 Hùng Vương",
        hours="Thứ Hai đến thứ Sáu\nNghỉ trưa",
        phone="(0255) 3000 220, 1900 1000",
        email="so@example.vn",
        website="https://example.vn/",
        map_url="https://www.openstreetmap.org/?mlat=15",
    )
    Agency.objects.create(name="Phòng Hộ tịch", parent=agency)
    Agency.objects.create(name="Sở Tư pháp cũ", successor=agency, ended_on=date(2025, 7, 1))
    factories.procedure("Việc của sở", agencies=("Sở Tư pháp",))
    factories.procedure("Việc khác")
    factories.decision("7/QĐ-STP", issuer=agency)
    html = _get(client, "/en/thu-tuc/co-quan/so-tu-phap/")
    for shown in (
        *('<h1 class="govuk-heading-xl mb-title" lang="vi">Sở Tư pháp</h1>', "12 Hùng Vương", "Nghỉ trưa"),
        *('href="tel:02553000220">(0255) 3000 220</a>', 'href="tel:19001000"', 'href="mailto:so@example.vn"'),
        *('href="https://example.vn/"', 'href="https://www.openstreetmap.org/?mlat=15"', "Province level"),
        *('href="/en/thu-tuc/co-quan/uy-ban-nhan-dan-tinh/"', 'href="/en/thu-tuc/co-quan/phong-ho-tich/"'),
        *('href="/en/thu-tuc/co-quan/so-tu-phap-cu/"', 'href="/en/quyet-dinh/?issuer=so-tu-phap"'),
    ):
        assert shown in html, shown
    assert _titles(html) == ["Việc của sở"]


def test_an_agency_that_is_no_more_leads_to_its_successor(client: Client, tree: factories.Tree) -> None:
    heir = factories.agency("Sở Mới")
    factories.agency("Sở Cũ", successor=heir, ended_on=date(2025, 3, 1), end_reason="merged")
    html = _get(client, "/en/thu-tuc/co-quan/so-cu/")
    assert "This agency is no more." in html
    assert 'href="/en/thu-tuc/co-quan/so-moi/"' in html


def test_an_agency_that_was_written_twice_has_one_address(client: Client, tree: factories.Tree) -> None:
    MergedAgency.objects.create(slug="so-tp", name="Sở TP", into=factories.agency("Sở Tư pháp"))
    response = client.get("/en/thu-tuc/co-quan/so-tp/")
    assert (response.status_code, response["Location"]) == (301, "/en/thu-tuc/co-quan/so-tu-phap/")
    _get(client, "/thu-tuc/co-quan/khong-co/", 404)


def test_a_long_page_of_an_agency_takes_the_same_queries(client: Client, tree: factories.Tree) -> None:
    factories.procedure("Một", agencies=("Sở A",))
    one = queries(client, "/thu-tuc/co-quan/so-a/")
    for number in range(12):
        factories.procedure(
            f"Việc {number}",
            sectors=(f"Lĩnh vực {number}",),
            agencies=("Sở A",),
            issuer=factories.agency(f"Bộ {number}"),
        )
        Agency.objects.create(name=f"Phòng {number}", parent=factories.agency("Sở A"))
    assert queries(client, "/thu-tuc/co-quan/so-a/") == one


def test_agencies_by_level_those_that_are_no_more_last(client: Client, tree: factories.Tree) -> None:
    made: dict[str, dict[str, Any]] = {
        "Bộ B": {"level_id": "bo"},
        "Ủy ban xã": {"level_id": "xa"},
        "Sở Cũ": {"level_id": "tinh", "ended_on": date(2025, 3, 1)},
        "Ngân hàng": {},
    }
    for name, fields in made.items():
        factories.agency(name, **fields)
        factories.procedure(f"Việc của {name}", agencies=(name,))
    factories.agency("Điểm tiếp nhận", level_id="tinh", address="1 Lê Lợi")
    factories.agency("Không việc không nhà")
    html = _get(client, "/en/thu-tuc/co-quan/")
    shown = re.findall(r'<h2 class="govuk-heading-m">([^<]+)</h2>|<li><a href="([a-z-]+/)"', html)
    assert [heading or slug for heading, slug in shown] == [
        *("Ministry level", "bo-b/", "Province level", "diem-tiep-nhan/", "Commune level", "uy-ban-xa/"),
        *("Level not known", "ngan-hang/", "Agencies that are no more", "so-cu/"),
    ]


def test_many_agencies_have_a_page_for_each_letter(client: Client, tree: factories.Tree) -> None:
    Agency.objects.bulk_create(Agency(name=f"Đội {n}", slug=f"doi-{n}", address="Ở đây") for n in range(MANY))
    factories.agency("Ủy ban", address="Ở kia")
    html = _get(client, "/en/thu-tuc/co-quan/")
    assert re.findall(r'class="mb-letters__link"[^>]*>([^<]+)<', html) == ["Đ", "U"]
    assert 'href="doi-7/"' in html
    assert 'href="uy-ban/"' not in html
    assert 'href="uy-ban/"' in _get(client, "/en/thu-tuc/co-quan/?letter=u").replace("./uy", "uy")
    found = _get(client, "/en/thu-tuc/co-quan/?ten=uy%20BAN")
    assert "<strong>1</strong> of 121 agencies" in found
    assert "No agency has this" in _get(client, "/en/thu-tuc/co-quan/?ten=zzz")


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("(0260) 3000 210", ["02603000210"]),
        ("0255.3822.123 – 0255.3822.124", ["02553822123", "02553822124"]),
        ("+84 255 3000 201; 1900 6789", ["+842553000201", "19006789"]),
        ("chưa có", []),
    ],
)
def test_numbers_that_a_phone_dials(text: str, dialled: list[str]) -> None:
    assert [portal_text.dialled(phone) for phone in phones(text)] == dialled


def test_the_sitemap_names_the_ways_and_the_agencies(client: Client, tree: factories.Tree) -> None:
    factories.procedure("Một", agencies=("Sở A",))
    html = _get(client, "/sitemap-ways.xml")
    for below in (*WAYS, "co-quan/so-a/"):
        assert f"<loc>http://testserver/thu-tuc/{below}</loc>" in html
    assert 'href="http://testserver/en/thu-tuc/co-quan/so-a/"' in html
