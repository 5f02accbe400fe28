"""A day is Vietnam's: what is published at half past midnight is of that day, not of the one before."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from news.models import ArticlePage
from search import documents
from search.asked_lists import Period
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]

DAY = date(2025, 6, 5)
NEIGHBOURS = ("04/06/2025", "06/06/2025", "2025-06-04", "2025-06-06")


@pytest.fixture(params=["00:30", "23:30"])
def moment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Make it a time of 05/06/2025 in Vietnam: in UTC the first is of the day before."""
    now = datetime.fromisoformat(f"2025-06-05T{request.param}:00+07:00")
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


def document(page: Any, kind: str) -> documents.SearchDocument:
    return next(iter(documents.sources[kind].documents([page.pk])))


def assert_of_the_day(client: Client, *addresses: str) -> None:
    for address in addresses:
        html = client.get(address).content.decode()
        assert "05/06/2025" in html, address
        assert not [day for day in NEIGHBOURS if day in html], address


def test_case_13_a_decision_is_of_its_day_wherever_it_is_shown(client: Client, moment: datetime) -> None:
    page = factories.decision(date_signed=DAY)
    assert_of_the_day(client, page.url, "/quyet-dinh/", "/quyet-dinh/?year=2025", "/")
    assert document(page, "decision").date == DAY
    assert (
        "<published>2025-06-05T00:00:00+07:00</published>" in client.get("/quyet-dinh.atom").content.decode()
    )


def test_case_13_what_shows_when_it_was_published_shows_vietnam_s_day(
    client: Client, moment: datetime
) -> None:
    procedure, article = factories.procedure(), factories.article()
    assert_of_the_day(client, procedure.url, article.url, "/tin-tuc/", "/")
    assert document(procedure, "procedure").date == DAY
    assert document(article, "article").date == DAY
    assert document(factories.information(), "page").date == DAY


@pytest.mark.parametrize(("last", "first"), [("31/05/2025", "01/06/2025"), ("31/12/2025", "01/01/2026")])
def test_case_13_months_and_years_change_at_midnight_in_vietnam(
    monkeypatch: pytest.MonkeyPatch, last: str, first: str
) -> None:
    midnight = datetime.strptime(first, "%d/%m/%Y").replace(tzinfo=timezone.get_current_timezone())
    for now, day in ((midnight - timedelta(seconds=1), last), (midnight, first)):
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        assert f"{Period(30).today:%d/%m/%Y}" == day
        assert f"{ArticlePage(title='Mới').date:%d/%m/%Y}" == day


def test_case_13_decisions_of_the_last_and_first_day_of_a_year_are_of_their_years(client: Client) -> None:
    factories.decision("1/QĐ-UBND", "Cuối năm", date_signed=date(2024, 12, 31))
    factories.decision("2/QĐ-UBND", "Đầu năm", date_signed=date(2025, 1, 1))
    for year, shown, other in ((2024, "Cuối năm", "Đầu năm"), (2025, "Đầu năm", "Cuối năm")):
        html = client.get(f"/quyet-dinh/?year={year}").content.decode()
        assert shown in html
        assert other not in html
