"""What is due goes live or goes, once, to the minute; one page that fails keeps no other waiting."""

import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished

from home import scheduling
from home.models import InformationPage
from home.scheduling import Outcome, run_schedule
from home.tasks import publish_scheduled
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def scheduled(title: str, *, ago: timedelta = HOUR, **fields: Any) -> InformationPage:
    """Return a page whose approved version was to go live `ago`; a new version if the page is there."""
    page = InformationPage.objects.filter(title=title).first()
    page = page or factories.information(title, live=False)
    for name, value in fields.items():
        setattr(page, name, value)
    moment = timezone.now() - ago
    page.go_live_at = moment
    revision = page.save_revision(approved_go_live_at=moment)
    assert revision.approved_go_live_at
    return page


def expired(title: str) -> InformationPage:
    """Return a live page whose time is over, and which nobody has taken down yet."""
    page = factories.information(title)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - HOUR)
    return page


def history(page: Page) -> list[str]:
    entries = PageLogEntry.objects.filter(page=page.pk, action__endswith="scheduled").order_by("pk")
    return [entry.action for entry in entries]


def is_live(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)


def test_what_is_due_goes_live_and_what_is_over_goes(tree: factories.Tree) -> None:
    coming, going = scheduled("Sắp có"), expired("Sắp hết")
    later = scheduled("Mai mới có", ago=-HOUR)
    publish_scheduled()
    assert [is_live(page) for page in (coming, going, later)] == [True, False, False]
    assert history(coming) == ["wagtail.publish.scheduled"]
    assert history(going) == ["wagtail.unpublish.scheduled"]
    assert Page.objects.get(pk=going.pk).expired
    assert run_schedule() == Outcome()


def test_to_the_minute(tree: factories.Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page for 8:00 is live in the run of 8:00, one until 8:00 is gone in it; none a second before."""
    eight = (timezone.localtime() + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
    coming, going = scheduled("Từ tám giờ", ago=timezone.now() - eight), factories.information("Đến tám giờ")
    Revision.objects.filter(object_id=str(coming.pk)).update(approved_go_live_at=eight)
    Page.objects.filter(pk=going.pk).update(expire_at=eight)
    monkeypatch.setattr(timezone, "now", lambda: eight - timedelta(seconds=1))
    assert run_schedule() == Outcome()
    monkeypatch.setattr(timezone, "now", lambda: eight)
    assert not Page.objects.filter(pk=going.pk, expire_at__gt=timezone.now()).exists()
    assert run_schedule() == Outcome(published=1, expired=1)


def test_a_page_that_fails_keeps_no_other_waiting_and_is_tried_again(
    tree: factories.Tree, caplog: pytest.LogCaptureFixture
) -> None:
    factories.information("Đã có địa chỉ này", slug="trung")
    first, bad, last = scheduled("Một"), scheduled("Hai"), scheduled("Ba")
    bad_revision = bad.latest_revision
    bad_revision.content["slug"] = "trung"
    bad_revision.save()
    with caplog.at_level(logging.ERROR), pytest.raises(CommandError, match="1 failed"):
        call_command("publish_scheduled", stdout=StringIO())
    assert [is_live(page) for page in (first, bad, last)] == [True, False, True]
    assert f"page {bad.pk}: publish revision {bad_revision.pk}" in caplog.text
    assert history(bad) == []
    bad_revision.content["slug"] = "khong-trung"
    bad_revision.save()
    assert run_schedule() == Outcome(published=1)
    assert history(bad) == ["wagtail.publish.scheduled"]


def test_what_a_failed_page_began_is_undone(tree: factories.Tree) -> None:
    """A receiver fails after Wagtail has saved the page: nothing of it stays, other pages do."""
    bad, good = scheduled("Hỏng"), scheduled("Tốt")
    going = expired("Hết hạn")

    def fail(instance: Page, **kwargs: Any) -> None:
        if instance.pk in {bad.pk, going.pk}:
            raise ZeroDivisionError

    for signal in (page_published, page_unpublished):
        signal.connect(fail)
    try:
        assert run_schedule() == Outcome(published=1, failed=2)
    finally:
        for signal in (page_published, page_unpublished):
            signal.disconnect(fail)
    assert [is_live(page) for page in (bad, good, going)] == [False, True, True]
    assert history(going) == []
    assert run_schedule() == Outcome(published=1, expired=1)


def test_a_version_for_later_outlives_the_one_that_expires(tree: factories.Tree) -> None:
    """Wagtail's own command forgets what is scheduled when the version before it expires."""
    page = expired("Lịch tiếp dân")
    scheduled("Lịch tiếp dân", ago=-HOUR, lead="Lịch mới", expire_at=None)
    assert run_schedule() == Outcome(expired=1)
    assert not is_live(page)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = (timezone.now() - HOUR).isoformat()
    revision.approved_go_live_at = timezone.now() - HOUR
    revision.save()
    assert run_schedule() == Outcome(published=1)
    assert InformationPage.objects.get(pk=page.pk).lead == "Lịch mới"


def test_a_version_that_begins_when_the_last_one_ends_takes_its_place_without_a_gap(
    tree: factories.Tree,
) -> None:
    page = expired("Lịch tiếp dân")
    scheduled("Lịch tiếp dân", lead="Lịch mới", expire_at=None)
    assert run_schedule() == Outcome(published=1)
    assert history(page) == ["wagtail.publish.scheduled"]
    assert is_live(page)


def test_a_version_that_came_and_went_while_the_worker_was_away_is_not_shown(tree: factories.Tree) -> None:
    page = scheduled("Đã qua", expire_at=timezone.now() - timedelta(minutes=5))
    assert run_schedule() == Outcome(published=1, expired=1)
    assert not is_live(page)


def test_what_is_not_due_any_more_is_left(tree: factories.Tree) -> None:
    """Between the list and the lock an editor has cancelled one, and given the other more time."""
    cancelled, renewed = scheduled("Thôi"), expired("Gia hạn")
    listed = list(scheduling.all_due())
    assert len(listed) == 2
    Revision.objects.update(approved_go_live_at=None)
    Page.objects.filter(pk=renewed.pk).update(expire_at=timezone.now() + HOUR)
    assert [due.carry_out() for due in listed] == [False, False]
    assert [is_live(cancelled), is_live(renewed)] == [False, True]


def test_the_command_lists_what_is_due_and_changes_nothing(tree: factories.Tree) -> None:
    page, going = scheduled("Sắp có"), expired("Sắp hết")
    said = StringIO()
    call_command("publish_scheduled", "--dryrun", stdout=said)
    assert said.getvalue().splitlines() == [
        f"page {page.pk}: publish revision {page.latest_revision_id}",
        f"page {going.pk}: expire",
    ]
    assert [is_live(page), is_live(going)] == [False, True]
