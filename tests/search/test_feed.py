"""The feed of a search: `/tim-kiem/tin.atom`."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from search import feeds
from tests import factories
from tests.search.conftest import Search

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, path: str = "/tim-kiem/tin.atom", **parameters: str) -> ElementTree.Element:
    response = client.get(path, parameters)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "no-cache" in response["Cache-Control"]
    return ElementTree.fromstring(response.content)  # noqa: S314  our own


def titles(found: ElementTree.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in found.iter(f"{ATOM}entry")]


def links(found: ElementTree.Element) -> dict[str | None, str | None]:
    return {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}


def test_the_last_published_come_first_and_keep_their_ids(client: Client, search: Search) -> None:
    """Whatever day their content is of: who reads a feed wants to hear of what was not there yesterday."""
    published = {
        "zebra a": datetime(2026, 5, 1, 8, tzinfo=UTC),
        "zebra b": datetime(2026, 5, 1, 9, tzinfo=UTC),
        "zebra c": datetime(2026, 4, 1, 9, tzinfo=UTC),
    }
    days = {"zebra a": "2026-05-01", "zebra b": "2025-01-05", "zebra c": "2026-05-01"}
    pages = {title: factories.article(title, date=day) for title, day in days.items()}
    factories.article("khác", date="2026-06-06")
    for title, moment in published.items():
        Page.objects.filter(pk=pages[title].pk).update(last_published_at=moment)
    search()
    found = feed(client, q="zebra", sort="name")
    assert titles(found) == ["zebra b", "zebra a", "zebra c"]
    entry = next(found.iter(f"{ATOM}entry"))
    new = pages["zebra b"]
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{new.translation_key}"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{new.url}"  # type: ignore[union-attr]
    assert str(entry.findtext(f"{ATOM}updated")).startswith("2026-05-01T")


def test_what_is_published_now_is_among_few_entries(
    client: Client, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    for number in range(3):
        factories.article(f"zebra {number}", date="2026-05-01")
    factories.article("zebra xưa", date="2001-01-01")
    search()
    assert titles(feed(client, q="zebra")) == ["zebra xưa", "zebra 2"]


def test_nothing_found_is_an_empty_feed(client: Client, search: Search) -> None:
    search()
    assert titles(feed(client, q="quagga")) == []


def test_it_says_what_it_is_of(client: Client, search: Search) -> None:
    factories.procedure("zebra", levels=("xa",))
    search()
    found = feed(client, q="zebra", level="xa")
    assert found.findtext(f"{ATOM}title") == "Minh Bạch: zebra · Cấp thực hiện: Cấp xã"
    assert links(found)["self"] == "http://testserver/tim-kiem/tin.atom?q=zebra&level=xa"
    assert links(found)["alternate"] == "http://testserver/tim-kiem/?q=zebra&level=xa&sort=newest"
    english = feed(client, "/en/tim-kiem/tin.atom", q="zebra")
    assert str(links(english)["alternate"]).startswith("http://testserver/en/tim-kiem/")


def test_the_page_names_it(client: Client, search: Search) -> None:
    factories.procedure("zebra", levels=("xa",))
    search()
    html = client.get("/tim-kiem/", {"q": "zebra", "level": "xa", "page": "1"}).content.decode()
    assert 'type="application/atom+xml"' in html
    assert 'href="/tim-kiem/tin.atom?q=zebra&amp;level=xa"' in html


def test_a_private_page_is_in_none(client: Client, search: Search) -> None:
    hidden = factories.procedure("zebra")
    search()
    assert titles(feed(client, q="zebra")) == ["zebra"]
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert titles(feed(client, q="zebra")) == []


def test_a_bad_address_is_told_so(client: Client, db: None) -> None:
    response = client.get("/tim-kiem/tin.atom", {"level": "<lang>"})
    assert response.status_code == 400
    assert "&lt;lang&gt;" in response.content.decode()


def test_while_elasticsearch_is_away(client: Client, db: None, settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    factories.procedure("Đăng ký khai sinh")
    assert titles(feed(client, q="khai sinh")) == ["Đăng ký khai sinh"]


def test_few_queries(
    client: Client, search: Search, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(13):
        factories.procedure(f"zebra {number}")
    search()
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert len(titles(feed(client, q="zebra"))) == 13
