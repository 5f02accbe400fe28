"""The lists of procedures and decisions: filters from the address, pages, the same queries for any length."""

import re
from collections.abc import Iterable
from datetime import date

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from home.templatetags.home_tags import in_language
from procedures.models import LifeEvent, ProcedureLifeEvent
from tests import factories
from tests.counting import queries

pytestmark = pytest.mark.django_db


def _titles(html: str) -> list[str]:
    found = re.findall(r'<h[23] class="mb-row__title"><a [^>]*>(.*?)</a>', html)
    return [str(title) for title in found]


def _list(client: Client, query: str = "", address: str = "/en/thu-tuc/", status: int = 200) -> list[str]:
    response = client.get(f"{address}{query}")
    assert response.status_code == status
    return _titles(response.content.decode())


def _make(names: Iterable[str]) -> None:
    for name in names:
        factories.procedure(name)


def test_from_a_to_z_as_vietnamese_reads(client: Client, tree: factories.Tree) -> None:
    _make(["Thủ tục xóa nợ", "Đăng ký kết hôn", "Cấp giấy", "Đăng ký khai sinh"])
    assert _list(client) == ["Cấp giấy", "Đăng ký kết hôn", "Đăng ký khai sinh", "Thủ tục xóa nợ"]


def test_other_provinces_come_last(client: Client, tree: factories.Tree) -> None:
    factories.procedure("An", local_to="Lạng Sơn")
    factories.procedure("Bình", local_to="Quảng Ngãi")
    factories.procedure("Cường")
    response = client.get("/en/thu-tuc/")
    assert _titles(response.content.decode()) == ["Bình", "Cường", "An"]
    assert response.content.decode().count("Applies in Lạng Sơn only.") == 1


def test_only_what_the_public_may_see(client: Client, tree: factories.Tree) -> None:
    factories.procedure("Bản nháp", live=False)
    private = factories.procedure("Nội bộ")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert _list(client) == []
    assert b"Ho-tich" not in client.get("/thu-tuc/linh-vuc/").content


def test_filters_narrow_together(client: Client, tree: factories.Tree) -> None:
    factories.procedure("Một", sectors=("Đất đai", "Nhà ở"), levels=("xa", "tinh"), agencies=("Sở A",))
    factories.procedure("Hai", sectors=("Đất đai",), levels=("tinh",), agencies=("Sở A", "Sở B"))
    factories.procedure("Ba", sectors=("Hộ tịch",), levels=(), agencies=())
    assert _list(client, "?sector=dat-dai") == ["Hai", "Một"]
    assert _list(client, "?sector=dat-dai&level=xa") == ["Một"]
    assert _list(client, "?agency=so-b") == ["Hai"]
    assert _list(client, "?level=chua-xac-dinh") == ["Ba"]
    assert _list(client, "?sector=ho-tich&level=bo") == []


def test_a_life_event_leads_to_its_procedures(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure("Đăng ký khai sinh")
    _make(["Khác"])
    page.life_event_links.add(ProcedureLifeEvent(life_event=LifeEvent.objects.create(name="Sinh con")))
    page.save_revision().publish()
    assert _list(client, "?event=sinh-con") == ["Đăng ký khai sinh"]
    assert b"/thu-tuc/su-kien/sinh-con/" in client.get("/").content


@pytest.mark.parametrize(
    "query", ["?sector=khong-co", "?level=abc", "?agency=<b>", "?event=x", "?page=0", "?page=x"]
)
def test_what_means_nothing_gets_a_sentence(client: Client, tree: factories.Tree, query: str) -> None:
    _make(["Một"])
    response = client.get(f"/en/thu-tuc/{query}")
    html = response.content.decode()
    assert response.status_code == 400
    assert "There is no such choice" in html or "This list has no page" in html
    assert "<b>" not in html


def test_a_very_long_value_is_cut(client: Client, tree: factories.Tree) -> None:
    response = client.get("/thu-tuc/", {"sector": "a" * 100_000})
    assert response.status_code == 400
    assert len(response.content) < 20_000


def test_a_row_says_level_sector_and_issuer(client: Client, tree: factories.Tree) -> None:
    issuer = factories.agency("Bộ Tư pháp")
    factories.procedure("Một", code="9.000777", levels=("bo", "xa"), issuer=issuer, status="bai-bo")
    html = client.get("/en/thu-tuc/").content.decode()
    meta = re.search(r'<p class="mb-row__meta">(.*?)</p>', html, re.DOTALL)
    assert meta is not None
    shown = " ".join(re.sub(r"<[^>]+>", "", meta.group(1)).split())
    assert shown == "9.000777 Ministry level, Commune level Hộ tịch Bộ Tư pháp Repealed"


def test_pages_keep_the_filters(client: Client, tree: factories.Tree) -> None:
    _make(f"Thủ tục {n:02d}" for n in range(25))
    assert len(_list(client, "?sector=ho-tich")) == 20
    assert len(_list(client, "?sector=ho-tich&page=2")) == 5
    html = client.get("/thu-tuc/?sector=ho-tich&page=2").content.decode()
    assert 'href="?sector=ho-tich"' in html
    assert '/thu-tuc/?sector=ho-tich&amp;page=2">' in html  # the canonical address


def test_forty_take_the_queries_of_twenty(client: Client, tree: factories.Tree) -> None:
    _make(f"Thủ tục {n:02d}" for n in range(20))
    twenty = {address: queries(client, address) for address in ("/thu-tuc/", "/thu-tuc/?level=xa", "/")}
    for n in range(20):
        factories.procedure(
            f"Thủ tục {n + 20}", sectors=(f"Lĩnh vực {n}",), issuer=factories.agency(f"Sở {n}")
        )
    assert {address: queries(client, address) for address in twenty} == twenty
    assert twenty["/thu-tuc/"] <= 20


def test_every_sector_and_agency_is_listed_with_its_count(client: Client, tree: factories.Tree) -> None:
    factories.procedure("Một", sectors=("Đất đai",), agencies=("Sở A",))
    factories.procedure("Hai", sectors=("Đất đai", "Nhà ở"), agencies=("Sở A",))
    factories.sector("Không có thủ tục nào")
    sectors = re.findall(
        r'\?sector=([a-z-]+)">.*?</a> <span>(\d+)</span>', client.get("/thu-tuc/linh-vuc/").content.decode()
    )
    assert sectors == [("dat-dai", "2"), ("nha-o", "1")]
    agencies = client.get("/thu-tuc/co-quan/").content.decode()
    assert re.findall(r'<li><a href="([a-z-]+)/">.*?</a> <span>(\d+)</span>', agencies) == [("so-a", "2")]


def test_sectors_are_sorted_as_a_reader_looks(client: Client, tree: factories.Tree) -> None:
    factories.procedure(sectors=("Ứng dụng", "Đất đai", "Y tế", "Dân số", "Điện lực"))
    html = client.get("/thu-tuc/linh-vuc/").content.decode()
    assert re.findall(r'\?sector=([a-z-]+)">', html) == ["dan-so", "dat-dai", "dien-luc", "ung-dung", "y-te"]
    assert re.findall(r'<h2 class="mb-letter__name">(.)</h2>', html) == ["D", "Đ", "Ư", "Y"]
    assert '<a class="govuk-breadcrumbs__link" href="/thu-tuc/">' in html


def test_levels_overlap_and_say_so(client: Client, tree: factories.Tree) -> None:
    factories.procedure("Một", levels=("tinh", "xa"))
    factories.procedure("Hai", levels=("tinh",))
    factories.procedure("Ba", levels=())
    html = client.get("/en/").content.decode()
    assert re.findall(r'\?level=(\w+)"><span[^>]*>[^<]*</span> <span[^>]*>(\d+)', html) == [
        ("tinh", "2"),
        ("xa", "1"),
    ]
    assert "3 procedures are published." in html
    assert "1 of them is done at more than one level and counted at each." in html
    assert "For 1 the level is not known." in html


def test_decisions_by_year_and_issuer(client: Client, tree: factories.Tree) -> None:
    province = factories.agency("Ủy ban nhân dân tỉnh")
    factories.decision("1/QĐ", "Cũ", date_signed=date(2021, 3, 1), issuer=province)
    factories.decision("2/QĐ", "Mới", date_signed=date(2025, 3, 1), issuer=province)
    factories.decision("3/QĐ", "Của sở", date_signed=date(2025, 1, 1), issuer=factories.agency("Sở Nội vụ"))
    factories.decision("4/QĐ", "Không ngày")
    address = "/en/quyet-dinh/"
    assert _list(client, address=address) == ["Mới", "Của sở", "Cũ", "Không ngày"]
    assert _list(client, "?year=2025", address) == ["Mới", "Của sở"]
    assert _list(client, "?year=2025&issuer=so-noi-vu", address) == ["Của sở"]
    years = re.findall(r'<h2 class="mb-letter__name">([^<]+)</h2>', client.get(address).content.decode())
    assert years == ["2025", "2021", "Year not known"]
    for bad in ("?year=1999", "?year=²", "?issuer=x", "?page=7"):
        response = client.get(f"{address}{bad}")
        assert response.status_code == 400
        assert b"govuk-error-summary" in response.content


def test_a_long_list_of_decisions_takes_the_same_queries(client: Client, tree: factories.Tree) -> None:
    issuer = factories.agency("Ủy ban nhân dân tỉnh")
    factories.decision("0/QĐ-UBND", issuer=issuer)
    one = queries(client, "/quyet-dinh/")
    for n in range(1, 12):
        factories.decision(f"{n}/QĐ-UBND", issuer=factories.agency(f"Sở {n}"))
    assert queries(client, "/quyet-dinh/") == one


def test_a_decision_lists_the_procedures_that_name_it(client: Client, tree: factories.Tree) -> None:
    ours = factories.agency("UBND tỉnh ta")
    decision = factories.decision("số 37/QĐ-UBND", issuer=ours, purposes=["publish_list"], signer="Chủ tịch")
    factories.procedure("Của ta", decision_number="37/QĐ-UBND", issuer=ours)
    factories.procedure("Không rõ ai ban hành", decision_number="37 /QĐ-UBND.")
    factories.procedure(
        "Của tỉnh bạn", decision_number="37/QĐ-UBND", issuer=factories.agency("UBND tỉnh bạn")
    )
    factories.procedure("Bản nháp", decision_number="37/QĐ-UBND", issuer=ours, live=False)
    assert _list(client, address=in_language(decision.url, "en")) == ["Của ta", "Không rõ ai ban hành"]
    html = client.get(in_language(decision.url, "en")).content.decode()
    assert "Publishes a list of procedures" in html
    assert "The days of this decision are not known." in html


def test_the_days_of_a_decision_are_a_timeline(client: Client, tree: factories.Tree) -> None:
    past = factories.decision("1/QĐ", date_signed=date(2025, 3, 1), date_in_force=date(2025, 7, 1))
    coming = factories.decision(
        "2/QĐ", "Sắp tới", date_signed=date(2025, 3, 1), date_in_force=date(2999, 1, 1)
    )
    shown = (
        r'<li class="mb-moment( mb-moment--ahead)?"><time [^>]*datetime="([^"]+)">[^<]+</time> ([^<]+)</li>'
    )
    assert re.findall(shown, client.get(in_language(past.url, "en")).content.decode()) == [
        ("", "2025-03-01", "Signed"),
        ("", "2025-07-01", "In force"),
    ]
    assert re.findall(shown, client.get(in_language(coming.url, "en")).content.decode()) == [
        ("", "2025-03-01", "Signed"),
        (" mb-moment--ahead", "2999-01-01", "Comes into force"),
    ]
