"""Publishing without the legal review: by no way without a reason, and with one it is on record."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import streamfield

from home.editing.forcing import ACTION
from home.models import User
from news.models import ArticlePage
from portal import roles
from tests import editing, factories
from tests.people import logged_in, person

pytestmark = pytest.mark.django_db

REASON = "Bão số 12, phải báo cho dân ngay trong đêm."


@pytest.fixture
def publisher(tree: factories.Tree) -> Client:
    return logged_in(person(roles.PUBLISHER, "xuat-ban"))


@pytest.fixture
def draft(publisher: Client) -> ArticlePage:
    return factories.article("Bão số 12", live=False)


def live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def force(client: Client, page: Page, reason: str = REASON) -> Any:
    return client.post(f"/admin/pages/{page.pk}/force/", {"reason": reason})


@pytest.mark.parametrize("way", ["edit", "add"])
def test_the_button_saves_the_draft_and_asks_why(
    publisher: Client, draft: ArticlePage, tree: factories.Tree, way: str
) -> None:
    data = editing.article(title="Bão số 12 đổi hướng")
    if way == "edit":
        response = editing.edit(publisher, draft, data, "action-publish")
    else:
        response = editing.add(publisher, "news/articlepage", tree.news, data, "action-publish")
    page = ArticlePage.objects.latest("pk")
    assert response.headers["Location"] == f"/admin/pages/{page.pk}/force/"
    assert not live(page)
    assert page.get_latest_revision_as_object().title == "Bão số 12 đổi hướng"
    assert "Bão số 12 đổi hướng" in publisher.get(response.headers["Location"]).content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "gấp"])
def test_without_a_reason_nothing_goes_public(publisher: Client, draft: ArticlePage, reason: str) -> None:
    response = force(publisher, draft, reason)
    assert response.context["form"].errors
    assert not live(draft)
    assert not PageLogEntry.objects.filter(action=ACTION).exists()


def test_with_a_reason_it_is_public_and_on_record(publisher: Client, draft: ArticlePage) -> None:
    assert force(publisher, draft).status_code == 302
    assert live(draft)
    entry = PageLogEntry.objects.get(action=ACTION)
    assert (entry.page_id, entry.user.username, entry.data["reason"]) == (draft.pk, "xuat-ban", REASON)
    assert REASON in publisher.get("/admin/reports/forced/").content.decode()
    assert REASON in publisher.get(f"/admin/pages/{draft.pk}/history/").content.decode()
    exported = publisher.get("/admin/reports/forced/?export=csv")
    assert REASON in exported.getvalue().decode()


def test_a_time_of_publication_is_kept(publisher: Client, tree: factories.Tree) -> None:
    later = timezone.now().replace(microsecond=0) + timedelta(days=3)
    page = factories.article("Lịch nghỉ Tết", live=False, go_live_at=later)
    force(publisher, page)
    scheduled = Page.objects.get(pk=page.pk)
    assert (scheduled.live, scheduled.scheduled_revision.approved_go_live_at) == (False, later)


def test_the_last_step_of_the_review_needs_no_reason(publisher: Client, draft: ArticlePage) -> None:
    draft.get_workflow().start(draft, factories.administrator())
    for username, role in (("tham-dinh", roles.REVIEWER), ("duyet", roles.PUBLISHER)):
        state = ArticlePage.objects.get(pk=draft.pk).current_workflow_task_state
        client = logged_in(person(role, username))
        client.post(f"/admin/pages/workflow/action/{draft.pk}/approve/{state.pk}/")
    assert live(draft)
    assert not PageLogEntry.objects.filter(action=ACTION).exists()


def test_several_at_once_are_led_to_their_editors(publisher: Client, draft: ArticlePage) -> None:
    publisher.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}")
    assert not live(draft)


@pytest.mark.parametrize("wish", ["publish_copies", "alias"])
def test_a_copy_is_a_draft(publisher: Client, tree: factories.Tree, wish: str) -> None:
    page = factories.article("Đã đăng")
    data = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": tree.news.pk}
    publisher.post(f"/admin/pages/{page.pk}/copy/", data | {wish: "on"})
    assert not Page.objects.filter(slug="ban-sao").exists()
    publisher.post(f"/admin/pages/{page.pk}/copy/", data)
    assert not Page.objects.get(slug="ban-sao").live


def test_who_may_not_publish_does_not_get_there(draft: ArticlePage) -> None:
    for role in (roles.CONTRIBUTOR, roles.EDITOR, roles.REVIEWER):
        assert force(logged_in(person(role, role.name[:20])), draft).status_code in {302, 403}
        assert not live(draft)


def test_what_the_law_wants_is_wanted_here_too(publisher: Client, tree: factories.Tree) -> None:
    page = factories.procedure("Thiếu mọi phần", live=False)
    response = force(publisher, page)
    assert "Viết trình tự" in response.content.decode()
    assert not live(page)


def test_a_page_that_another_has_locked_is_not_published(publisher: Client, draft: ArticlePage) -> None:
    other = person(roles.PUBLISHER, "nguoi-khac")
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=other, locked_at=timezone.now())
    assert force(publisher, draft).status_code in {302, 403}
    assert not live(draft)


def approve(username: str, role: roles.Role, page: Page) -> Any:
    """Approve the step at which a page is, in its editor's form."""
    client = logged_in(person(role, username))
    state = ArticlePage.objects.get(pk=page.pk).current_workflow_task_state
    client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/")
    return client


def step(page: Page) -> str:
    return str(ArticlePage.objects.get(pk=page.pk).current_workflow_task)


@pytest.mark.parametrize("saves_first", [False, True])
def test_what_no_lawyer_has_seen_goes_back_to_the_lawyer(
    publisher: Client, draft: ArticlePage, saves_first: bool
) -> None:
    draft.get_workflow().start(draft, factories.administrator())
    approve("tham-dinh", roles.REVIEWER, draft)
    changed = editing.article(title="Khác hẳn, chưa ai thẩm định")
    if saves_first:
        editing.edit(publisher, draft, changed)
    pressed = changed | {"workflow-action-name": "approve"}
    response = editing.edit(publisher, draft, pressed, "action-workflow-action")
    assert response.status_code == 302
    assert not live(draft)
    assert step(draft) == "Thẩm định pháp lý"
    assert "được thẩm định lại" in publisher.get("/admin/").content.decode()
    approve("tham-dinh-2", roles.REVIEWER, draft)
    approve("duyet-2", roles.PUBLISHER, draft)
    assert live(draft)
    assert Page.objects.get(pk=draft.pk).title == "Khác hẳn, chưa ai thẩm định"


def test_the_hour_is_the_publishers(publisher: Client, draft: ArticlePage) -> None:
    draft.get_workflow().start(draft, factories.administrator())
    approve("tham-dinh", roles.REVIEWER, draft)
    later = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%d/%m/%Y %H:%M")
    same = editing.article(title=draft.title, body=streamfield([]), date=draft.date.strftime("%d/%m/%Y"))
    data = same | {"go_live_at": later, "workflow-action-name": "approve"}
    editing.edit(publisher, draft, data, "action-workflow-action")
    assert Page.objects.get(pk=draft.pk).scheduled_revision


def test_four_eyes_see_the_first_step(tree: factories.Tree, draft: ArticlePage) -> None:
    alone = person(roles.ADMINISTRATOR, "mot-minh")
    client = logged_in(alone)
    draft.get_workflow().start(draft, alone)
    state = ArticlePage.objects.get(pk=draft.pk).current_workflow_task_state
    client.post(f"/admin/pages/workflow/action/{draft.pk}/approve/{state.pk}/")
    assert step(draft) == "Thẩm định pháp lý"
    approve("tham-dinh", roles.REVIEWER, draft)
    state = ArticlePage.objects.get(pk=draft.pk).current_workflow_task_state
    client.post(f"/admin/pages/workflow/action/{draft.pk}/approve/{state.pk}/")
    assert live(draft)


def test_the_letter_of_a_scheduled_page_leads_to_no_page_yet(
    tree: factories.Tree, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    roles.make()
    writer = factories.administrator()
    User.objects.filter(pk=writer.pk).update(email="nguoi-viet@example.com")
    for title, later in (("Lịch nghỉ Tết", timedelta(days=3)), ("Họp báo", None)):
        at = timezone.now() + later if later else None
        page = factories.article(title, live=False, go_live_at=at)
        page.get_workflow().start(page, User.objects.get(pk=writer.pk))
        with django_capture_on_commit_callbacks(execute=True):
            for username, role in (("tham-dinh", roles.REVIEWER), ("duyet", roles.PUBLISHER)):
                approve(f"{username}-{page.pk}", role, page)
    texts = [str(letter.body) for letter in mailoutbox if "đã được duyệt trong quy trình" in str(letter.body)]
    scheduled, public = (
        next(text for text in texts if title in text) for title in ("Lịch nghỉ Tết", "Họp báo")
    )
    assert "xem trang tại đây" not in scheduled
    assert "đúng giờ đã hẹn" in scheduled
    assert "xem trang tại đây: http" in public
    assert "đúng giờ đã hẹn" not in public


def test_the_end_of_a_review_comes_last_in_the_menu(tree: factories.Tree, draft: ArticlePage) -> None:
    draft.get_workflow().start(draft, factories.administrator())
    shown = logged_in(person(roles.REVIEWER, "tham-dinh")).get(f"/admin/pages/{draft.pk}/edit/")
    names = re.findall(r'name="(action-[a-z-]+)"|data-workflow-action-name="(\w+)"', shown.content.decode())
    actions = [action or step for action, step in names]
    assert "action-cancel-workflow" in actions
    assert actions[-1] == "action-cancel-workflow"
