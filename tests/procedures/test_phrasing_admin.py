"""People's words in the admin: with the page's form, alone, in the log; and the report of what is missing."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import User
from procedures import phrasing_admin, phrasing_report
from procedures.models import Phrasing, ProcedurePage
from procedures.phrasings import lines_of
from search.models import OpenedDay
from tests import editing, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.administrator())
    return client


@pytest.fixture
def page(tree: factories.Tree) -> ProcedurePage:
    page = factories.procedure("Cấp thẻ đỗ xe", code="9.111111")
    Phrasing.objects.create(procedure=page, text="thẻ gửi xe")
    return page


def client_of(*actions: str) -> Client:
    """Return one who may do this to all pages."""
    group = Group.objects.create(name="Biên tập")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in actions:
        permission = Permission.objects.get(codename=f"{action}_page", content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=2), permission=permission)
    user = User.objects.create_user("bien-tap", password="mat-khau-thu")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def address(page: ProcedurePage) -> str:
    return reverse(phrasing_admin.EDIT, args=[page.pk])


def lines(wanted: str, shown: str = "thẻ gửi xe") -> dict[str, str]:
    return {"phrasing_lines_0": wanted, "phrasing_lines_1": shown}


def page_form(**fields: Any) -> dict[str, Any]:
    empty = {name: streamfield([]) for name in ("steps", "channels", "dossier", "results")}
    rows = ("sector_links", "agency_links", "legal_bases", "life_event_links", "comments")
    choices = {"status": "hieu-luc", "chain": "none", "online_service": "", "anywhere": ""}
    basics = {"code": "9.111111", "name": "Cấp thẻ đỗ xe", "slug": "the-do-xe"}
    return nested_form_data(basics | empty | choices | {name: inline_formset([]) for name in rows} | fields)


def edit_page(client: Client, page: ProcedurePage, data: dict[str, Any], **headers: Any) -> Any:
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, **headers)


def test_the_lines_stand_on_the_form_of_the_page(editor: Client, page: ProcedurePage) -> None:
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Người dân thường hỏi" in html
    assert 'name="phrasing_lines_0"' in html
    assert '<input type="hidden" name="phrasing_lines_1" value="thẻ gửi xe"' in html
    assert address(page) in html


@pytest.mark.parametrize("button", ["", "action-publish"])
def test_saving_the_page_stores_them_at_once(editor: Client, page: ProcedurePage, button: str) -> None:
    whole = editing.procedure(factories.agency(), **lines("thẻ gửi xe\r\nđỗ xe ở phố"))
    response = editing.edit(editor, page, whole, button)
    assert response.status_code == 302
    assert lines_of(page) == ("thẻ gửi xe", "đỗ xe ở phố")
    assert Phrasing.objects.get(text="đỗ xe ở phố").updated_by
    assert "phrasing_lines" not in str(page.get_latest_revision().content)


def test_a_new_page_has_its_lines_as_well(editor: Client, tree: factories.Tree) -> None:
    data = page_form(**lines("thẻ gửi xe", shown=""))
    editor.post(f"/admin/pages/add/procedures/procedurepage/{tree.procedures.pk}/", data)
    assert lines_of(ProcedurePage.objects.get(code="9.111111")) == ("thẻ gửi xe",)


def test_a_form_without_them_changes_nothing(editor: Client, page: ProcedurePage) -> None:
    assert edit_page(editor, page, page_form()).status_code == 302
    assert lines_of(page) == ("thẻ gửi xe",)


def test_a_preview_stores_nothing(editor: Client, page: ProcedurePage) -> None:
    response = editor.post(
        reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), page_form(**lines("khác"))
    )
    assert response.json()["is_valid"]
    assert lines_of(page) == ("thẻ gửi xe",)


def test_a_save_in_the_background_goes_on_from_what_it_stored(editor: Client, page: ProcedurePage) -> None:
    """The form stays open: what it wrote before and takes back now must go again."""
    accept = {"headers": {"accept": "application/json"}}
    first = edit_page(editor, page, page_form(**lines("thẻ gửi xe\nđỗ")), **accept).json()
    assert first["field_updates"]["phrasing_lines_1"] == "thẻ gửi xe\nđỗ"
    edit_page(
        editor, page, page_form(**lines("thẻ gửi xe\nđỗ xe", first["field_updates"]["phrasing_lines_1"]))
    )
    assert lines_of(page) == ("thẻ gửi xe", "đỗ xe")


def test_a_line_too_long_keeps_the_page_unsaved(editor: Client, page: ProcedurePage) -> None:
    response = edit_page(editor, page, page_form(**lines("a\n" + "b" * 201)))
    assert response.status_code == 200
    assert "Dòng 2 có 201 ký tự" in response.content.decode()
    assert lines_of(page) == ("thẻ gửi xe",)


def test_alone_they_need_no_version(editor: Client, page: ProcedurePage) -> None:
    revisions = page.revisions.count()
    response = editor.post(address(page), lines("đỗ xe ở phố"), follow=True)
    assert "Đã thêm 1 dòng. Đã bỏ 1 dòng." in response.content.decode()
    assert lines_of(page) == ("đỗ xe ở phố",)
    assert page.revisions.count() == revisions
    assert (
        "Không có gì thay đổi"
        in editor.post(address(page), lines("đỗ xe ở phố", "đỗ xe ở phố"), follow=True).content.decode()
    )


def test_the_change_stands_in_the_history(editor: Client, page: ProcedurePage) -> None:
    editor.post(address(page), lines("đỗ xe ở phố"))
    entry = PageLogEntry.objects.get(action="procedures.phrasings")
    assert entry.user.get_username() == "quan-tri"
    assert entry.data == {"added": ["đỗ xe ở phố"], "removed": ["thẻ gửi xe"]}
    html = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Người dân thường hỏi: Đã thêm 1 dòng. Đã bỏ 1 dòng." in html
    assert "+ đỗ xe ở phố" in html


def test_the_address_brings_a_line(editor: Client, page: ProcedurePage) -> None:
    html = editor.get(address(page), {"add": " chỗ  để xe <b>"}).content.decode()
    assert "thẻ gửi xe\nchỗ để xe &lt;b&gt;</textarea>" in html
    assert 'value="thẻ gửi xe"' in html
    assert lines_of(page) == ("thẻ gửi xe",)


def test_an_error_is_said_at_the_field(editor: Client, page: ProcedurePage) -> None:
    response = editor.post(address(page), lines("b" * 201))
    assert response.status_code == 422
    assert "Dòng 1 có 201 ký tự" in response.content.decode()


def test_one_comes_back_where_one_came_from(editor: Client, page: ProcedurePage) -> None:
    report = reverse(phrasing_report.LIST)
    assert f'name="next" value="{report}"' in editor.get(address(page), {"next": report}).content.decode()
    assert editor.post(address(page), lines("khác") | {"next": report})["Location"] == report
    assert editor.post(address(page), lines("a") | {"next": "https://x.example/"})["Location"] == address(
        page
    )


@pytest.mark.parametrize("actions", [(), ("add",)])
def test_who_may_not_edit_the_page_sees_nothing(page: ProcedurePage, actions: tuple[str, ...]) -> None:
    client = client_of(*actions)
    assert client.get(address(page)).status_code in {302, 403}
    assert client.post(address(page), lines("khác")).status_code in {302, 403}
    assert "9.111111" not in client.get(reverse(phrasing_report.LIST)).content.decode()
    assert lines_of(page) == ("thẻ gửi xe",)
    assert Client().get(address(page)).status_code == 302


def test_who_may_edit_the_page_writes(page: ProcedurePage) -> None:
    client = client_of("change")
    assert client.post(address(page), lines("khác")).status_code == 302
    assert lines_of(page) == ("khác",)
    listed = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()
    assert address(page) in listed


def test_a_page_of_another_kind_has_no_such_view(editor: Client, tree: factories.Tree) -> None:
    home = reverse(phrasing_admin.EDIT, args=[tree.home.pk])
    assert editor.get(home).status_code == 404
    assert home not in editor.get(reverse("wagtailadmin_explore", args=[tree.home.pk])).content.decode()


def test_the_report_lists_what_is_missing_the_most_opened_first(editor: Client, page: ProcedurePage) -> None:
    rare = factories.procedure("An táng", code="9.000002")
    often = factories.procedure("Xin phép", code="9.000003")
    factories.procedure("Bản nháp", code="9.000004", live=False)
    OpenedDay.objects.create(day=timezone.localdate(), page_id=often.pk, opened=7)
    out = factories.procedure("Đã bỏ dòng", code="9.000005")
    Phrasing.objects.create(procedure=out, text="bỏ", enabled=False)
    response = editor.get(reverse(phrasing_report.LIST))
    found = [(shown.code, shown.opened) for shown in response.context["object_list"]]
    assert found == [("9.000003", 7), ("9.000002", 0), ("9.000005", 0)]
    assert f"{address(rare)}?next=" in response.content.decode()
    assert reverse(phrasing_report.LIST) in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_the_report_can_be_taken_away(editor: Client, page: ProcedurePage) -> None:
    factories.procedure("An táng", code="9.000002")
    report = reverse(phrasing_report.LIST)
    csv = b"".join(editor.get(report, {"export": "csv"})).decode()
    assert csv.splitlines()[1].startswith("9.000002,An táng,0,http")
    assert b"".join(editor.get(report, {"export": "xlsx"})).startswith(b"PK")
