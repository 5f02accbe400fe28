"""`/tim-kiem/` as a person sees it."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from search.views import SHOWN_VALUES
from tests import factories
from tests.search.conftest import Search


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


def test_every_page_of_results_can_be_reached(client: Client, search: Search, settings: Settings) -> None:
    settings.SEARCH_PAGE_SIZE = 3
    for number in range(7):
        factories.procedure(f"zebra {number}")
    search()
    html = page(client, q="zebra", page="2")
    links = Links(html).found
    assert {"?q=zebra", "?q=zebra&page=3"} <= set(links)
    assert 'start="4"' in html


def test_a_long_filter_shows_all_when_asked(client: Client, search: Search) -> None:
    for number in range(SHOWN_VALUES + 3):
        factories.procedure(f"zebra {number}", sectors=(f"Lĩnh vực {number:02}",))
    search()
    html = page(client, q="zebra")
    assert html.count('name="sector"') == SHOWN_VALUES
    more = next(link for link in Links(html).found if "more=sector" in link)
    assert (
        client.get("/tim-kiem/" + more.split("#")[0]).content.decode().count('name="sector"')
        == SHOWN_VALUES + 3
    )


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
    assert "/tim-kiem/?q=zebra" in Links(page(client, q="zebra", level="bo")).found


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
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page(client, q="zebra", level="xa")


def test_a_search_is_for_reading(client: Client, db: None) -> None:
    assert client.post("/tim-kiem/").status_code == 405
