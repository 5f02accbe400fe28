"""Rules: who is told of what in which branch, once, at once or in a digest; pages to review."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from home import recycling
from home.models import Digest, Event, Letter, Notification, Rule
from home.rules import reviewing, telling
from home.scheduling import run_schedule
from home.tasks import remind_of_reviews
from portal import roles
from procedures.models import ProcedurePage
from tests import factories
from tests.people import logged_in, person
from tests.procedures.imports import edit, run
from tests.procedures.records import record, write

pytestmark = pytest.mark.django_db

ALL = [event.value for event in Event]


def rule(branch: Page, *events: str, **fields: Any) -> Rule:
    """Return a rule for a branch that names one address, unless the test names others."""
    defaults = {"name": "Quy tắc", "addresses": "a@example.vn", "events": list(events) or ALL}
    return Rule.objects.create(branch=Page.objects.get(pk=branch.pk), **defaults | fields)


def told() -> list[tuple[str, str]]:
    """Return who was noted to be told of what, without their own pages' letters."""
    return list(Notification.objects.order_by("pk").values_list("to", "event"))


def test_a_published_page_tells_its_branch_only(tree: factories.Tree) -> None:
    rule(tree.news)
    factories.information("Ở nhánh khác")
    assert told() == []
    factories.article("Ở nhánh này", change_note="Thêm số liệu.")
    assert told() == [("a@example.vn", "published")]
    telling.write_letters()
    letter = Letter.objects.get()
    assert letter.subject == "Một trang được đăng: Ở nhánh này"
    assert "Thêm số liệu." in letter.body
    assert "/admin/pages/" in letter.body


def test_only_what_the_rule_names(tree: factories.Tree) -> None:
    rule(tree.home, Event.EXPIRED)
    page = factories.article("Tin")
    assert told() == []
    page.unpublish()
    assert told() == [("a@example.vn", "expired")]


def test_a_page_that_expires_is_told(tree: factories.Tree) -> None:
    rule(tree.home, Event.EXPIRED)
    page = factories.article("Tin", expire_at=timezone.now() + timedelta(days=1))
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    run_schedule()
    assert told() == [("a@example.vn", "expired")]


def test_a_page_that_is_sent_back_is_told_with_the_comment(tree: factories.Tree) -> None:
    rule(tree.home, Event.SENT_BACK)
    reviewer = logged_in(person(roles.REVIEWER, "tham-dinh"))
    page = factories.article(live=False)
    page.get_workflow().start(page, factories.administrator())
    state = page.current_workflow_task_state
    reviewer.post(f"/admin/pages/workflow/action/{page.pk}/reject/{state.pk}/", {"comment": "Thiếu nguồn."})
    assert Notification.objects.get().text == "Thiếu nguồn."


def test_a_conflict_of_an_import_is_told_once(tree: factories.Tree, tmp_path: Path) -> None:
    rule(tree.procedures, Event.CONFLICT)
    file = tmp_path / "records.jsonl"
    run(write(file, [record()]))
    edit(ProcedurePage.objects.get(), conditions="Sửa tay")
    changed = [record() | {"conditions": "Của nguồn"}]
    for _number in range(2):
        run(write(file, changed))
    assert told() == [("a@example.vn", "conflict")]


def test_publishing_without_review_is_told_with_the_reason(tree: factories.Tree) -> None:
    rule(tree.home, Event.FORCED)
    publisher = logged_in(person(roles.PUBLISHER, "xuat-ban"))
    page = factories.article(live=False)
    rule(tree.news, Event.PUBLISHED)
    publisher.post(f"/admin/pages/{page.pk}/force/", {"reason": "Bão số 12 đổ bộ đêm nay."})
    assert Notification.objects.get().text == "Bão số 12 đổ bộ đêm nay."  # and nothing of being published


def test_an_address_in_large_letters_is_the_same(tree: factories.Tree) -> None:
    rule(tree.home, addresses="a@example.vn\nA@Example.VN")
    factories.article()
    assert told() == [("a@example.vn", "published")]


def test_a_person_is_told_once_whatever_rules_say_so(tree: factories.Tree) -> None:
    reader = person(roles.READER, "a")
    first = rule(tree.home, addresses="a@example.vn\n b@example.vn \n")
    first.people.add(reader)
    rule(tree.news, digest=Digest.DAILY)
    page = factories.article("Tin")
    page.get_latest_revision().publish()
    assert sorted(told()) == [("a@example.vn", "published"), ("b@example.vn", "published")]
    assert telling.write_letters() == 2  # the rule that tells at once has its way


def test_who_may_not_log_in_any_more_is_not_told(tree: factories.Tree) -> None:
    reader = person(roles.READER, "da-nghi")
    reader.is_active = False
    reader.save()
    rule(tree.home, addresses="").people.add(reader)
    factories.article()
    assert told() == []


def test_a_rule_out_of_use_is_silent(tree: factories.Tree) -> None:
    rule(tree.home, enabled=False)
    factories.article()
    assert told() == []


def test_what_is_due_together_comes_in_one_letter(tree: factories.Tree) -> None:
    rule(tree.home, digest=Digest.DAILY)
    for number in range(3):
        factories.article(f"Tin {number}")
    assert telling.write_letters() == 0
    Notification.objects.update(due_at=timezone.now())
    assert telling.write_letters() == 1
    assert telling.write_letters() == 0
    letter = Letter.objects.get()
    assert letter.subject == "Có 3 việc mới"
    assert [f"Tin {number}" in letter.body for number in range(3)] == [True] * 3


@pytest.mark.parametrize(
    ("digest", "happened", "due"),
    [
        (Digest.DAILY, "2026-11-26 06:59", "2026-11-26 07:00"),
        (Digest.DAILY, "2026-11-26 07:00", "2026-11-27 07:00"),
        (Digest.WEEKLY, "2026-11-26 12:00", "2026-11-30 07:00"),  # a Thursday
        (Digest.WEEKLY, "2026-11-30 06:00", "2026-11-30 07:00"),  # a Monday
        (Digest.WEEKLY, "2026-11-30 08:00", "2026-12-07 07:00"),
    ],
)
def test_when_a_digest_is_written(digest: str, happened: str, due: str) -> None:
    then, wanted = (timezone.make_aware(datetime.fromisoformat(text)) for text in (happened, due))
    assert telling.due_at(digest, then) == wanted


def test_pages_are_looked_at_again_in_time(tree: factories.Tree) -> None:
    owner = person(roles.EDITOR, "chu-trang")
    today = timezone.localdate()
    late = factories.article("Quá hạn", review_on=today - timedelta(days=3), owner=owner)
    soon = factories.procedure("Sắp tới", review_on=today + timedelta(days=10))
    factories.information("Còn lâu", review_on=today + timedelta(days=40))
    assert list(reviewing.due(today)) == [Page.objects.get(pk=late.pk)]
    for _number in range(2):
        remind_of_reviews()
    assert told() == [("chu-trang@example.vn", "review")]
    shown = logged_in(owner).get("/admin/reports/reviews/").content.decode()
    assert [title in shown for title in ("Quá hạn", soon.title, "Còn lâu")] == [True, True, False]


def test_nothing_in_the_bin_is_looked_at_again(tree: factories.Tree) -> None:
    today = timezone.localdate()
    article = factories.article("Tin cũ", review_on=today)
    assert [page.pk for page in reviewing.due(today)] == [article.pk]
    recycling.put_in(Page.objects.get(pk=tree.news.pk).specific, factories.administrator())
    assert not reviewing.due(today).exists()


def test_rules_are_made_in_the_admin(tree: factories.Tree) -> None:
    administrator = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    address = "/admin/snippets/home/rule/add/"
    data = {"name": "Tin", "branch": tree.news.pk, "events": ["published"], "digest": "now", "enabled": "on"}
    wrong = administrator.post(address, data | {"addresses": "a@example.vn\nkhông phải"})
    assert "không phải" in str(wrong.context["form"].errors["addresses"])
    nobody = administrator.post(address, data | {"addresses": ""})
    assert "không ai được báo" in str(nobody.context["form"].errors["addresses"])
    administrator.post(address, data | {"addresses": "a@example.vn"})
    assert Rule.objects.get().events == ["published"]
    assert logged_in(person(roles.PUBLISHER, "xuat-ban")).get(address).status_code == 302


def test_letters_are_reported_without_what_they_say(tree: factories.Tree) -> None:
    Letter.objects.create(to="a@example.vn", subject="Đặt lại mật khẩu", body="bí mật", error="451 sau")
    administrator = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    shown = administrator.get("/admin/reports/letters/").content.decode()
    assert "451 sau" in shown
    assert "bí mật" not in shown
