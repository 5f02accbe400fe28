"""The sitemap and the feeds: all that the public may see, nothing else, in few queries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from home import feeds
from home.models import InformationPage
from home.sitemaps import PageSitemap
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "a": "http://www.w3.org/2005/Atom"}
XHTML = "{http://www.w3.org/1999/xhtml}link"
FEEDS: dict[str, Callable[..., Any]] = {
    "/thu-tuc.atom": factories.procedure,
    "/quyet-dinh.atom": lambda name: factories.decision(title=name),
    "/tin-tuc.atom": factories.article,
}


def tree_of(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Cache-Control"] == "no-cache", address
    return ElementTree.fromstring(response.content)  # noqa: S314  we have written it


def sections(client: Client) -> list[str]:
    """Return the addresses of the parts of the sitemap."""
    found = [item.text or "" for item in tree_of(client, "/sitemap.xml").iterfind(".//s:loc", NAMES)]
    assert all(address.startswith("http://testserver/sitemap-") for address in found)
    return [address.removeprefix("http://testserver") for address in found]


def listed(client: Client) -> set[str]:
    """Return every address in the sitemap."""
    return {
        (item.text or "").removeprefix("http://testserver")
        for address in sections(client)
        for item in tree_of(client, address).iterfind(".//s:loc", NAMES)
    }


def entries(client: Client, address: str) -> list[str]:
    return [item.text or "" for item in tree_of(client, address).iterfind(".//a:entry/a:title", NAMES)]


def test_the_sitemap_has_every_page_once(client: Client, tree: factories.Tree) -> None:
    pages = [factories.procedure(), factories.decision(), factories.article(), factories.information()]
    lists = {"/", "/thu-tuc/", "/quyet-dinh/", "/tin-tuc/", "/tro-nang/"}
    ways = {f"/thu-tuc/{name}/" for name in ("linh-vuc", "cap", "co-quan", "su-kien", "a-z", "moi")}
    agency = "/thu-tuc/co-quan/uy-ban-nhan-dan-cap-xa/"
    assert listed(client) == lists | ways | {agency} | {page.url for page in pages}
    part = tree_of(client, "/sitemap-procedurepage.xml")
    assert [item.text for item in part.iterfind(".//s:lastmod", NAMES)] == [
        f"{timezone.localdate():%Y-%m-%d}"
    ]
    languages = {item.attrib["hreflang"]: item.attrib["href"] for item in part.iter(XHTML)}
    assert languages == {
        "vi": f"http://testserver{pages[0].url}",
        "en": f"http://testserver/en{pages[0].url}",
    }


def test_a_long_section_is_in_parts(
    client: Client, tree: factories.Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [factories.information(f"Trang {number}") for number in range(5)]
    monkeypatch.setattr(PageSitemap, "limit", 2)
    parts = [address for address in sections(client) if "informationpage" in address]
    assert parts == [f"/sitemap-informationpage.xml{rest}" for rest in ("", "?p=2", "?p=3")]
    found = [item.text for part in parts for item in tree_of(client, part).iterfind(".//s:loc", NAMES)]
    assert found == [f"http://testserver{page.url}" for page in pages]
    for address in ("?p=4", "?p=0", "?p=x", "?p=%00"):
        assert client.get(f"/sitemap-informationpage.xml{address}").status_code == 404
    assert client.get("/sitemap-page.xml").status_code == 404
    assert client.get("/sitemap-khong-co.xml").status_code == 404


def test_a_page_outside_the_site_is_in_no_sitemap(client: Client, tree: factories.Tree) -> None:
    factories.publish(InformationPage(title="Ngoài trang"), Page.get_first_root_node())
    assert "/ngoai-trang/" not in listed(client)
    assert client.get("/ngoai-trang/").status_code == 404


def test_the_sitemap_takes_as_many_queries_for_many_pages(
    client: Client, tree: factories.Tree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        factories.information(f"Trang {number}")
    with django_assert_max_num_queries(24):
        client.get("/sitemap.xml")
    with django_assert_max_num_queries(3):
        client.get("/sitemap-informationpage.xml")


def test_robots_are_told_of_the_sitemap(client: Client) -> None:
    assert "\nSitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_the_newest_of_what_is_visible(
    address: str, client: Client, tree: factories.Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Một & hai", "Ba <b>"):
        FEEDS[address](name)
    client.get(address)
    with django_assert_num_queries(3 if address == "/tin-tuc.atom" else 2):  # with notes, and topics
        assert entries(client, address) == ["Ba <b>", "Một & hai"]
    feed = tree_of(client, address)
    assert feed.findtext("a:author/a:name", namespaces=NAMES) == "Minh Bạch"
    assert feed.find("a:link[@rel='self']", NAMES).attrib["href"] == f"http://testserver{address}"  # type: ignore[union-attr]
    assert client.get(address).headers["Content-Type"].startswith("application/atom+xml")


@pytest.mark.parametrize("address", FEEDS)
def test_an_entry_keeps_its_id_when_its_page_moves(
    address: str, client: Client, tree: factories.Tree
) -> None:
    page = FEEDS[address]("Một")
    before = tree_of(client, address).findtext("a:entry/a:id", namespaces=NAMES)
    page.slug = "khac"
    page.save_revision().publish()
    feed = tree_of(client, address)
    assert feed.findtext("a:entry/a:id", namespaces=NAMES) == before == f"urn:uuid:{page.translation_key}"
    assert feed.find("a:entry/a:link", NAMES).attrib["href"].endswith("/khac/")  # type: ignore[union-attr]


@pytest.mark.parametrize("address", FEEDS)
def test_the_list_of_a_feed_names_it(address: str, client: Client, tree: factories.Tree) -> None:
    html = client.get(f"{address.removesuffix('.atom')}/").content.decode()
    assert 'rel="alternate" type="application/atom+xml"' in html
    assert f'href="{address}"' in html


def test_a_feed_is_short(client: Client, tree: factories.Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    assert feeds.ENTRIES == 50
    monkeypatch.setattr(feeds, "ENTRIES", 3)
    for number in range(5):
        factories.decision(f"{number}/QĐ-UBND", f"Quyết định {number}", date_signed=date(2025, 6, 5))
    assert entries(client, "/quyet-dinh.atom") == ["Quyết định 4", "Quyết định 3", "Quyết định 2"]


def test_case_13_a_feed_gives_the_day_as_the_page_does(client: Client, tree: factories.Tree) -> None:
    factories.article(date=date(2025, 6, 5))
    feed = tree_of(client, "/tin-tuc.atom")
    assert feed.findtext("a:entry/a:published", namespaces=NAMES) == "2025-06-05T00:00:00+07:00"


def unpublish(page: Page) -> None:
    page.unpublish()


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)


def expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("hide", [unpublish, restrict, expire, Page.delete])
@pytest.mark.parametrize("address", FEEDS)
def test_case_2_what_is_hidden_is_in_no_feed_and_no_sitemap(
    address: str, hide: Callable[[Page], None], client: Client, tree: factories.Tree
) -> None:
    page = FEEDS[address]("zebra7101")
    page.title = "zebra7102"
    page.save_revision()
    assert entries(client, address) == ["zebra7101"]
    section = f"/sitemap-{page._meta.model_name}.xml"
    assert page.url in client.get(section).content.decode()
    hide(page)
    assert entries(client, address) == []
    assert page.url not in client.get(section).content.decode()


def test_a_scheduled_page_is_in_no_feed(client: Client, tree: factories.Tree) -> None:
    page = factories.article("zebra7101", live=False, go_live_at=timezone.now() + timedelta(days=1))
    page.save_revision().publish()
    assert entries(client, "/tin-tuc.atom") == []
    assert page.url not in listed(client)
