"""Each role may do what is its own and nothing else, by the address of a page, too; agencies stay apart."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import GroupPagePermission, Page, Workflow

from home.models import ReviewTask, User
from news.models import ArticlePage
from portal import roles
from procedures.models import DecisionPage, ProcedurePage
from tests import editing, factories
from tests.people import logged_in, person

pytestmark = pytest.mark.django_db

REFUSED = 302  # the admin leads back with a message where a person may not do something


@pytest.fixture
def one(tree: factories.Tree) -> ProcedurePage:
    """Return a procedure of agency A."""
    return factories.procedure("Cấp thẻ A", agencies=("Sở A",), code="9.100001")


@pytest.fixture
def other(tree: factories.Tree) -> ProcedurePage:
    """Return a procedure of agency B."""
    return factories.procedure("Cấp thẻ B", agencies=("Sở B",), code="9.100002")


def editor_of(name: str, username: str = "nguoi-cua-so") -> Client:
    return logged_in(person(roles.EDITOR, username, factories.agency(name)))


def may_open(client: Client, address: str) -> bool:
    """Tell whether the admin shows a page; Wagtail leads away with a message where it does not."""
    response = client.get(address)
    return response.status_code == 200


def test_roles_are_made_once(tree: factories.Tree) -> None:
    first, second = StringIO(), StringIO()
    call_command("make_roles", stdout=first)
    rights = GroupPagePermission.objects.count()
    call_command("make_roles", stdout=second)
    assert first.getvalue() == second.getvalue()
    assert first.getvalue().splitlines() == [role.name for role in roles.ROLES]
    assert GroupPagePermission.objects.count() == rights
    assert Workflow.objects.filter(active=True).count() == 1
    assert ReviewTask.objects.count() == 2


def test_groups_that_somebody_uses_stay(tree: factories.Tree) -> None:
    user = factories.administrator()
    user.groups.add(Group.objects.get(name="Editors"))
    roles.make()
    assert Group.objects.filter(name="Editors").exists()
    assert not Group.objects.filter(name="Moderators").exists()


def test_a_branch_has_groups_of_its_own(tree: factories.Tree) -> None:
    call_command("make_roles", "--branch", "/tin-tuc/", stdout=StringIO())
    user = person(roles.READER, "bien-tap-tin")
    user.groups.set([Group.objects.get(name="Biên tập viên: Tin tức")])
    client = logged_in(user)
    article = factories.article()
    assert may_open(client, f"/admin/pages/{article.pk}/edit/")
    assert not may_open(client, f"/admin/pages/{factories.information().pk}/edit/")
    assert not may_open(client, f"/admin/pages/add/home/informationpage/{tree.home.pk}/")


def test_an_unknown_branch_is_said(tree: factories.Tree) -> None:
    with pytest.raises(CommandError, match="No page has the address /khong-co/"):
        call_command("make_roles", "--branch", "/khong-co/")


MATRIX: dict[str, tuple[roles.Role, set[str]]] = {
    "reader": (roles.READER, set()),
    "contributor": (roles.CONTRIBUTOR, {"home", "add"}),
    "editor": (roles.EDITOR, {"home", "add", "edit"}),
    "reviewer": (roles.REVIEWER, {"home"}),
    "publisher": (roles.PUBLISHER, {"home", "add", "edit", "unpublish", "force", "forced", "delete"}),
    "administrator": (
        roles.ADMINISTRATOR,
        {
            "home",
            "add",
            "edit",
            "unpublish",
            "force",
            "forced",
            "delete",
            "users",
            "groups",
            "agencies",
            "workflows",
        },
    ),
}


@pytest.mark.parametrize("name", MATRIX)
def test_what_a_role_opens(name: str, tree: factories.Tree) -> None:
    role, allowed = MATRIX[name]
    article = factories.article()
    client = logged_in(person(role, "nguoi"))
    addresses = {
        "home": "/admin/",
        "add": f"/admin/pages/add/news/articlepage/{tree.news.pk}/",
        "edit": f"/admin/pages/{article.pk}/edit/",
        "unpublish": f"/admin/pages/{article.pk}/unpublish/",
        "force": f"/admin/pages/{article.pk}/force/",
        "forced": "/admin/reports/forced/",
        "delete": f"/admin/pages/{article.pk}/delete/",
        "users": "/admin/users/",
        "groups": "/admin/groups/",
        "agencies": "/admin/snippets/procedures/agency/",
        "workflows": "/admin/workflows/list/",
    }
    assert {what for what, address in addresses.items() if may_open(client, address)} == allowed


def test_a_contributor_edits_what_is_their_own(tree: factories.Tree) -> None:
    client = logged_in(person(roles.CONTRIBUTOR, "cong-tac"))
    response = editing.add(client, "news/articlepage", tree.news, editing.article())
    assert response.status_code == 302
    own = ArticlePage.objects.get()
    assert not own.live
    assert may_open(client, f"/admin/pages/{own.pk}/edit/")
    assert not may_open(client, f"/admin/pages/{factories.article('Bài khác').pk}/edit/")


def test_a_contributor_publishes_nothing_even_by_the_button(tree: factories.Tree) -> None:
    client = logged_in(person(roles.CONTRIBUTOR, "cong-tac"))
    editing.add(client, "news/articlepage", tree.news, editing.article(), "action-publish")
    assert not ArticlePage.objects.get().live


AT_A_PAGE = (
    *("edit", "delete", "unpublish", "move", "copy", "history", "usage", "force", "view_draft"),
    *("privacy", "edit/preview", "lock", "unlock", "move/{home}/confirm", "convert_alias"),
)


@pytest.mark.parametrize("below", AT_A_PAGE)
def test_people_of_an_agency_reach_no_other_agency_by_address(
    below: str, one: ProcedurePage, other: ProcedurePage, tree: factories.Tree
) -> None:
    role = person(roles.PUBLISHER, "xuat-ban-a", factories.agency("Sở A"))
    client = logged_in(role)
    address = f"/admin/pages/{other.pk}/{below}/".format(home=tree.procedures.pk)
    before = Page.objects.get(pk=other.pk)
    for response in (client.get(address), client.post(address, {"reason": "Vì việc gấp của sở."})):
        assert response.status_code in {302, 403, 404, 405}, (address, response.status_code)
        if response.status_code == 302:
            assert response.headers["Location"] in {"/admin/", f"/admin/pages/{tree.procedures.pk}/"}, address
    after = Page.objects.get(pk=other.pk)
    assert (after.live, after.locked, after.path, after.latest_revision_id) == (
        before.live,
        before.locked,
        before.path,
        before.latest_revision_id,
    )


@pytest.mark.parametrize("action", ["delete", "unpublish", "publish", "move"])
def test_people_of_an_agency_do_nothing_to_another_among_several(
    action: str, one: ProcedurePage, other: ProcedurePage, tree: factories.Tree
) -> None:
    client = logged_in(person(roles.PUBLISHER, "xuat-ban-a", factories.agency("Sở A")))
    client.post(f"/admin/bulk/wagtailcore/page/{action}/?id={other.pk}", {"chooser": tree.home.pk})
    page = Page.objects.get(pk=other.pk)
    assert page.live
    assert page.path.startswith(tree.procedures.path)


def test_people_of_an_agency_edit_their_own(one: ProcedurePage, other: ProcedurePage) -> None:
    client = editor_of("Sở A")
    assert may_open(client, f"/admin/pages/{one.pk}/edit/")
    assert may_open(client, f"/admin/pages/{one.pk}/history/")
    assert not may_open(client, f"/admin/pages/{other.pk}/edit/")


def test_who_is_bound_to_no_agency_edits_all(one: ProcedurePage, other: ProcedurePage) -> None:
    client = logged_in(person(roles.EDITOR, "bien-tap"))
    assert may_open(client, f"/admin/pages/{one.pk}/edit/")
    assert may_open(client, f"/admin/pages/{other.pk}/edit/")


def test_parts_and_predecessors_of_an_agency_are_its_own(tree: factories.Tree) -> None:
    mother = factories.agency("Sở A")
    factories.agency("Phòng của Sở A", parent=mother)
    factories.agency("Sở cũ", successor=mother)
    pages = [factories.procedure(agencies=(name,)) for name in ("Phòng của Sở A", "Sở cũ")]
    client = editor_of("Sở A")
    assert all(may_open(client, f"/admin/pages/{page.pk}/edit/") for page in pages)


def test_who_only_coordinates_does_not_edit(tree: factories.Tree, one: ProcedurePage) -> None:
    link = one.agency_links.get()
    link.role = "coordinating"
    link.save()
    assert not may_open(editor_of("Sở A"), f"/admin/pages/{one.pk}/edit/")


def test_a_decision_is_its_issuers(tree: factories.Tree) -> None:
    own = factories.decision("1/QĐ-SA", issuer=factories.agency("Sở A"))
    foreign = factories.decision("1/QĐ-SB", issuer=factories.agency("Sở B"))
    client = editor_of("Sở A")
    assert may_open(client, f"/admin/pages/{own.pk}/edit/")
    assert not may_open(client, f"/admin/pages/{foreign.pk}/edit/")


def test_a_new_procedure_goes_to_review_only_with_an_agency_of_its_author(tree: factories.Tree) -> None:
    client = editor_of("Sở A")
    foreign = factories.agency("Sở B")
    kind = "procedures/procedurepage"
    editing.add(client, kind, tree.procedures, editing.procedure(code="9.200001"))
    draft = ProcedurePage.objects.get(code="9.200001")
    assert may_open(client, f"/admin/pages/{draft.pk}/edit/")
    refused = editing.add(
        client, kind, tree.procedures, editing.procedure(foreign, code="9.200002"), "action-submit"
    )
    assert editing.errors(refused) == ["agency_links"]
    assert "Sở A" in refused.content.decode()
    own = factories.agency("Sở A")
    editing.add(client, kind, tree.procedures, editing.procedure(own, code="9.200003"), "action-submit")
    assert ProcedurePage.objects.get(code="9.200003").current_workflow_task.name == "Thẩm định pháp lý"


def test_a_reviewer_of_an_agency_approves_none_of_another(one: ProcedurePage, other: ProcedurePage) -> None:
    reviewer = person(roles.REVIEWER, "tham-dinh-a", factories.agency("Sở A"))
    for page in (one, other):
        page.get_workflow().start(page, User.objects.first())
    client = logged_in(reviewer)

    def approves(page: ProcedurePage) -> Any:
        state = page.current_workflow_task_state
        return client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/")

    assert approves(other).status_code in {302, 403}
    assert other.current_workflow_task.name == "Thẩm định pháp lý"


def test_a_list_asks_once_which_pages_are_ones_own(
    tree: factories.Tree, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        factories.procedure(f"Thủ tục {number}", agencies=("Sở A" if number % 2 else "Sở B",))
    client = logged_in(person(roles.EDITOR, "bien-tap-a", factories.agency("Sở A")))
    with django_assert_max_num_queries(100) as captured:
        client.get(f"/admin/pages/{tree.procedures.pk}/")
    asked = [query["sql"] for query in captured if "procedures_procedureagency" in query["sql"]]
    assert len(asked) == 1


def test_decisions_without_issuer_are_their_authors(tree: factories.Tree) -> None:
    author = person(roles.EDITOR, "tac-gia", factories.agency("Sở A"))
    draft = factories.decision("9/QĐ-SA", live=False, owner=author)
    stranger = person(roles.EDITOR, "nguoi-khac", factories.agency("Sở A"))
    assert may_open(logged_in(author), f"/admin/pages/{draft.pk}/edit/")
    assert not may_open(logged_in(stranger), f"/admin/pages/{draft.pk}/edit/")
    assert DecisionPage.objects.filter(issuer=None).count() == 1


@pytest.mark.parametrize("action", ["copy", "delete", "unpublish"])
def test_nobody_takes_pages_of_other_agencies_along(
    action: str, one: ProcedurePage, other: ProcedurePage, tree: factories.Tree
) -> None:
    client = logged_in(person(roles.ADMINISTRATOR, "quan-tri-cua-a", factories.agency("Sở A")))
    data = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": tree.home.pk}
    data |= {"copy_subpages": "on", "include_descendants": "on"}
    client.post(f"/admin/pages/{tree.procedures.pk}/{action}/", data)
    assert ProcedurePage.objects.filter(live=True).count() == ProcedurePage.objects.count() == 2
    assert Page.objects.get(pk=tree.procedures.pk).live
