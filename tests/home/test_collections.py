"""Collections as the public sees them: what is found, in which order, how it is shown, the feed."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.collections.query import FACETS, SEARCHED, find
from home.documents import CollectionSource
from home.models import CollectionPage
from procedures import merging
from procedures.models import Agency
from search import documents
from search.parameters import parse
from tests import counting, factories
from tests.factories import Tree
from tests.home.factories_collections import collection


def read(client: Client, address: str) -> BeautifulSoup:
    """Return a page that is there."""
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: CollectionPage) -> list[str]:
    """Return what a collection finds, in its order."""
    pages = {row.pk: row.source.model for row in find(page.query).rows}
    return [model.objects.get(pk=pk).title for pk, model in pages.items()]


@pytest.fixture
def content(tree: Tree) -> None:
    """Make some of each type."""
    factories.procedure("Đăng ký khai sinh", levels=("xa",), online_service="full")
    factories.procedure("Đăng ký kết hôn", levels=("xa", "tinh"), sectors=("Hộ tịch", "Hôn nhân"))
    factories.procedure("Cấp giấy phép", levels=("tinh",), sectors=("Xây dựng",), audiences=("doanh-nghiep",))
    factories.procedure("Cấp hộ chiếu", levels=(), status="bai-bo", agencies=("Công an tỉnh",))
    factories.decision(date_signed=date(2024, 5, 1), issuer=factories.agency("Công an tỉnh"))
    factories.article("Đăng ký khai sinh qua mạng", date=date(2025, 6, 2))
    factories.information("Giới thiệu", updated_on=date(2023, 1, 1))


ASKED: list[tuple[dict[str, Any], set[str]]] = [
    ({"types": ["procedure"], "levels": ["xa"]}, {"Đăng ký khai sinh", "Đăng ký kết hôn"}),
    ({"levels": ["xa", "chua-xac-dinh"], "statuses": ["bai-bo"]}, {"Cấp hộ chiếu"}),
    ({"sectors": ["ho-tich", "xay-dung"], "levels": ["tinh"]}, {"Đăng ký kết hôn", "Cấp giấy phép"}),
    ({"sectors": ["ho-tich", "hon-nhan"], "online": ["full"]}, {"Đăng ký khai sinh"}),
    ({"agencies": ["cong-an-tinh"]}, {"Cấp hộ chiếu", "Công bố danh mục thủ tục hành chính"}),
    ({"audiences": ["doanh-nghiep"]}, {"Cấp giấy phép"}),
    ({"words": "khai sinh dang ky"}, {"Đăng ký khai sinh", "Đăng ký khai sinh qua mạng"}),
    ({"words": "KHAI SINH", "types": ["article"]}, {"Đăng ký khai sinh qua mạng"}),
    ({"words": "khai si"}, set()),
    ({"since": date(2024, 5, 1), "until": date(2025, 6, 1)}, {"Công bố danh mục thủ tục hành chính"}),
    ({"types": ["page"], "until": date(2023, 1, 1)}, {"Giới thiệu"}),
    ({"types": ["article"], "levels": ["xa"]}, set()),
    ({"sectors": ["khong-con"]}, set()),
]


def test_what_is_asked_for_is_found(content: None) -> None:
    for asked, found in ASKED:
        page = CollectionPage(title="Mới", **asked)
        assert set(titles(page)) == found, asked
        assert find(page.query).total == len(found)


def test_of_the_last_days(tree: Tree) -> None:
    today = timezone.localdate()
    factories.article("Hôm nay", date=today)
    factories.article("Ba ngày trước", date=today - timedelta(days=3))
    factories.article("Tuần trước", date=today - timedelta(days=8))
    assert titles(collection(types=["article"], last_days=3)) == ["Hôm nay", "Ba ngày trước"]


def test_only_what_is_visible_is_found_and_counted(tree: Tree) -> None:
    factories.article("Thấy")
    factories.article("Nháp", live=False)
    factories.article("Hết hạn", expire_at=timezone.now() - timedelta(minutes=1))
    hidden = factories.information("Nội bộ")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    collection("Trong nội bộ", hidden)
    page = collection()
    found = find(page.query)
    assert found.total == 1
    assert titles(page) == ["Thấy"]
    factories.article("Thấy ngay")
    assert find(page.query).total == 2


def test_the_newest_come_first_over_all_types_or_names_from_a_to_z(tree: Tree) -> None:
    factories.article("Đá", date=date(2025, 2, 1))
    factories.decision("1/QĐ", "Ếch", date_signed=date(2025, 3, 1))
    factories.decision("2/QĐ", "Không ngày")
    factories.article("Dê", date=date(2025, 1, 1))
    two = ["article", "decision"]
    assert titles(collection(types=two)) == ["Ếch", "Đá", "Dê", "Không ngày"]
    assert titles(collection(types=two, order="name")) == ["Đá", "Dê", "Ếch", "Không ngày"]
    assert titles(collection(types=two, order="name", limit=2)) == ["Đá", "Dê"]
    few = find(collection(types=two, limit=3).query)
    assert (len(few.rows), few.total) == (3, 4)


def test_what_applies_elsewhere_only_comes_last(tree: Tree) -> None:
    factories.procedure("Của ta")
    factories.procedure("A của Lào Cai", local_to="Lào Cai")
    for order in ("newest", "name"):
        assert titles(collection(types=["procedure"], order=order)) == ["Của ta", "A của Lào Cai"]


def test_a_merged_agency_is_followed(content: None) -> None:
    page = collection(agencies=["cong-an-tinh", "khong-con"])
    assert find(page.query).total == 2
    merging.merge(factories.agency("Bộ Công an"), [Agency.objects.get(slug="cong-an-tinh")])
    assert dict(page.query.filters)["agency"] == ("bo-cong-an", "khong-con")
    assert find(page.query).total == 2


def test_a_list_says_how_many_how_new_and_where_to_search(client: Client, content: None) -> None:
    page = collection(lead="Tự cập nhật.", types=["procedure"], levels=["xa"], words="dang ky", limit=1)
    html = read(client, page.url)
    assert [strong.text for strong in html.select("#total strong")] == ["1", "2"]
    assert html.select_one("time")["datetime"] == timezone.localdate().isoformat()  # type: ignore[index]
    assert html.select(".mb-result__title a")[0]["href"].startswith("/thu-tuc/")  # type: ignore[union-attr]
    search = html.select_one("main a[href^='/tim-kiem/']")
    assert search and search["href"] == "/tim-kiem/?q=dang+ky&type=procedure&level=xa&sort=newest"


def test_the_search_understands_the_whole_query(content: None) -> None:
    asked = {facet: [next(iter(documents.choices[facet].every()))] for facet in SEARCHED}
    fields: dict[str, Any] = {FACETS[facet]: values for facet, values in asked.items()}
    query = CollectionPage(types=["article", "page"], words="mới", order="name", **fields).query
    parsed = parse(QueryDict(urlsplit(query.search_address).query))
    assert not parsed.errors
    assert {facet: list(parsed.parameters.chosen(facet)) for facet in SEARCHED} == asked
    assert parsed.parameters.chosen("type") == ("article", "page")
    assert query.is_searchable
    for beyond in ({"online": ["full"]}, {"last_days": 3}, {"until": date(2025, 1, 1)}):
        assert not CollectionPage(**beyond).query.is_searchable


def test_a_table_has_a_caption_and_heads(client: Client, content: None) -> None:
    page = collection("Hộ tịch", types=["procedure"], sectors=["ho-tich"], display="table", order="name")
    table = read(client, page.url).select_one("table")
    assert table and table.caption and table.caption.text == "Hộ tịch"
    heads = table.select("thead th")
    assert all(head["scope"] == "col" for head in heads)
    row = table.select("tbody tr")[0]
    assert [head["scope"] for head in row.select("th")] == ["row"]
    assert [cell["data-label"] for cell in row.select("td")] == [head.text for head in heads[1:]]


def test_cards_have_the_pictures_of_articles(client: Client, content: None) -> None:
    page = collection(types=["article", "decision"], display="cards")
    cards = read(client, page.url).select(".mb-card")
    assert len(cards) == 2
    assert not cards[0].select("img")


def test_pages_of_twenty_within_the_limit(client: Client, tree: Tree) -> None:
    for number in range(24):
        factories.article(f"Tin {number}")
    page = collection(types=["article"], limit=23)
    assert len(read(client, page.url).select(".mb-result")) == 20
    assert len(read(client, f"{page.url}?page=2").select(".mb-result")) == 3
    for wrong in ("3", "0", "-1", "x", "9" * 300):
        assert client.get(page.url, {"page": wrong}).status_code == 400


@pytest.mark.parametrize("display", ["list", "cards", "table"])
def test_a_page_takes_as_many_queries_for_twenty_as_for_two(client: Client, tree: Tree, display: str) -> None:
    page = collection(types=["procedure", "article"], display=display)
    for number in range(2):
        factories.procedure(f"Việc {number}")
        factories.article(f"Tin {number}")
    few = counting.queries(client, page.url)
    for number in range(2, 9):
        factories.procedure(f"Việc {number}")
        factories.article(f"Tin {number}")
    assert counting.queries(client, page.url) <= few
    assert few <= 40


def test_nothing_found_is_said(client: Client, tree: Tree) -> None:
    html = read(client, collection(words="khong he co").url)
    assert html.select_one("#total")
    assert not html.select(".mb-rows, .govuk-pagination")


def test_the_frame_may_be_english(client: Client, content: None) -> None:
    page = collection("Mới", display="table")
    html = read(client, f"/en{page.url}")
    assert html.h1 and html.h1.span and html.h1.span["lang"] == "vi"
    assert all(str(link["href"]).startswith("/en/") for link in html.select("tbody a"))


def test_the_feed_has_the_newest_whatever_the_order(client: Client, tree: Tree) -> None:
    factories.article("Ất <b>", date=date(2024, 1, 1), lead="Đoạn <i>dẫn</i>")
    factories.article("Giáp", date=date(2025, 1, 1))
    page = collection(types=["article"], order="name", limit=1)
    response = client.get(f"{page.url}tin.atom", follow=True)
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = BeautifulSoup(response.content, "xml")
    assert [str(entry.title and entry.title.text) for entry in feed.select("entry")] == ["Giáp", "Ất <b>"]
    assert feed.select("entry summary")[1].text == "Đoạn &lt;i&gt;dẫn&lt;/i&gt;"


def test_without_feed_there_is_none(client: Client, tree: Tree) -> None:
    page = collection(has_feed=False)
    assert client.get(f"{page.url}tin.atom", follow=True).status_code == 404
    assert not read(client, page.url).select("link[type='application/atom+xml']")


def test_who_may_not_see_the_page_does_not_see_its_feed(client: Client, tree: Tree) -> None:
    page = collection()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert b"<feed" not in client.get(f"{page.url}tin.atom", follow=True).content


def test_machines_read_a_list_of_items(client: Client, content: None) -> None:
    data = read(client, collection(types=["article"]).url).find_all("script", type="application/ld+json")
    assert any('"@type":"CollectionPage"' in str(each) and '"numberOfItems":1' in str(each) for each in data)


def test_it_is_searched_as_a_page_of_information_and_stands_in_the_sitemap(
    client: Client, tree: Tree
) -> None:
    page = collection("Mới", lead="Tự cập nhật.", body=[{"type": "text", "value": "<p>Thân bài.</p>"}])
    document = next(iter(CollectionSource().documents([page.pk])))
    assert (document.type, document.summary, document.body) == ("page", "Tự cập nhật.", "Thân bài.")
    assert document.date == timezone.localdate()
    assert documents.visible_among([page.pk], ["page"]) == {page.pk}
    assert documents.labels("type", ["page", "collection"]) == {"page": "Thông tin"}
    assert page.url in client.get("/sitemap-collectionpage.xml").content.decode()
