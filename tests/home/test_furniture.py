"""Banners, notices, links and counters on the pages: each hidden when empty, each only in its time."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from home.furniture import visits
from home.models import Banner, Notice, VisitDay
from home.models.furniture import State
from procedures.models import LegalDocument
from tests import factories
from tests.counting import queries
from tests.home import factories_furniture as furniture

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"
PAGES = ("/", "/thu-tuc/", "/tim-kiem/", "/tro-nang/", "/khong-co/", "/en/tin-tuc/")


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def home(client: Client, tree: factories.Tree) -> Any:
    """Return what shows the home page anew."""
    return lambda address="/": client.get(address).content.decode()


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def test_what_is_empty_is_hidden(client: Client, tree: factories.Tree) -> None:
    for address in PAGES:
        html = client.get(address).content.decode()
        assert not re.search(r"mb-(notices|banners|links|visits|footer__feedback)|latest-legal", html), (
            address
        )


def test_a_banner_has_its_words_its_room_and_leads_through_us(home: Any) -> None:
    banner = furniture.banner()
    html = home()
    link = re.search(rf'<a class="mb-banner" href="/bieu-ngu/{banner.pk}/" rel="nofollow">(.+?)</a>', html)
    assert link
    assert 'type="image/avif"' in link[1]
    picture = re.search(r"<img [^>]+>", link[1])
    assert picture
    for attribute in ('alt="Khảo sát mức độ hài lòng"', 'width="400"', 'height="200"', ".webp"):
        assert attribute in picture[0]
    assert f'href="/en/bieu-ngu/{banner.pk}/"' in home("/en/")


def test_both_days_of_a_banner_count_whole(home: Any) -> None:
    for first, last, state in (
        (-1, -1, State.ENDED),
        (0, 0, State.SHOWN),
        (-3, None, State.SHOWN),
        (1, 2, State.PLANNED),
    ):
        banner = furniture.banner(starts_on=days(first), ends_on=None if last is None else days(last))
        assert banner.state() == state
        assert (f"/bieu-ngu/{banner.pk}/" in home()) == (state == State.SHOWN)


def test_a_banner_does_not_tell_of_a_page_that_is_not_public(home: Any, client: Client) -> None:
    page = factories.information("Hội nghị")
    banner = furniture.banner(link_page=page, link_url="")
    address = f"/bieu-ngu/{banner.pk}/"
    assert address in home()
    assert client.get(address)["Location"] == "/hoi-nghi/"
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert address not in home()
    assert client.get(address).status_code == 404
    assert Banner.objects.with_target().get().state() == State.ASTRAY
    page.delete()
    banner.refresh_from_db()
    assert (banner.link_page, client.get(address).status_code) == (None, 404)


def test_banners_cost_as_many_queries_as_one(client: Client, tree: factories.Tree) -> None:
    furniture.banner(sort_order=1)
    one = queries(client, "/")
    for number in range(4):
        page = factories.information(f"Trang {number}")
        furniture.banner(link_page=page, link_url="", image=furniture.picture(f"a{number}.png"))
    assert queries(client, "/") == one


def test_clicks_of_readers_are_counted_and_of_nobody_else(client: Client, tree: factories.Tree) -> None:
    banner = furniture.banner()
    address = f"/bieu-ngu/{banner.pk}/"

    def clicks(browser: Client, method: str = "get", **headers: str) -> int:
        before = Banner.objects.get().clicks
        response = getattr(browser, method)(address, headers={"User-Agent": FIREFOX} | headers)
        assert (response.status_code, response["Location"]) == (302, "https://example.vn/khao-sat")
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
        return int(Banner.objects.get().clicks - before)

    assert clicks(client) == 1
    assert clicks(client, "head") == 0
    assert clicks(client, **{"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"}) == 0
    assert clicks(client, **{"Sec-Purpose": "prefetch;prerender"}) == 0
    editor = Client()
    editor.force_login(factories.administrator())
    assert clicks(editor) == 0
    assert client.post(address).status_code == 405


def test_a_click_leads_only_to_what_is_stored(client: Client, tree: factories.Tree) -> None:
    planned, ended = (
        furniture.banner(starts_on=days(1)),
        furniture.banner(ends_on=days(-1), starts_on=days(-9)),
    )
    assert client.get(f"/bieu-ngu/{planned.pk}/").status_code == 404
    response = client.get(
        f"/bieu-ngu/{ended.pk}/?next=https://evil.example/", headers={"User-Agent": FIREFOX}
    )
    assert response["Location"] == "https://example.vn/khao-sat"
    assert Banner.objects.get(pk=ended.pk).clicks == 0
    assert client.get("/bieu-ngu/999999/").status_code == 404
    assert "Disallow: /bieu-ngu/" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"alt": "anh-bia.png"},
        {"alt": "anh bia"},  # the name of its file
        {"alt": "IMG_20260101"},
        {"alt": "banner 3"},
        {"alt": "123456"},
        {"alt": ""},
        {"link_url": "javascript:alert(1)"},
        {"link_url": "ftp://example.vn/"},
        {"link_url": "https://ten:mat-khau@example.vn/"},
        {"link_url": ""},
        {"owner": ""},
        {"ends_on": date(2020, 1, 1)},
    ],
)
def test_a_banner_that_says_or_leads_nowhere_is_refused(fields: dict[str, Any], tree: factories.Tree) -> None:
    banner = furniture.banner()
    banner.full_clean()
    for name, value in fields.items():
        setattr(banner, name, value)
    with pytest.raises(ValidationError):
        banner.full_clean()


def test_a_banner_has_one_target_and_a_picture_that_is_large_enough(tree: factories.Tree) -> None:
    banner = furniture.banner(link_page=tree.news)
    with pytest.raises(ValidationError, match="chỉ một trong hai"):
        banner.full_clean()
    small = furniture.banner(image=furniture.picture(size=(640, 400)))
    with pytest.raises(ValidationError, match="800"):
        small.full_clean()


def test_a_notice_is_on_every_page_from_its_announcement_to_its_end(
    client: Client, tree: factories.Tree
) -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    Notice.objects.create(text="Đang báo", shown_from=now - hour, ends_at=now + hour)
    Notice.objects.create(text="Chưa báo", shown_from=now + hour)
    Notice.objects.create(text="Đã xong", shown_from=now - 2 * hour, ends_at=now - hour)
    for address in PAGES:
        html = client.get(address).content.decode()
        assert html.index("<header") < html.index("Đang báo") < html.index("<main"), address
        assert not re.search("Chưa báo|Đã xong", html), address


def test_a_notice_says_its_time_in_vietnam_and_in_english(home: Any) -> None:
    begins = datetime(2030, 6, 3, 13, 0, tzinfo=UTC)
    notice = Notice.objects.create(
        kind="1-maintenance", text="Cổng tạm ngừng.", starts_at=begins, ends_at=begins + timedelta(hours=9)
    )
    assert "03/06/2030 20:00" in home()
    assert "04/06/2030 05:00" in home()
    assert '<span lang="vi">Cổng tạm ngừng.</span>' in home("/en/")
    Notice.objects.update(text_en="The portal is away.")
    assert "Maintenance from 3 Jun 2030, 20:00 to 4 Jun 2030, 05:00:</strong> The portal is away." in home(
        "/en/"
    )
    assert notice.state() == State.SHOWN


def test_notices_cost_one_query(client: Client, tree: factories.Tree) -> None:
    none = queries(client, "/thu-tuc/")
    for number in range(3):
        Notice.objects.create(text=f"Thông báo <{number}>")
    assert queries(client, "/thu-tuc/") == none
    assert "Thông báo &lt;0&gt;" in client.get("/thu-tuc/").content.decode()


def test_links_and_feedback_are_in_every_footer_without_a_query(client: Client, tree: factories.Tree) -> None:
    furniture.settings()
    none = queries(client, "/thu-tuc/")
    link = {"title": "Cổng Dịch vụ công quốc gia", "url": "https://dichvucong.gov.vn/"}
    group = {"type": "group", "value": {"title": "Chính phủ", "links": [link]}}
    furniture.settings(links=[group], feedback_url="https://pakn.example.vn/")
    assert queries(client, "/thu-tuc/") == none
    for address in PAGES:
        footer = client.get(address).content.decode().partition("<footer")[2]
        assert '<a class="govuk-link" href="https://dichvucong.gov.vn/" rel="external noopener">' in footer
        assert 'href="https://pakn.example.vn/"' in footer


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.vn/", "data:text/html,a"])
def test_only_addresses_of_the_web_are_links(url: str, tree: factories.Tree) -> None:
    settings = furniture.settings(province="Quảng Ngãi")
    block = settings._meta.get_field("links").stream_block
    value = block.to_python(
        [{"type": "group", "value": {"title": "a", "links": [{"title": "a", "url": url}]}}]
    )
    with pytest.raises(ValidationError):
        block.clean(value)
    settings.feedback_url = url
    with pytest.raises(ValidationError):
        settings.full_clean()


def test_the_newest_legal_documents_lead_outside_or_to_the_search(home: Any) -> None:
    for number, day, url in (
        ("1/2026/NĐ-CP", date(2026, 1, 1), "https://vbpl.vn/1"),
        ("2/2026/NĐ-CP", date(2026, 2, 1), ""),
        ("3/2020/NĐ-CP", date(2020, 1, 1), ""),
        ("4/2099/NĐ-CP", days(400), ""),
        ("5/NĐ-CP", None, ""),
    ):
        LegalDocument.objects.create(number=number, kind="Nghị định", title="Về việc", signed_on=day, url=url)
    furniture.settings(legal_documents=2)
    part = home().partition('id="latest-legal"')[2].partition("</section>")[0]
    assert re.findall(r'href="([^"]+)"', part) == [
        "/tim-kiem/?q=2%2F2026%2FN%C4%90-CP",
        "https://vbpl.vn/1",
    ]
    assert "Nghị định 2/2026/NĐ-CP" in part
    furniture.settings(legal_documents=0)
    assert "latest-legal" not in home()


def test_visits_are_shown_where_they_are_counted(
    home: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere.sock"
    monkeypatch.setattr(visits, "visits", visits.Visits())
    VisitDay.objects.create(day=timezone.localdate(), visits=1757)
    assert "mb-visits" not in home()
    furniture.settings(show_visits=True, visits_before=1_000_000)
    part = home().partition("mb-visits__figures")[2].partition("</dl>")[0]
    assert re.findall("<dd>(.+?)</dd>", part) == ["1.757", "1.757", "1.001.757"]
    assert "1,001,757" in home("/en/")
