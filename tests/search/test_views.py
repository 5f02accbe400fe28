"""`/tim-kiem/` as a person sees it."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Site

from home.models import ProvinceSettings
from search.views import SHOWN_VALUES
from tests import factories
from tests.search.conftest import Search

pytestmark = pytest.mark.once


class Links(HTMLParser):
    """Collects the addresses of a page's links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs).get("href") or "")


def page(client: Client, status: int = 200, path: str = "/tim-kiem/", **parameters: Any) -> str:
    response = client.get(path, parameters)
    assert response.status_code == status
    return response.content.decode()


def test_results_say_what_tells_them_apart(client: Client, search: Search) -> None:
    factories.procedure(
        "Đăng ký khai sinh",
        code="9.500001",
        issuer=factories.agency("Bộ Tư pháp"),
        local_to="UBND tỉnh Nghệ An",
    )
    search()
    html = page(client, q="khai sinh")
    for text in ("9.500001", "Cấp xã", "Hộ tịch", "Bộ Tư pháp", "UBND tỉnh Nghệ An", "<mark>khai</mark>"):
        assert text in html


def test_the_form_keeps_what_was_asked(client: Client, search: Search) -> None:
    factories.procedure("khai sinh", levels=("xa",))
    search()
    html = page(client, q='khai "sinh"', level="xa", sort="name")
    assert 'value="khai &quot;sinh&quot;"' in html
    assert 'value="xa" checked' in html
    assert '<option value="name" selected>' in html


def test_the_usual_order_is_not_said(client: Client, search: Search) -> None:
    """Else newest first, which is usual without words, would go along to a search that has some."""
    factories.procedure("khai sinh")
    search()
    assert '<option value="">Mới nhất</option>' in page(client)
    assert '<option value="">Phù hợp nhất</option>' in page(client, q="khai")
    assert '<option value="newest" selected>' in page(client, q="khai", sort="newest")
    assert "khai sinh" in page(client, q="", sort="relevance")


def test_what_is_chosen_can_be_taken_away_one_by_one_and_at_once(client: Client, search: Search) -> None:
    factories.procedure("zebra", levels=("xa", "tinh"), sectors=("Hộ tịch",))
    search()
    html = page(client, q="zebra", level=["xa", "tinh"], sector="ho-tich", page="1")
    links = Links(html).found
    for without in ("level=tinh&sector=ho-tich", "level=xa&sector=ho-tich", "level=xa&level=tinh"):
        assert f"/tim-kiem/?q=zebra&{without}" in links
    assert "/tim-kiem/?q=zebra" in links
    assert html.count('class="mb-tags__group"') == 2
    assert 'class="mb-tags' not in page(client, q="zebra")


def test_one_live_region_says_the_total(client: Client, search: Search) -> None:
    for number in range(SHOWN_VALUES + 3):
        factories.procedure(f"zebra {number}", sectors=(f"Lĩnh vực {number:02}",))
    search()
    html = page(client, q="zebra")
    assert html.count('role="status"') == 1
    assert "<strong>13</strong> kết quả" in html.split('role="status"')[1].split("</div>")[0]


def test_filters_are_unfolded_where_they_are_needed(client: Client, search: Search) -> None:
    factories.procedure("zebra", levels=("xa",))
    search()
    folded = '<details class="mb-fold mb-no-print"><summary'
    assert folded in page(client, q="zebra", level="xa")
    assert folded not in page(client, 400, q="zebra", level="?")


def test_a_filter_without_values_is_not_shown(client: Client, search: Search) -> None:
    factories.article("zebra")
    search()
    html = page(client, q="zebra")
    assert 'id="agency" hidden' in html
    assert 'id="type" hidden' not in html


def test_the_results_can_be_taken_along(client: Client, search: Search) -> None:
    factories.procedure("zebra", levels=("xa",))
    search()
    links = Links(page(client, q="zebra", level="xa", page="1")).found
    for name in ("ket-qua.csv", "ket-qua.xlsx", "tin.atom"):
        assert f"/tim-kiem/{name}?q=zebra&level=xa" in links


def test_values_named_by_editors_are_marked_in_english(client: Client, search: Search) -> None:
    factories.procedure("zebra", sectors=("Hộ tịch",), levels=("xa",))
    search()
    html = page(client, path="/en/tim-kiem/", q="zebra")
    assert '<span lang="vi">Hộ tịch</span> <span class="mb-facet__count">' in html
    assert '<span lang="vi">Commune' not in html


def test_every_page_of_results_can_be_reached(client: Client, search: Search, settings: Settings) -> None:
    settings.SEARCH_PAGE_SIZE = 3
    for number in range(7):
        factories.procedure(f"zebra {number}")
    search()
    html = page(client, q="zebra", page="2")
    links = Links(html).found
    assert {"?q=zebra", "?q=zebra&page=3"} <= set(links)
    assert 'start="4"' in html


def test_a_long_filter_has_a_page_of_all_its_values(client: Client, search: Search) -> None:
    for number in range(SHOWN_VALUES + 3):
        factories.procedure(f"zebra {number}", sectors=(f"Lĩnh vực {number:02}",), levels=("xa",))
    search()
    html = page(client, q="zebra", level="xa", sector="linh-vuc-12", sort="name")
    assert html.count('name="sector"') == SHOWN_VALUES + 1
    more = next(link for link in Links(html).found if "more=sector" in link)
    html = client.get("/tim-kiem/" + more.split("#")[0]).content.decode()
    assert html.count('name="sector"') == SHOWN_VALUES + 3
    assert 'value="linh-vuc-12" checked' in html
    assert html.index('value="linh-vuc-00"') < html.index('value="linh-vuc-07"')
    for kept in ('name="q" value="zebra"', 'name="level" value="xa"', 'name="sort" value="name"'):
        assert f'<input type="hidden" {kept}>' in html
    assert "/tim-kiem/?q=zebra&level=xa&sector=linh-vuc-12&sort=name" in Links(html).found  # the way back
    assert 'class="mb-result"' not in html and 'name="channel"' not in html


def test_the_script_gets_the_values_of_a_filter_alone(client: Client, search: Search) -> None:
    for number in range(SHOWN_VALUES + 3):
        factories.procedure(f"zebra {number}", sectors=(f"Lĩnh vực {number:02}",))
    search()
    html = page(client, path="/tim-kiem/muc/", q="zebra", more="sector")
    assert html.count("<input") == html.count('name="sector"') == SHOWN_VALUES + 3
    assert "<html" not in html
    assert '<span lang="vi">' in page(client, path="/en/tim-kiem/muc/", q="zebra", more="sector")
    for wrong in ({"more": "x"}, {}, {"more": "sector", "level": "?"}):
        assert page(client, 400, path="/tim-kiem/muc/", **wrong) == ""


def test_a_chosen_value_is_shown_however_far_down(client: Client, search: Search) -> None:
    for number in range(SHOWN_VALUES + 3):
        factories.procedure(f"zebra {number}", sectors=(f"Lĩnh vực {number:02}",))
    search()
    assert 'value="linh-vuc-12" checked' in page(client, q="zebra", sector="linh-vuc-12")


def test_a_bad_value_is_explained_at_its_field_and_the_rest_kept(client: Client, search: Search) -> None:
    factories.procedure("zebra", levels=("xa",))
    search()
    html = page(client, 400, q="zebra", level=["xa", "<lang>"], page="x")
    assert "&lt;lang&gt;" in html and "<lang>" not in html
    assert 'value="xa" checked' in html
    assert 'id="page"' in html
    assert "zebra" in html
    assert "Error" not in page(client, q="zebra")


def test_a_search_that_is_too_long_is_told_so(client: Client, search: Search) -> None:
    assert 'id="q-error"' in page(client, 400, q="a" * 5000)


def test_nothing_found_offers_a_way_on(client: Client, search: Search) -> None:
    factories.procedure("zebra", levels=("xa",))
    search()
    links = Links(page(client, q="zebra", level="bo")).found
    assert {"/tim-kiem/?q=zebra", "/thu-tuc/linh-vuc/", "/tim-kiem/nhieu-nguoi-tim/"} <= set(links)
    assert "/thu-tuc/linh-vuc/" not in page(client, q="zebra").split("<main")[1]


def test_nothing_found_says_whom_to_ask(client: Client, search: Search) -> None:
    ProvinceSettings.objects.create(site=Site.objects.get(), province="Quảng Ngãi", phone="0255 382 2862")
    assert "tel:02553822862" in page(client, q="quagga").split("<main")[1].split("<footer")[0]


def test_in_english_the_addresses_are_english(client: Client, search: Search) -> None:
    factories.procedure("zebra")
    search()
    html = page(client, path="/en/tim-kiem/", q="zebra")
    assert any(link.startswith("/en/thu-tuc/") for link in Links(html).found)
    assert '<html class="govuk-template" lang="en">' in html


def test_few_queries_whatever_is_found(
    client: Client, search: Search, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(20):
        factories.procedure(f"zebra {number}", sectors=(f"Lĩnh vực {number}",), agencies=(f"Sở {number}",))
    search()
    page(client, q="zebra")
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        page(client, q="zebra", level="xa")


def test_a_search_is_for_reading(client: Client, db: None) -> None:
    assert client.post("/tim-kiem/").status_code == 405
