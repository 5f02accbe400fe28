"""The admin's report of how the index is, and the panel on the dashboard."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from pytest_django import DjangoCaptureOnCommitCallbacks

from home.models import User
from search.models import IndexCheck, OutboxEntry, Rebuild
from search.outbox import Drain
from tests import factories
from tests.search.factories_health import rebuild_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> Client:
    """Return a client of somebody who may do everything."""
    client.force_login(factories.administrator())
    return client


def editor(client: Client, *permissions: str) -> Client:
    """Return a client of somebody who may enter the admin, and these things of the outbox."""
    user = User.objects.create_user(f"bien-tap{''.join(permissions)}", password="mat-khau-thu")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", *permissions]))
    client.force_login(user)
    return client


def refused(page_id: int, reason: str = "mapper: <b>quá dài</b>") -> OutboxEntry:
    due = timezone.now() + timedelta(hours=1)
    return OutboxEntry.objects.create(page_id=page_id, attempts=3, error=reason, retry_at=due)


def text(client: Client, name: str = "search_health") -> str:
    response = client.get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


def checked(**fields: int | str) -> IndexCheck:
    row = IndexCheck.objects.create()
    row.finish(**fields)
    return row


def test_what_waits_and_what_is_refused(manager: Client) -> None:
    page = factories.procedure("zebra & ngựa")
    OutboxEntry.objects.all().delete()
    assert gettext("The search has all changes.") in text(manager)
    OutboxEntry.objects.create(page_id=page.pk)
    row = refused(page.pk)
    gone = refused(999_999)
    html = text(manager)
    assert "zebra &amp; ngựa" in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert "mapper: &lt;b&gt;quá dài&lt;/b&gt;" in html
    assert html.count(f'name="row" value="{row.pk}"') == 1
    assert f'name="row" value="{gone.pk}"' in html
    assert reverse("wagtailadmin_pages:edit", args=[999_999]) not in html


def test_a_document_is_tried_again_at_once(
    manager: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row, other = refused(1), refused(2)
    address = reverse("search_health_retry")
    assert manager.get(address).status_code == 405
    with django_capture_on_commit_callbacks() as callbacks:
        response = manager.post(address, {"row": row.pk})
    assert response.headers["Location"] == reverse("search_health")
    assert any(isinstance(callback, Drain) for callback in callbacks)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.retry_at, row.attempts) == (None, 3)
    assert other.retry_at is not None
    manager.post(address, {"row": "x"})
    assert OutboxEntry.objects.filter(retry_at=None).count() == 1
    manager.post(address)
    assert OutboxEntry.objects.filter(retry_at=None).count() == 2


def test_rebuilds_and_checks(manager: Client) -> None:
    rebuild_row(state=Rebuild.State.DONE, host="may-chu-1", documents=5839)
    checked(pages=5839, missing=2, examples={"missing": [4711]}, repaired=1)  # type: ignore[arg-type]
    checked(error="ConnectionError: refused")
    html = text(manager)
    assert "may-chu-1" in html and "5.839" in html
    assert reverse("wagtailadmin_pages:edit", args=[4711]) in html
    assert "ConnectionError: refused" in html


@pytest.mark.parametrize(
    ("fields", "hours", "worries"),
    [
        ({"pages": 10}, 1, False),
        ({"pages": 10, "stale": 2, "repaired": 2}, 1, False),
        ({"pages": 10, "stale": 2, "repaired": 1}, 1, True),
        ({"pages": 10, "from_the_future": 1}, 1, True),
        ({"error": "away"}, 1, True),
        ({"pages": 10}, 37, True),
    ],
)
def test_the_dashboard_is_red_when_the_last_check_is_not_good(
    manager: Client, fields: dict[str, int], hours: int, worries: bool
) -> None:
    checked(**fields)
    IndexCheck.objects.update(started_at=timezone.now() - timedelta(hours=hours))
    panel = text(manager, "wagtailadmin_home").split('id="search-health-section"')[1].split("</section>")[0]
    assert ("help-critical" in panel) == worries
    assert reverse("search_health") in panel


def test_a_portal_that_is_new_has_no_check_yet(manager: Client) -> None:
    assert "help-critical" not in text(manager)
    run = rebuild_row(state=Rebuild.State.DONE)
    Rebuild.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(hours=37))
    assert "help-critical" in text(manager)


def test_who_has_no_part_in_it_sees_nothing_of_it(client: Client) -> None:
    editor(client)
    row = refused(1)
    assert client.get(reverse("search_health")).status_code == 302
    assert client.post(reverse("search_health_retry"), {"row": row.pk}).status_code == 302
    assert reverse("search_health") not in text(client, "wagtailadmin_home")
    row.refresh_from_db()
    assert row.retry_at is not None


def test_who_may_only_look_has_no_button(client: Client) -> None:
    editor(client, "view_outboxentry")
    row = refused(1)
    assert reverse("search_health_retry") not in text(client)
    assert reverse("search_health") in text(client, "wagtailadmin_home")
    client.post(reverse("search_health_retry"), {"row": row.pk})
    row.refresh_from_db()
    assert row.retry_at is not None
    editor(client, "change_outboxentry")
    client.post(reverse("search_health_retry"), {"row": row.pk})
    row.refresh_from_db()
    assert row.retry_at is None
