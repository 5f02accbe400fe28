"""No door shows what is hidden: every place where the public meets a page is looked at, all at once."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction, Workflow

from procedures.models import LifeEvent, ProcedureLifeEvent, ProcedurePage
from search import asked
from tests import factories
from tests.search.conftest import Search

WORD = "quagga"
"""Stands in the title, the sector, the agency and the life event of the page, and in no query."""
AWAY = "http://127.0.0.1:9"

Doors = dict[str, str]


@pytest.fixture
def page(tree: factories.Tree) -> ProcedurePage:
    """Return a procedure that every list, box, feed and filter shows, because nothing else is there."""
    factories.decision("77/QĐ-UBND", "Công bố danh mục")
    page = factories.procedure(
        f"zebra7101 {WORD}",
        sectors=(f"Lĩnh vực {WORD}",),
        agencies=(f"Sở {WORD}",),
        decision_number="77/QĐ-UBND",
    )
    page.life_event_links = [ProcedureLifeEvent(life_event=LifeEvent.objects.create(name=f"Sinh {WORD}"))]
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def doors(page: ProcedurePage) -> Doors:
    """Return the address of each door where the page is seen."""
    return {
        "the page": page.url,
        "the page in English": f"/en{page.url}",
        "its code": f"/thu-tuc/{page.code}/",
        "search": "/tim-kiem/?q=zebra7101",
        "all of the search": "/tim-kiem/",
        "suggestions": "/goi-y/?q=zebra",
        "suggested sectors": "/goi-y/?q=linh vuc",
        "suggested agencies": "/goi-y/?q=so",
        "API": "/api/v1/search?q=zebra7101",
        "counts of the API": "/api/v1/search",
        "home": "/",
        "list": "/thu-tuc/",
        "sectors": "/thu-tuc/linh-vuc/",
        "agencies": "/thu-tuc/co-quan/",
        "decision": "/quyet-dinh/77-qd-ubnd-cong-bo-danh-muc/",
        "feed": "/thu-tuc.atom",
        "sitemap": "/sitemap-procedurepage.xml",
    }


Seen = Callable[[], set[str]]


@pytest.fixture
def seen(client: Client, doors: Doors, search: Search) -> Seen:
    """Return a function that opens every door and returns those where the word is seen."""

    def look() -> set[str]:
        search()  # all changes are in the index
        return set(through(client, doors))

    return look


def through(client: Client, doors: Doors) -> Iterator[str]:
    for name, address in doors.items():
        response = client.get(address)
        assert response.status_code in (200, 302, 404), address
        said = response.content.decode()
        if name == "its code":
            said += response.headers.get("Location", "")
        if name.startswith("the page"):  # what was asked for is no news: where to go after a login
            said = said.replace(address.removeprefix("/en"), "") if response.status_code == 200 else ""
        if WORD in said:
            yield name


def hide_section(page: ProcedurePage) -> Callable[[], object]:
    restriction = PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    return restriction.delete


def hide_page(page: ProcedurePage) -> Callable[[], object]:
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="mo-cua"
    )
    return restriction.delete


def unpublish(page: ProcedurePage) -> Callable[[], object]:
    page.unpublish()
    return page.get_latest_revision().publish


def expire(page: ProcedurePage) -> Callable[[], object]:
    """Let its time end, and look before beat has come by."""
    page.expire_at = timezone.now() + timedelta(seconds=0.5)
    page.save_revision().publish()
    while timezone.now() <= page.expire_at:
        time.sleep(0.05)
    page.refresh_from_db()
    assert page.live

    def undo() -> None:
        page.expire_at = None
        page.save_revision().publish()

    return undo


@pytest.mark.parametrize("hide", [hide_section, hide_page, unpublish, expire])
def test_case_2_what_is_hidden_is_gone_from_every_door_and_comes_back(
    hide: Callable[[ProcedurePage], Callable[[], object]], seen: Seen, doors: Doors, page: ProcedurePage
) -> None:
    assert seen() == set(doors)
    show = hide(page)
    assert seen() == set()
    show()
    assert seen() == set(doors)


@pytest.mark.parametrize("hide", [hide_section, expire])
def test_case_2_nor_does_the_answer_without_elasticsearch_show_it(
    hide: Callable[[ProcedurePage], Callable[[], object]],
    client: Client,
    doors: Doors,
    page: ProcedurePage,
    settings: Settings,
) -> None:
    settings.ELASTICSEARCH_URL = [AWAY]
    asked_of_it = {name: doors[name] for name in ("search", "all of the search", "suggestions", "API")}
    assert set(through(client, asked_of_it)) == set(asked_of_it)
    hide(page)
    assert set(through(client, doors)) == set()


def test_case_1_words_of_drafts_and_of_moderation_are_at_no_door(
    search: Search, client: Client, tree: factories.Tree
) -> None:
    page = factories.procedure("zebra7001")
    doors = {
        "search": "/tim-kiem/?q=zebra7001",
        "page": page.url,
        "home": "/",
        "list": "/thu-tuc/",
        "suggestions": "/goi-y/?q=zebra",
        "API": "/api/v1/search",
        "feed": "/thu-tuc.atom",
        "sitemap": "/sitemap-procedurepage.xml",
    }
    page.name = f"zebra7001 {WORD}"
    page.summary = page.conditions = WORD
    page.slug = WORD
    page.save_revision()
    factories.procedure(f"Nháp {WORD}", live=False)
    factories.publish(ProcedurePage(name=f"Hẹn {WORD}", code="9.999999", live=False), tree.procedures)
    later = ProcedurePage.objects.get(code="9.999999")
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision().publish()
    Workflow.objects.get().start(page, factories.administrator())
    assert Page.objects.get(pk=page.pk).current_workflow_state
    search()
    assert set(through(client, doors)) == set()
    assert search(WORD).total == 0
    assert client.get("/goi-y/", {"q": WORD}).json()["suggestions"] == []
    assert client.get(f"/thu-tuc/{WORD}/").status_code == 404
    assert client.get("/thu-tuc/9.999999/").status_code == 404


def test_case_2_there_is_no_other_api(client: Client, page: ProcedurePage) -> None:
    for address in ("/api/v2/pages/?search=zebra7101", "/api/v1/pages/", f"/api/v1/pages/{page.pk}/"):
        assert client.get(address).status_code == 404


def test_case_2_what_was_opened_often_is_no_way_to_it(
    client: Client, page: ProcedurePage, search: Search
) -> None:
    for days in range(3):
        day = timezone.localdate() - timedelta(days=days)
        for _time in range(10):
            asked.add_search(day, "zebra7101", "", 1)
            asked.add_opened(day, "zebra7101", "", 1, page.pk)
    hide_section(page)
    search()
    for address in ("/tim-kiem/nhieu-nguoi-tim/", "/goi-y/?q=ze"):
        said = client.get(address).content.decode()
        assert WORD not in said
        assert page.slug not in said
