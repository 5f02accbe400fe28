"""An import in conflict with an editor: listed, shown side by side, decided part by part."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from home.models import User
from portal import roles
from procedures import conflict_admin
from procedures.importing.running import Run
from procedures.importing.side_by_side import rows
from procedures.models import ImportConflict, ImportedRecord, ProcedurePage
from search.models import OutboxEntry
from tests import factories
from tests.people import logged_in, person
from tests.procedures.records import Data, record, way, write

pytestmark = pytest.mark.django_db

OLD = record(conditions="Đủ 18 tuổi")
NEW = record(name="Đăng ký khai sinh mới", ways=[way(value=3)], conditions="Đủ 16 tuổi\nCó mặt")
CHOICES = {"name": "theirs", "channels": "theirs", "conditions": "ours"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


@pytest.fixture
def conflict(tree: factories.Tree, file: Path) -> ImportConflict:
    """Return a conflict: an editor changed the conditions, the source name, channels and conditions."""
    run(file, OLD)
    page = ProcedurePage.objects.get()
    page.conditions = "Đủ 18 tuổi, có căn cước <b>"
    page.save_revision().publish()
    assert run(file, NEW) == ["conflict"]
    return ImportConflict.objects.get()


def run(file: Path, *records: Data) -> list[str]:
    outcomes: list[str] = []
    Run(write(file, records), lambda result: outcomes.append(str(result.outcome))).execute()
    return outcomes


def editor(*actions: str) -> User:
    """Return one who may do this to pages below the home page."""
    group = Group.objects.create(name="Biên tập")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in actions:
        permission = Permission.objects.get(codename=f"{action}_page", content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=2), permission=permission)
    user = User.objects.create_user("bien-tap", password="mat-khau-thu")
    user.groups.add(group)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(conflict: ImportConflict) -> str:
    return reverse(conflict_admin.DECIDE, args=[conflict.pk])


def shown(conflict: ImportConflict) -> Data:
    return {"revision": conflict.page.latest_revision_id, "record": conflict.record_hash}


def test_the_report_lists_what_is_open(conflict: ImportConflict) -> None:
    client = client_of(factories.administrator())
    html = client.get(reverse(conflict_admin.LIST)).content.decode()
    assert "1.000001" in html
    assert address(conflict) in html
    assert reverse(conflict_admin.LIST) in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_parts_are_shown_side_by_side(conflict: ImportConflict) -> None:
    html = client_of(factories.administrator()).get(address(conflict)).content.decode()
    assert html.count("<fieldset") == 3
    assert "có căn cước &lt;" in html.replace("<del>", "").replace("</del>", "")
    assert "Có mặt" in html
    assert html.count('type="radio"') == 6
    assert html.count("checked") == 2  # the two parts that only the source has changed


def test_a_decision_is_carried_out_whole(conflict: ImportConflict, file: Path) -> None:
    user = factories.administrator()
    OutboxEntry.objects.all().delete()
    response = client_of(user).post(address(conflict), shown(conflict) | CHOICES)
    assert response.status_code == 302
    page = ProcedurePage.objects.get()
    assert (page.name, page.title) == ("Đăng ký khai sinh mới", "Đăng ký khai sinh mới")
    assert page.conditions == "Đủ 18 tuổi, có căn cước <b>"
    assert [channel.value["limit"]["value"] for channel in page.channels] == [3]
    assert page.live
    assert not page.has_unpublished_changes
    assert page.latest_revision.user == user
    assert OutboxEntry.objects.filter(page_id=page.pk).exists()
    conflict.refresh_from_db()
    assert (conflict.state, conflict.decided_by, conflict.decisions) == ("done", user, CHOICES)
    assert conflict.decided_at
    imported = ImportedRecord.objects.get()
    assert (imported.record_hash, imported.revision_id) == (conflict.record_hash, page.latest_revision_id)
    assert run(file, NEW) == ["unchanged"]


def test_what_was_kept_is_asked_about_again_only_when_its_source_changes(
    conflict: ImportConflict, file: Path
) -> None:
    client_of(factories.administrator()).post(address(conflict), shown(conflict) | CHOICES)
    assert run(file, NEW | {"also_in": ["x"]}) == ["unchanged"]
    assert run(file, NEW | {"conditions": "Đủ 14 tuổi"}) == ["conflict"]
    assert ProcedurePage.objects.get().conditions == "Đủ 18 tuổi, có căn cước <b>"


def test_all_ours_makes_no_revision(conflict: ImportConflict, file: Path) -> None:
    before = conflict.page.latest_revision_id
    choices = dict.fromkeys(CHOICES, "ours")
    client_of(factories.administrator()).post(address(conflict), shown(conflict) | choices)
    assert ProcedurePage.objects.get().latest_revision_id == before
    assert run(file, NEW) == ["unchanged"]


def test_who_may_not_publish_saves_a_draft(conflict: ImportConflict, file: Path) -> None:
    user = editor("change")
    assert client_of(user).post(address(conflict), shown(conflict) | CHOICES).status_code == 302
    page = ProcedurePage.objects.get()
    assert (page.live, page.has_unpublished_changes, page.name) == (True, True, "Đăng ký khai sinh")
    assert page.get_latest_revision_as_object().name == "Đăng ký khai sinh mới"
    assert run(file, NEW) == ["unchanged"]


def test_an_unfinished_draft_is_not_published(conflict: ImportConflict) -> None:
    page = ProcedurePage.objects.get()
    page.summary = "Chưa xong"
    page.save_revision()
    conflict.refresh_from_db()
    client_of(factories.administrator()).post(address(conflict), shown(conflict) | CHOICES | {"name": "ours"})
    page = ProcedurePage.objects.get()
    assert (page.summary, page.has_unpublished_changes) == ("", True)
    assert page.get_latest_revision_as_object().summary == "Chưa xong"


@pytest.mark.parametrize("actions", [(), ("add",)])
def test_who_may_not_edit_sees_nothing(conflict: ImportConflict, actions: tuple[str, ...]) -> None:
    client = client_of(editor(*actions))
    assert client.get(address(conflict)).status_code in {302, 403}
    assert client.post(address(conflict), shown(conflict) | CHOICES).status_code in {302, 403}
    assert "1.000001" not in client.get(reverse(conflict_admin.LIST)).content.decode()
    conflict.refresh_from_db()
    assert conflict.state == "open"
    assert Client().get(address(conflict)).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"channels": "mine"}, {"revision": 1}, {"record": "other"}, {"revision": "x"}],
)
def test_a_bad_or_late_choice_changes_nothing(conflict: ImportConflict, changes: Data) -> None:
    response = client_of(factories.administrator()).post(
        address(conflict), shown(conflict) | CHOICES | changes
    )
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    conflict.refresh_from_db()
    assert conflict.state == "open"
    assert ProcedurePage.objects.get().name == "Đăng ký khai sinh"


def test_a_locked_page_is_left(conflict: ImportConflict) -> None:
    locker = factories.administrator("khac")
    Page.objects.filter(pk=conflict.page_id).update(locked=True, locked_by=locker)
    response = client_of(factories.administrator()).post(address(conflict), shown(conflict) | CHOICES)
    assert response.status_code == 422
    assert ProcedurePage.objects.get().name == "Đăng ký khai sinh"


def test_a_decided_conflict_is_not_decided_again(conflict: ImportConflict) -> None:
    client = client_of(factories.administrator())
    data = shown(conflict) | CHOICES
    client.post(address(conflict), data)
    assert client.get(address(conflict)).status_code == 302
    assert client.post(address(conflict), data | {"conditions": "theirs"}).status_code == 302
    assert ProcedurePage.objects.get().conditions == "Đủ 18 tuổi, có căn cước <b>"


def test_a_page_made_by_hand(tree: factories.Tree, file: Path) -> None:
    page = factories.procedure("Đăng ký khai sinh", code="1.000001")
    assert run(file, OLD) == ["conflict"]
    conflict = ImportConflict.objects.get()
    client = client_of(factories.administrator())
    assert "checked" not in client.get(address(conflict)).content.decode()
    client.post(address(conflict), shown(conflict) | dict.fromkeys(conflict.parts, "theirs"))
    page.refresh_from_db()
    assert page.conditions == "Đủ 18 tuổi"
    assert run(file, OLD) == ["unchanged"]


def test_looking_writes_nothing(conflict: ImportConflict) -> None:
    client = client_of(factories.administrator())
    before = [
        list(model._base_manager.values())
        for model in (ProcedurePage, ImportConflict, ImportedRecord, OutboxEntry)
    ]
    client.get(address(conflict))
    after = [
        list(model._base_manager.values())
        for model in (ProcedurePage, ImportConflict, ImportedRecord, OutboxEntry)
    ]
    assert before == after


def test_side_by_side() -> None:
    def said(pieces: Any) -> str:
        return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)

    found = rows(["a", "Nộp hồ sơ", "c"], ["a", "Nộp đơn", "c", "d"])
    assert [(said(row.ours), said(row.theirs)) for row in found] == [
        ("a", "a"), ("Nộp [hồ sơ]", "Nộp [đơn]"), ("c", "c"), ("", "[d]"),
    ]  # fmt: skip
    same = [str(n) for n in range(20)]
    assert [row.skipped for row in rows([*same, "x"], [*same, "y"])] == [18, 0, 0, 0]
    assert rows([], []) == []


def test_where_pages_are_reviewed_a_decision_is_a_draft(conflict: ImportConflict) -> None:
    publisher = person(roles.PUBLISHER, "xuat-ban")
    logged_in(publisher).post(address(conflict), shown(conflict) | CHOICES)
    page = ProcedurePage.objects.get()
    assert page.has_unpublished_changes
    assert page.name == "Đăng ký khai sinh"
    assert page.get_latest_revision_as_object().name == "Đăng ký khai sinh mới"
