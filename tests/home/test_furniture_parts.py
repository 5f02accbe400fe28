"""What decides of furniture: who is a reader, which days are working days, who may do what in the admin."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from home.furniture import visits
from home.furniture.announcing import short_notice
from home.furniture.counting import VisitsMiddleware
from home.furniture.readers import is_reader
from home.furniture.working_days import FREE_BY_LAW, FreeDays, between, earliest
from home.models import Notice, ProvinceSettings
from tests import factories

BROWSERS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/137.0.0.0 Mobile Safari/537.36",
    "Opera/9.80 (Android; Opera Mini/36.2) Presto/2.12.423 Version/12.16",
)
PROGRAMS = (
    "",
    "curl/8.5.0",
    "python-requests/2.32",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/137.0.0.0 Safari/537.36",
    "facebookexternalhit/1.1",
    "Mozilla/5.0+(compatible; UptimeRobot/2.0)",
)
FREE = FreeDays.of(f"{FREE_BY_LAW}\n\n17/02/2026\n 18/02/2026 ")


@pytest.mark.parametrize("name", BROWSERS)
def test_browsers_are_readers(name: str, rf: RequestFactory) -> None:
    assert is_reader(rf.get("/", headers={"User-Agent": name}))


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_are_no_readers(name: str, rf: RequestFactory) -> None:
    assert not is_reader(rf.get("/", headers={"User-Agent": name}))


@pytest.mark.parametrize(
    "headers",
    [
        *({name: "prefetch"} for name in ("Sec-Purpose", "Purpose", "X-Moz")),
        {"Sec-Purpose": "prefetch;prerender"},
        {"Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Dest": "iframe"},
        {"Cookie": "sessionid=1"},
    ],
)
def test_nobody_reads_what_is_fetched_ahead_or_by_a_script_or_an_editor(
    headers: dict[str, str], rf: RequestFactory
) -> None:
    assert not is_reader(rf.get("/", headers={"User-Agent": BROWSERS[0]} | headers))
    assert not is_reader(rf.head("/", headers={"User-Agent": BROWSERS[0]}))


@pytest.mark.parametrize(
    ("path", "status", "kind", "shown", "counted"),
    [
        ("/", 200, "text/html; charset=utf-8", True, 1),
        ("/", 404, "text/html; charset=utf-8", True, 0),
        ("/", 304, "text/html", True, 0),
        ("/tin-tuc.atom", 200, "application/atom+xml", True, 0),
        ("/admin/", 200, "text/html", True, 0),
        ("/", 200, "text/html", False, 0),
        ("/", 200, "text/html", None, 0),
    ],
)
def test_a_visit_is_a_page_of_ours_that_was_found(
    path: str,
    status: int,
    kind: str,
    shown: bool | None,
    counted: int,
    rf: RequestFactory,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere.sock"
    mine = visits.Visits()
    monkeypatch.setattr("home.furniture.counting.visits", mine)

    def page(request: HttpRequest) -> HttpResponse:
        if shown is not None:
            setattr(request, ProvinceSettings.get_cache_attr_name(), SimpleNamespace(show_visits=shown))
        return HttpResponse("a", status=status, content_type=kind)

    VisitsMiddleware(page)(rf.get(path, headers={"User-Agent": BROWSERS[0]}))
    assert mine._waiting.total() == counted  # Redis is away: it waits here


@pytest.mark.parametrize(
    ("announced", "begins", "whole"),
    [
        ("2026-06-01", "2026-06-10", 6),  # Monday to Wednesday of the next week
        ("2026-06-01", "2026-06-11", 7),
        ("2026-06-05", "2026-06-08", 0),  # over a weekend
        ("2026-04-29", "2026-05-05", 1),  # 30/4 and 1/5 are free, then a weekend
        ("2026-02-13", "2026-02-20", 2),  # two free days of Tết
        ("2026-06-10", "2026-06-01", 0),
    ],
)
def test_whole_working_days_lie_between(announced: str, begins: str, whole: int) -> None:
    first, last = date.fromisoformat(announced), date.fromisoformat(begins)
    assert between(first, last, FREE) == whole
    if whole:
        assert earliest(first, whole, FREE) <= last
        assert between(first, earliest(first, 7, FREE), FREE) == 7


@pytest.mark.parametrize("text", ["31/02", "1.5.2026", "abc", "0/0", "01/13/2026", "29/02/2026"])
def test_a_free_day_that_cannot_be_is_named(text: str) -> None:
    with pytest.raises(ValidationError, match=text.replace(".", r"\.")):
        FreeDays.of(f"01/01\n{text}")


def moment(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


@pytest.mark.django_db
def test_an_old_announcement_counts_until_the_time_is_another(tree: factories.Tree) -> None:
    notice = Notice.objects.create(
        kind="1-maintenance", text="a", starts_at=moment(30), ends_at=moment(31), shown_from=moment(-25)
    )
    assert short_notice(notice) is None
    early = moment(-20)
    Notice.objects.filter(pk=notice.pk).update(starts_at=moment(2), announced_at=early)
    notice.refresh_from_db()
    assert short_notice(notice) is None
    notice.starts_at = moment(1)
    found = short_notice(notice)
    assert found
    assert found.days == 0
    notice.save()
    assert notice.announced_at is not None
    assert notice.announced_at > early


def sent(**fields: Any) -> dict[str, Any]:
    def shown(days: int) -> str:
        return timezone.localtime(moment(days)).strftime("%d/%m/%Y %H:%M")

    given = {"kind": "1-maintenance", "text": "Bảo trì máy chủ", "shown_from": shown(0)}
    return given | {"starts_at": shown(2), "ends_at": shown(3), "late_reason": "", "text_en": ""} | fields


@pytest.fixture
def editor(tree: factories.Tree) -> Client:
    client = Client()
    client.force_login(factories.administrator())
    return client


def test_late_maintenance_asks_for_a_reason(editor: Client) -> None:
    address = "/admin/snippets/home/notice/add/"
    refused = editor.post(address, sent())
    assert refused.context["form"].errors.keys() == {"late_reason"}
    assert not Notice.objects.exists()
    for fields in ({"late_reason": "Lỗ hổng bảo mật"}, {"kind": "2-warning"}):
        assert editor.post(address, sent(**fields)).status_code == 302
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_at": ""}, "starts_at"),
        ({"ends_at": ""}, "ends_at"),
        ({"kind": "2-warning", "ends_at": "01/01/2020 10:00"}, "ends_at"),
        ({"kind": "2-warning", "starts_at": "", "ends_at": "01/01/2020 10:00"}, "ends_at"),
    ],
)
def test_impossible_times_are_refused(editor: Client, fields: dict[str, str], field: str) -> None:
    response = editor.post("/admin/snippets/home/notice/add/", sent(late_reason="gấp", **fields))
    assert field in response.context["form"].errors


@pytest.mark.parametrize("kind", ["banner", "notice", "visitday"])
def test_the_lists_stand_in_the_admin(editor: Client, kind: str) -> None:
    assert editor.get(f"/admin/snippets/home/{kind}/").status_code == 200


def test_visits_are_read_and_never_written_in_the_admin(editor: Client) -> None:
    assert editor.get("/admin/snippets/home/visitday/add/").status_code in (302, 403)


def test_the_furniture_of_the_site_is_set_in_one_place(editor: Client, tree: factories.Tree) -> None:
    html = editor.get("/admin/settings/home/provincesettings/", follow=True).content.decode()
    for name in ("feedback_url", "links", "legal_documents", "show_visits", "free_days"):
        assert f'data-contentpath="{name}"' in html, name
