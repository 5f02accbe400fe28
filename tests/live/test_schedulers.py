"""Scheduled pages with real processes: two at once do all once, what is killed is taken up again."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState

from home.models import InformationPage, User
from home.scheduling import Outcome, run_schedule
from tests import factories
from tests.live import editing
from tests.live.conftest import Rig
from tests.live.servers import Scheduler, wait_until

pytestmark = pytest.mark.django_db

PAGES = 8


def is_live(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)


def published_by_schedule(page: Page) -> int:
    return PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").count()


def due(title: str) -> InformationPage:
    """Return a page whose approved version was to go live a minute ago."""
    page = factories.information(title, live=False)
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    return page


def let_time_pass() -> None:
    """Move what is scheduled into the past: nobody waits for tomorrow."""
    for revision in Revision.objects.exclude(approved_go_live_at=None):
        moment = timezone.now() - timedelta(seconds=1)
        revision.content["go_live_at"] = moment.isoformat()
        revision.approved_go_live_at = moment
        revision.save()


def member(username: str, group: str) -> Client:
    """Return the browser of a person of one of Wagtail's groups."""
    user = User.objects.create_user(username, f"{username}@localhost", "mat-khau-thu")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def test_case_12a_what_a_moderator_approves_goes_live_at_its_time(rig: Rig, client: Client) -> None:
    author, moderator = member("tac-gia", "Editors"), member("nguoi-duyet", "Moderators")
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    page = editing.create(author, "zebra12a", go_live_at=tomorrow, **editing.SUBMIT)
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    approve = f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/"
    assert moderator.post(approve, {"comment": ""}).status_code == 302
    assert not is_live(page)
    rig.beat("home.tasks.publish_scheduled")
    let_time_pass()
    rig.beat("home.tasks.publish_scheduled")
    wait_until(lambda: is_live(page))
    wait_until(lambda: rig.found("zebra12a") == [page.pk])
    assert client.get("/zebra12a/").status_code == 200
    assert 'href="/zebra12a/"' in client.get("/tim-kiem/", {"q": "zebra12a"}).content.decode()
    history = PageLogEntry.objects.filter(page=page.pk).order_by("pk")
    done = [(entry.action, entry.user and entry.user.get_username()) for entry in history]
    assert ("wagtail.workflow.approve", "nguoi-duyet") in done
    assert ("wagtail.publish.schedule", "nguoi-duyet") in done
    assert [action for action, _ in done].count("wagtail.publish.scheduled") == 1
    assert "nguoi-duyet" in moderator.get(f"/admin/pages/{page.pk}/history/").content.decode()


def test_case_12b_two_schedulers_at_the_same_second_publish_once(rig: Rig) -> None:
    with transaction.atomic():
        pages = [due(f"zebra12b {number}") for number in range(PAGES)]
        gone = [factories.information(f"zebra12b cũ {number}") for number in range(PAGES)]
        over = timezone.now() - timedelta(minutes=1)
        Page.objects.filter(pk__in=[page.pk for page in gone]).update(expire_at=over)
    schedulers = [Scheduler(rig.env), Scheduler(rig.env)]
    for scheduler in schedulers:
        scheduler.hear("ready")
    for scheduler in schedulers:
        scheduler.go()
    said = [line for scheduler in schedulers for line in scheduler.rest() if line.startswith("published")]
    assert sorted(said) == sorted(f"published {page.pk}" for page in pages)
    assert [published_by_schedule(page) for page in pages] == [1] * PAGES
    taken_down = PageLogEntry.objects.filter(action="wagtail.unpublish.scheduled")
    assert sorted(taken_down.values_list("page_id", flat=True)) == sorted(page.pk for page in gone)
    assert all(is_live(page) for page in pages) and not any(is_live(page) for page in gone)


def test_case_12d_a_publish_that_is_killed_is_done_once_after_the_restart(rig: Rig) -> None:
    page = due("zebra12d")
    scheduler = Scheduler(rig.env, stops=True)
    scheduler.hear("ready")
    scheduler.go()
    scheduler.hear(f"published {page.pk}")
    scheduler.kill()
    assert (is_live(page), published_by_schedule(page)) == (False, 0)
    wait_until(lambda: run_schedule() == Outcome(published=1))
    assert (is_live(page), published_by_schedule(page)) == (True, 1)
    wait_until(lambda: rig.found("zebra12d") == [page.pk])
