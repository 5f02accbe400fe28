"""The dictionary, best bets and the list of their changes, as editors see and use them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from elasticsearch import Elasticsearch
from pytest_django import Settings
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from home.models import User
from search import bets, draining, lexicons, names, service
from search.admin import changes, trying
from search.models import BestBet, BestBetPage, SearchTerm
from tests import factories
from tests.search.conftest import Search
from tests.search.factories_words import bet, know, term

pytestmark = pytest.mark.django_db
TERMS, BETS = "wagtailsnippets_search_searchterm", "wagtailsnippets_search_bestbet"


@pytest.fixture(autouse=True)
def fresh(settings: Settings) -> Iterator[None]:
    """Read words and best bets with each search, and leave none behind."""
    settings.SEARCH_LEXICON_SECONDS = -1
    yield
    lexicons.forget()
    bets.forget()


@pytest.fixture
def person(db: None) -> User:
    return factories.administrator()


@pytest.fixture
def editor(client: Client, person: User) -> Client:
    """Return the browser of one who may do all of this."""
    client.force_login(person)
    return client


def data(**given: Any) -> dict[str, Any]:
    """Return what the form of a line sends."""
    usual = {
        "words": "cà vẹt",
        "official": "chứng nhận đăng ký xe",
        "kind": "everyday",
        "enabled": "on",
        "note": "",
    }
    return {name: value for name, value in (usual | given).items() if value is not None}


def add(editor: Client, **given: Any) -> Any:
    return editor.post(reverse(f"{TERMS}:add"), data(**given))


def edit(editor: Client, line: SearchTerm, **given: Any) -> Any:
    return editor.post(reverse(f"{TERMS}:edit", args=[line.pk]), data(**given))


def listed(editor: Client, **asked: str) -> list[str]:
    """Return the lines that the list shows."""
    response = editor.get(reverse(f"{TERMS}:list"), asked)
    return [row.words for row in response.context["object_list"]]


def sentences(response: Any) -> str:
    """Return the messages that a page was left with."""
    return "\n".join(str(message) for message in get_messages(response.wsgi_request))


# The dictionary


def test_a_line_is_saved_clean_with_who_and_when(editor: Client, person: User) -> None:
    before = timezone.now()
    assert add(editor, words="  cà  vẹt ").status_code == 302
    line = SearchTerm.objects.get()
    assert (line.words, line.updated_by, line.seeded) == ("cà vẹt", person, False)
    assert line.updated_at >= before


def test_a_refusal_stands_at_its_field(editor: Client) -> None:
    response = add(editor, official="Cà vẹt")
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"official"}
    assert not SearchTerm.objects.exists()


def test_warnings_come_after_saving(editor: Client) -> None:
    know("Cấp chứng nhận đăng ký xe", "Đổi chứng nhận cà vẹt")
    assert "“cà vẹt”" in sentences(add(editor))
    line = SearchTerm.objects.get()
    response = edit(editor, line, words="giấy tờ xe", official="cavet")
    assert "“cavet”" in sentences(response)
    assert "“giấy tờ xe”" not in sentences(response)


def test_the_list_is_filtered(editor: Client) -> None:
    term("htx", "hợp tác xã", kind="abbreviation", seeded=True)
    term("cà vẹt", enabled=False)
    assert listed(editor) == ["cà vẹt", "htx"]
    assert listed(editor, kind="abbreviation") == ["htx"]
    assert listed(editor, enabled="false") == ["cà vẹt"]
    assert listed(editor, seeded="true") == ["htx"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("cà vẹt", ["cà vẹt"]),
        ("ca vet", ["cà vẹt"]),
        ("CÀ VẸT", ["cà vẹt"]),
        ("đăng ký", ["cà vẹt"]),
        ("đăng kí", ["cà vẹt"]),
        ("hoà giải", ["xích mích"]),
        ("hoa giai", ["xích mích"]),
        ("cá vẹt", []),
    ],
)
def test_the_list_is_searched_with_and_without_marks(editor: Client, asked: str, found: list[str]) -> None:
    term()
    term("xích mích", "hòa giải ở cơ sở")
    assert listed(editor, q=asked) == found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported(editor: Client, kind: str) -> None:
    term(note="xe máy")
    response = editor.get(reverse(f"{TERMS}:list"), {"export": kind})
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    if kind == "csv":
        rows = list(csv.reader(body.decode("utf-8-sig").splitlines()))
        assert rows[1][:3] == ["cà vẹt", "chứng nhận đăng ký xe", "Everyday words"] or "xe máy" in rows[1]
    else:
        assert body.startswith(b"PK")


def test_the_address_may_bring_the_words(editor: Client) -> None:
    html = editor.get(reverse(f"{TERMS}:add"), {"words": "cà vẹt xe"}).content.decode()
    assert 'value="cà vẹt xe"' in html


def test_a_seeded_line_is_not_deleted(editor: Client) -> None:
    seeded, own = term(seeded=True), term("htx", "hợp tác xã")
    delete = reverse(f"{TERMS}:delete", args=[seeded.pk])
    assert delete not in editor.get(reverse(f"{TERMS}:list")).content.decode()
    assert delete not in editor.get(reverse(f"{TERMS}:edit", args=[seeded.pk])).content.decode()
    assert sentences(editor.post(delete))
    several = reverse("wagtail_bulk_action", args=["search", "searchterm", "delete"])
    response = editor.post(f"{several}?id={seeded.pk}&id={own.pk}")
    assert response.status_code == 302
    assert SearchTerm.objects.count() == 2
    assert edit(editor, seeded, enabled=None).status_code == 302
    seeded.refresh_from_db()
    assert (seeded.enabled, seeded.seeded) == (False, True)
    editor.post(reverse(f"{TERMS}:delete", args=[own.pk]))
    assert SearchTerm.objects.get() == seeded


def test_a_form_is_saved_by_its_button_only(editor: Client, tree: factories.Tree) -> None:
    for address in (
        reverse(f"{TERMS}:edit", args=[term().pk]),
        reverse(f"{BETS}:edit", args=[bet("khai sinh", tree.news).pk]),
        reverse(f"{TERMS}:add"),
        reverse(f"{BETS}:add"),
    ):
        html = editor.get(address).content.decode()
        assert "w-autosave-interval" not in html
        assert "w-unsaved" in html


def test_an_earlier_version_is_compared_and_brought_back(editor: Client, person: User) -> None:
    line = term(seeded=True, seed_line="cà vẹt\tchứng nhận đăng ký xe")
    edit(editor, line, official="đăng ký xe")
    first, second = line.revisions.order_by("pk")
    compare = reverse(f"{TERMS}:revisions_compare", args=[line.pk, first.pk, second.pk])
    assert "chứng nhận" in editor.get(compare).content.decode()
    assert editor.get(reverse(f"{TERMS}:history", args=[line.pk])).status_code == 200
    revert = reverse(f"{TERMS}:revisions_revert", args=[line.pk, first.pk])
    html = editor.get(revert).content.decode()
    assert 'value="chứng nhận đăng ký xe"' in html
    assert editor.post(revert, data()).status_code == 302
    line.refresh_from_db()
    assert (line.official, line.updated_by, line.seeded) == ("chứng nhận đăng ký xe", person, True)


# The trial


@pytest.fixture
def vehicles(tree: factories.Tree, index: Elasticsearch, search: Search) -> None:
    """Publish procedures of which one is meant by a word that no name has."""
    for name in ("Đăng ký xe lần đầu", "Đăng ký khai sinh", "Cấp giấy phép xây dựng"):
        factories.procedure(name)
    draining.drain()
    index.indices.refresh(index=names.alias())


@pytest.mark.usefixtures("vehicles")
def test_a_line_is_tried_before_it_is_saved(editor: Client) -> None:
    response = editor.post(
        reverse(trying.TRY_RESULTS), data(words="cà vẹt", official="đăng ký xe") | {"query": "làm cà vẹt"}
    )
    trial = response.context["trial"]
    assert response.status_code == 200
    assert [tried.result.title for tried in trial.after][:1] == ["Đăng ký xe lần đầu"]
    assert trial.after[0].is_new
    assert trial.before == ()
    assert any("đăng ký xe" in reading for reading in trial.readings)
    assert trial.changes
    assert not SearchTerm.objects.exists()


@pytest.mark.usefixtures("vehicles")
def test_a_saved_line_is_tried_as_the_form_has_it(editor: Client) -> None:
    line = term("cà vẹt", "đăng ký xe")
    sent = data(words="cà vẹt", official="giấy phép xây dựng") | {"query": "cà vẹt", "term": line.pk}
    trial = editor.post(reverse(trying.TRY_RESULTS), sent).context["trial"]
    assert trial.before == ()
    assert [tried.result.title for tried in trial.after] == ["Cấp giấy phép xây dựng"]


@pytest.mark.usefixtures("vehicles")
def test_words_are_tried_on_a_page_of_its_own(editor: Client) -> None:
    assert "trial" not in editor.get(reverse(trying.TRY)).context
    asked = {"words": "giấy tờ xe", "official": "đăng ký xe", "query": "khai sinh"}
    response = editor.get(reverse(trying.TRY), asked)
    assert not response.context["trial"].changes
    assert response.content.decode().count("Đăng ký khai sinh") == 2


@pytest.mark.parametrize(
    "given", [{"words": ""}, {"official": ""}, {"query": ""}, {"query": "a" * 1001}, {"term": "x"}]
)
def test_what_is_missing_is_said_in_a_sentence(editor: Client, given: dict[str, str]) -> None:
    response = editor.post(reverse(trying.TRY_RESULTS), data() | {"query": "xe"} | given)
    assert response.status_code == 200
    assert "trial" not in response.context
    assert service.UNAVAILABLE not in response.context["sentences"]
    assert "<p>" in response.content.decode()


def test_a_search_that_is_down_is_said_in_a_sentence(editor: Client, settings: Settings) -> None:
    settings.SEARCH_INDEX = "there-is-none"
    response = editor.post(reverse(trying.TRY_RESULTS), data() | {"query": "xe"})
    assert response.status_code == 200
    assert len(response.context["sentences"]) == 1


# Best bets


@pytest.fixture
def pages(tree: factories.Tree) -> tuple[int, int]:
    return factories.information("Một").pk, factories.information("Hai").pk


def bet_data(*rows: tuple[int | str, str], **given: Any) -> dict[str, Any]:
    """Return what the form of a best bet sends."""
    sent: dict[str, Any] = {
        "query": "khai sinh",
        "match": "exact",
        "pages-TOTAL_FORMS": len(rows),
        "pages-INITIAL_FORMS": 0,
        "pages-MIN_NUM_FORMS": 1,
        "pages-MAX_NUM_FORMS": 1000,
    }
    for place, (page, action) in enumerate(rows):
        sent |= {
            f"pages-{place}-page": page,
            f"pages-{place}-action": action,
            f"pages-{place}-ORDER": place + 1,
            f"pages-{place}-DELETE": "",
        }
    return sent | given


def add_bet(editor: Client, *rows: tuple[int | str, str], **given: Any) -> Any:
    return editor.post(reverse(f"{BETS}:add"), bet_data(*rows, **given))


def test_a_best_bet_belongs_to_whoever_makes_it(editor: Client, person: User, pages: tuple[int, int]) -> None:
    form = editor.get(reverse(f"{BETS}:add"), {"query": "sổ đỏ"}).context["form"]
    assert (form["owner"].value(), form["query"].value()) == (person.pk, "sổ đỏ")
    response = add_bet(editor, (pages[0], "pin"), (pages[1], "hide"), owner=person.pk)
    assert response.status_code == 302
    made = BestBet.objects.get()
    assert made.owner == person
    assert bets.bets_for("Khai Sinh") == bets.Bets((pages[0],), frozenset({pages[1]}))


def test_a_best_bet_without_pages_is_refused(editor: Client, pages: tuple[int, int]) -> None:
    assert add_bet(editor).status_code == 200
    assert add_bet(editor, ("", "pin")).status_code == 200
    assert add_bet(editor, (pages[0], "pin"), **{"pages-0-DELETE": "1"}).status_code == 200
    assert not BestBet.objects.exists()


def test_a_page_first_and_not_at_all_is_refused(editor: Client, pages: tuple[int, int]) -> None:
    response = add_bet(editor, (pages[0], "pin"), (pages[0], "hide"))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not BestBet.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [({"query": "?!"}, "query"), ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "ends_on")],
)
def test_a_bad_best_bet_is_refused(
    editor: Client, pages: tuple[int, int], given: dict[str, str], field: str
) -> None:
    response = add_bet(editor, (pages[0], "pin"), **given)
    assert field in response.context["form"].errors
    assert not BestBet.objects.exists()


def test_the_list_shows_which_are_active(editor: Client, tree: factories.Tree) -> None:
    today = bets.today()
    bet("khai sinh", tree.news, ends_on=today - timedelta(days=1))
    bet("khai tử", tree.news, starts_on=today, ends_on=today)
    html = editor.get(reverse(f"{BETS}:list")).content.decode()
    ended, active = html.rsplit("khai tử</span>", 1)
    assert "Không" in ended.rsplit("khai sinh", 1)[1]
    assert "Có" in active.split("</tr>")[0]


# The list of changes


def report(editor: Client, **asked: str) -> list[Any]:
    return list(editor.get(reverse(changes.LIST), asked).context["object_list"])


def shown(editor: Client, **asked: str) -> str:
    return editor.get(reverse(changes.LIST), asked).content.decode()


def test_changes_are_listed_the_newest_first(editor: Client, person: User, pages: tuple[int, int]) -> None:
    add(editor)
    add_bet(editor, (pages[0], "pin"))
    entries = report(editor)
    assert [entry.label for entry in entries] == ["khai sinh", "cà vẹt → chứng nhận đăng ký xe"]
    assert {entry.user for entry in entries} == {person}
    assert reverse(changes.LIST) in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_a_change_shows_what_was_before(editor: Client, pages: tuple[int, int]) -> None:
    line = term(seeded=True)  # not made by a person, so it has no version yet
    edit(editor, line, official="đăng ký xe lần đầu", enabled=None)
    (entry,) = report(editor)
    assert [difference.field.name for difference in entry.differences] == ["official", "enabled"]
    html = shown(editor)
    assert '<span class="deletion">chứng nhận đăng ký xe</span>' in html
    assert '<span class="deletion">Có</span><span class="addition">Không</span>' in html
    add_bet(editor, (pages[0], "pin"))
    made = BestBet.objects.get()
    sent = bet_data((pages[0], "pin"), (pages[1], "hide"))
    sent |= {"pages-INITIAL_FORMS": 1, "pages-0-id": BestBetPage.objects.get().pk}
    editor.post(reverse(f"{BETS}:edit", args=[made.pk]), sent)
    newest = report(editor)[0]
    assert [difference.is_child_relation for difference in newest.differences] == [True]
    assert "Hai" in shown(editor)


def test_a_deleted_line_stays_in_the_list(editor: Client) -> None:
    add(editor)
    edit(editor, SearchTerm.objects.get(), official="đăng ký xe")
    editor.post(reverse(f"{TERMS}:delete", args=[SearchTerm.objects.get().pk]))
    assert [entry.action for entry in report(editor)] == ["wagtail.delete", "wagtail.edit", "wagtail.create"]
    assert shown(editor).count("cà vẹt → đăng ký xe") == 2


def test_what_people_say_is_in_it_and_other_pages_are_not(
    editor: Client, person: User, tree: factories.Tree
) -> None:
    page = factories.procedure("Đăng ký khai sinh")
    log(page, "procedures.phrasings", user=person, data={"added": ["làm giấy cho bé"], "removed": []})
    log(page, "wagtail.edit", user=person)
    assert [entry.action for entry in report(editor)] == ["procedures.phrasings"]
    assert "làm giấy cho bé" in shown(editor)


def test_changes_are_filtered_by_type_and_day(editor: Client, pages: tuple[int, int]) -> None:
    add(editor)
    add_bet(editor, (pages[0], "pin"))
    ModelLogEntry.objects.filter(label="khai sinh").update(timestamp=timezone.now() - timedelta(days=3))
    assert [entry.label for entry in report(editor, kind="bestbet")] == ["khai sinh"]
    assert report(editor, kind="phrasing") == []
    today = timezone.localdate().isoformat()
    found = report(editor, timestamp_from=today)
    assert [entry.label for entry in found] == ["cà vẹt → chứng nhận đăng ký xe"]


def test_the_list_of_changes_is_exported(editor: Client) -> None:
    add(editor)
    response = editor.get(reverse(changes.LIST), {"export": "csv"})
    assert "cà vẹt" in b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


# Who may


def test_who_may_do_nothing_of_this_sees_nothing(client: Client) -> None:
    group = Group.objects.create(name="Khách")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("khach", password="mat-khau-thu")
    user.groups.add(group)
    client.force_login(user)
    for address in (
        reverse(changes.LIST),
        reverse(trying.TRY),
        reverse(f"{TERMS}:add"),
        reverse(f"{BETS}:list"),
    ):
        assert client.get(address).status_code in {302, 403}
    assert client.post(reverse(trying.TRY_RESULTS), {}).status_code in {302, 403}
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(changes.LIST) not in html
    assert reverse(trying.TRY) not in html


def test_who_may_change_words_sees_their_changes(
    editor: Client, client: Client, pages: tuple[int, int]
) -> None:
    add(editor)
    add_bet(editor, (pages[0], "pin"))
    group = Group.objects.create(name="Từ điển")
    group.permissions.add(
        Permission.objects.get(codename="access_admin"), Permission.objects.get(codename="change_searchterm")
    )
    user = User.objects.create_user("tu-dien", password="mat-khau-thu")
    user.groups.add(group)
    client.force_login(user)
    assert [entry.label for entry in report(client)] == ["cà vẹt → chứng nhận đăng ký xe"]
