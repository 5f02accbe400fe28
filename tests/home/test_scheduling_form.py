"""An editor gives a page its dates: a page that has expired can be edited, a day is over when it is over."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import InformationPage
from home.scheduling import run_schedule
from tests import factories

pytestmark = pytest.mark.django_db

SHOWN = "%d/%m/%Y %H:%M"
"""How the admin's form writes a time."""


@pytest.fixture
def editor(client: Client, tree: factories.Tree) -> Client:
    client.force_login(factories.administrator())
    return client


def post(client: Client, page: InformationPage, **fields: Any) -> Any:
    data = {"title": page.title, "slug": page.slug, "lead": "", "updated_on": "", "body": streamfield([])}
    data |= {"go_live_at": "", "expire_at": "", "comments": inline_formset([])}
    return client.post(f"/admin/pages/{page.pk}/edit/", nested_form_data(data | fields))


@pytest.fixture
def expired(tree: factories.Tree) -> InformationPage:
    """Return a page that has expired and that the schedule has taken down."""
    page = factories.information("Lịch tiếp dân", expire_at=timezone.now() - timedelta(hours=30))
    run_schedule()
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    return page


def shown(page: InformationPage) -> str:
    assert page.expire_at
    return timezone.localtime(page.expire_at).strftime(SHOWN)


def test_case_12c_a_draft_of_an_expired_page_is_saved(editor: Client, expired: InformationPage) -> None:
    response = post(editor, expired, lead="Giờ mới", expire_at=shown(expired))
    assert response.status_code == 302, response.context["form"].errors
    draft = InformationPage.objects.get(pk=expired.pk).get_latest_revision_as_object()
    assert (draft.lead, shown(draft)) == ("Giờ mới", shown(expired))
    assert not Page.objects.get(pk=expired.pk).live


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_case_12c_publishing_an_expired_page_says_which_date_to_clear(
    editor: Client, expired: InformationPage, action: str
) -> None:
    response = post(editor, expired, lead="Giờ mới", expire_at=shown(expired), **{action: "1"})
    assert response.status_code == 200
    assert expired.expire_at
    date = timezone.localtime(expired.expire_at).strftime("%d/%m/%Y %H:%M")
    assert date in " ".join(response.context["form"].non_field_errors())
    assert date in " ".join(str(message) for message in response.context["messages"])
    assert not Page.objects.get(pk=expired.pk).live


def test_case_12c_without_the_date_or_with_a_later_one_it_goes_live(
    editor: Client, expired: InformationPage
) -> None:
    assert post(editor, expired, lead="Giờ mới", **{"action-publish": "1"}).status_code == 302
    page = InformationPage.objects.get(pk=expired.pk)
    assert (page.live, page.expired, page.expire_at) == (True, False, None)


def test_a_date_in_the_past_that_is_new_is_refused_even_in_a_draft(
    editor: Client, expired: InformationPage
) -> None:
    response = post(editor, expired, expire_at="2025-06-05 08:00")
    assert "05/06/2025 08:00" in " ".join(response.context["form"].non_field_errors())


def test_a_draft_that_begins_later_may_keep_the_date_that_is_over(
    editor: Client, expired: InformationPage
) -> None:
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime(SHOWN)
    assert post(editor, expired, expire_at=shown(expired), go_live_at=tomorrow).status_code == 302


@pytest.mark.parametrize("written", ["05/06/2045", "2045-06-05", "05/06/2045 23:59", "2045-06-05 23:59"])
def test_case_13_a_day_of_expiry_is_meant_to_its_end(editor: Client, written: str) -> None:
    page = factories.information("Góp ý dự thảo")
    response = post(editor, page, expire_at=written, **{"action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    page.refresh_from_db()
    assert page.expire_at == datetime(2045, 6, 5, 23, 59, 59, tzinfo=timezone.get_current_timezone())


def test_case_13_an_hour_of_expiry_is_vietnam_s(editor: Client) -> None:
    page = factories.information("Góp ý dự thảo")
    post(editor, page, expire_at="2045-06-05 00:00", **{"action-publish": "1"})
    page.refresh_from_db()
    assert page.expire_at and page.expire_at.isoformat() == "2045-06-04T17:00:00+00:00"


def test_case_13_valid_today_is_valid_until_midnight_in_vietnam(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = factories.information("Góp ý dự thảo")
    post(editor, page, expire_at="05/06/2045", **{"action-publish": "1"})
    last = datetime.fromisoformat("2045-06-05T23:59:58+07:00")
    for now, expected in ((last, True), (last + timedelta(seconds=2), False)):
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        assert InformationPage.objects.visible().filter(pk=page.pk).exists() is expected, now
