"""The editor of a collection: its live count, whom that answers, what is refused and what is said."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.collections import checks
from home.models import CollectionPage
from portal import roles
from procedures import merging
from procedures.models import Sector
from tests import editing, factories, people
from tests.factories import Tree
from tests.home.factories_collections import collection, form

pytestmark = pytest.mark.once

KIND = "home/collectionpage"


@pytest.fixture
def admin(client: Client, tree: Tree) -> Client:
    """Return a client who may do everything."""
    client.force_login(factories.administrator())
    return client


def counted(client: Client, address: str, **fields: Any) -> BeautifulSoup:
    """Return what the count answers to a form."""
    response = client.post(address, editing.flat(form(**fields)))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def on_add(tree: Tree) -> str:
    return reverse("collection_count_on_add", args=[tree.home.pk])


def test_a_new_page_is_counted_as_one_chooses(admin: Client, tree: Tree) -> None:
    for number in range(7):
        factories.procedure(f"Việc {number}", levels=("xa",))
    factories.procedure("Việc của tỉnh", levels=("tinh",))
    html = counted(admin, on_add(tree), title="", types=["procedure"], levels=["xa"], limit="6")
    total = html.select_one(".mb-collecting__total")
    assert total and " 7 " in total.text and ", " in total.text and " 6 " in total.text
    assert [item.text for item in html.select("ol li")] == [f"Việc {number}" for number in (6, 5, 4, 3, 2)]
    assert not CollectionPage.objects.exists()


def test_a_type_that_lacks_a_filter_is_named(admin: Client, tree: Tree) -> None:
    factories.article()
    html = counted(admin, on_add(tree), types=["article", "procedure"], levels=["xa"])
    said = html.select_one(".mb-collecting__lacking")
    assert said and "Tin tức" in said.text and "Thủ tục" not in said.text


def test_the_count_takes_few_queries(admin: Client, tree: Tree) -> None:
    for number in range(8):
        factories.procedure(f"Việc {number}")
        factories.article(f"Tin {number}")
    data = editing.flat(form(sectors=["ho-tich"], words="viec"))
    admin.post(on_add(tree), data)
    with CaptureQueriesContext(connection) as captured:
        admin.post(on_add(tree), data)
    assert len(captured) <= 35
    asked = [query for query in captured if "day_of_page" in query["sql"] or "COUNT" in query["sql"]]
    assert len(asked) <= 2  # of procedures alone: no other type has a sector


def test_what_cannot_be_asked_is_said_and_not_counted(admin: Client, tree: Tree) -> None:
    page = collection()
    address = reverse("collection_count_on_edit", args=[page.pk])
    html = counted(admin, address, limit="0", since="2025-02-01", until="2025-01-01")
    assert len(html.select(".mb-collecting__errors li")) == 2
    assert not html.select("ol")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"limit": "0"}, "limit"),
    ({"limit": "501"}, "limit"),
    ({"limit": "9" * 50}, "limit"),
    ({"limit": "mười"}, "limit"),
    ({"types": ["procedure", "user"]}, "types"),
    ({"levels": ["' OR 1=1 --"]}, "levels"),
    ({"sectors": ["khong-co"]}, "sectors"),
    ({"sectors": [f"s-{number}" for number in range(2000)]}, "sectors"),
    ({"since": "2025-02-01", "until": "2025-01-31"}, "until"),
    ({"since": "31/02/2025"}, "since"),
    ({"last_days": "0"}, "last_days"),
    ({"last_days": "100000"}, "last_days"),
    ({"last_days": "7", "since": "2025-01-01"}, "last_days"),
    ({"words": "!!! …"}, "words"),
    ({"words": "a" * 201}, "words"),
    ({"words": "a\x00b"}, "words"),
    ({"order": "pk; DROP"}, "order"),
    ({"display": "<script>"}, "display"),
]


def test_bad_values_are_errors_at_their_fields(admin: Client, tree: Tree) -> None:
    for wrong, field in WRONG:
        response = editing.add(admin, KIND, tree.home, form(**wrong))
        assert editing.errors(response) == [field], wrong
        answer = counted(admin, on_add(tree), **wrong)
        assert bool(answer.select(".mb-collecting__errors li")) == (field != "display"), wrong
    assert not CollectionPage.objects.exists()


def test_what_is_chosen_is_stored_and_shown_again(admin: Client, tree: Tree) -> None:
    factories.sector()
    data = form(types=["procedure"], sectors=["ho-tich"], words=" khai  sinh ", last_days="30")
    editing.add(admin, KIND, tree.home, data, "action-publish")
    page = CollectionPage.objects.get()
    assert (page.live, page.types, page.sectors) == (True, ["procedure"], ["ho-tich"])
    assert (page.words, page.last_days, page.limit, page.has_feed) == ("khai sinh", 30, 50, True)
    html = BeautifulSoup(admin.get(f"/admin/pages/{page.pk}/edit/").content, "html.parser")
    assert [box["value"] for box in html.select("[name=sectors][checked]")] == ["ho-tich"]
    panel = html.select_one("[data-collection-count]")
    assert panel and panel["data-url"] == reverse("collection_count_on_edit", args=[page.pk])


def test_a_value_that_is_gone_is_said_and_can_be_left_or_taken_out(admin: Client, tree: Tree) -> None:
    page = collection(sectors=["khong-con"])
    html = admin.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert html.count("khong-con") >= 3  # the box, its name, and what is said of it
    assert admin.get(page.url).status_code == 200
    assert editing.edit(admin, page, form(sectors=["khong-con"])).status_code == 302
    editing.edit(admin, page, form(sectors=[]), "action-publish")
    page.refresh_from_db()
    assert page.sectors == []


def test_a_merged_value_is_chosen_as_what_it_is_now(admin: Client, tree: Tree) -> None:
    factories.sector("Hộ tịch")
    page = collection(sectors=["ho-tich-cu"])
    merging.merge(Sector.objects.get(slug="ho-tich"), [factories.sector("Hộ tịch cũ")])
    html = BeautifulSoup(admin.get(f"/admin/pages/{page.pk}/edit/").content, "html.parser")
    assert [box["value"] for box in html.select("[name=sectors][checked]")] == ["ho-tich"]
    assert "ho-tich-cu" in str(
        html.select_one("#panel-child-content-child-what_is_collected-section") or html
    )


def test_only_who_may_edit_or_add_gets_a_count(client: Client, tree: Tree) -> None:
    page = collection()
    addresses = [on_add(tree), reverse("collection_count_on_edit", args=[page.pk])]
    data = editing.flat(form())
    assert {client.post(address, data).status_code for address in addresses} == {302}
    reader = people.logged_in(people.person(roles.REVIEWER, "doc"))
    reviewer = [reader.post(address, data) for address in addresses]
    assert all(b"mb-collecting" not in response.content for response in reviewer)
    publisher = people.logged_in(people.person(roles.PUBLISHER, "duyet"))
    assert {publisher.post(address, data).status_code for address in addresses} == {200}
    assert publisher.get(addresses[0]).status_code == 405


def test_the_count_is_for_collections_below_what_may_have_them(admin: Client, tree: Tree) -> None:
    data = editing.flat(form())
    article = factories.article()
    below_news = reverse("collection_count_on_add", args=[tree.news.pk])
    assert admin.post(below_news, data).status_code == 302  # Wagtail's answer to who may not
    assert admin.post(reverse("collection_count_on_edit", args=[article.pk]), data).status_code == 404
    assert admin.post(reverse("collection_count_on_edit", args=[999_999]), data).status_code == 404
    assert admin.post(on_add(tree), {}).status_code == 200


def test_before_publication_it_is_said_what_is_gone_and_that_nothing_is_found(tree: Tree) -> None:
    factories.procedure()
    page = collection(sectors=["khong-con"])
    found = [*checks.gone(page), *checks.empty(page)]
    assert [finding.field for finding in found] == ["sectors", "types"]
    assert "khong-con" in str(found[0].sentence)
    assert not any(finding.blocks for finding in found)
    page = collection("Hộ tịch", sectors=["ho-tich"])
    assert not [*checks.gone(page), *checks.empty(page)]
