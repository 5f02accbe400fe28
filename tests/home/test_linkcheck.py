"""Links to other sites are asked at night, through real connections, and the dead ones are reported."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from django.utils import timezone

from home import preflight
from home.linkcheck import asking, finding
from home.models import Event, Notification, OutsideLink, Rule
from news.models import ArticlePage
from portal import roles
from tests import factories
from tests.people import logged_in, person

pytestmark = pytest.mark.django_db


class Site(ThreadingHTTPServer):
    """Another site. Paths say what it answers: /404, /405-200 (HEAD, then GET), /to/<path>."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    """Answers as the path says."""

    server: Site

    def do_HEAD(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        if self.path.startswith("/to"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to") or "/to")
        else:
            head, _, get = self.path.strip("/").partition("-")
            self.send_response(int(get if get and self.command == "GET" else head))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return another site, which is on this machine."""
    settings.LINK_CHECK_PRIVATE_HOSTS = True
    monkeypatch.setattr(asking, "BETWEEN", 0.0)
    with Site() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def citing(*urls: str, **fields: Any) -> ArticlePage:
    """Return an article that links to addresses in its text."""
    text = "".join(f'<p><a href="{url}">nguồn</a></p>' for url in urls)
    return factories.article(body=[{"type": "text", "value": text}], **fields)


def urls() -> list[str]:
    return list(OutsideLink.objects.values_list("url", flat=True))


def night(seconds: float = 30) -> int:
    """Let a night pass."""
    OutsideLink.objects.update(checked_at=timezone.now() - timedelta(hours=21))
    return asking.run(seconds)


def test_addresses_come_from_fields_and_texts_of_public_pages(tree: factories.Tree) -> None:
    citing("https://a.example.vn/x?y=1&amp;z=2#cho-nay", "mailto:a@example.vn", "/tin-tuc/")
    factories.procedure(online_url="https://b.example.vn/", source_url="https://a.example.vn/x?y=1&z=2")
    factories.article("Nháp", live=False, source_url="https://nhap.example.vn/")
    assert finding.collect() == 2
    assert urls() == ["https://a.example.vn/x?y=1&z=2", "https://b.example.vn/"]
    assert OutsideLink.objects.get(host="a.example.vn").pages.count() == 2


def test_what_nobody_links_to_any_more_is_forgotten(tree: factories.Tree) -> None:
    page = citing("https://a.example.vn/", "https://b.example.vn/")
    finding.collect()
    page.body = [{"type": "text", "value": '<p><a href="https://b.example.vn/">b</a></p>'}]
    page.save_revision().publish()
    finding.collect()
    assert urls() == ["https://b.example.vn/"]


def test_collecting_takes_as_many_queries_for_many_pages(
    tree: factories.Tree, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        citing(f"https://{number}.example.vn/", title=f"Tin {number}")
    with django_assert_max_num_queries(30):
        finding.collect()


@pytest.mark.parametrize(
    ("path", "said", "dead"),
    [
        ("/200", "200", False),
        ("/404", "404", True),
        ("/410", "410", True),
        ("/500", "500", True),
        ("/403", "403", False),
        ("/405-200", "200", False),
        ("/404-200", "200", False),
        ("/to/200", "200", False),
        ("/to/to/404", "404", True),
        ("/to", "redirects", True),
    ],
)
def test_what_an_address_answers(site: Site, path: str, said: str, dead: bool) -> None:
    assert asking.ask(requests.Session(), site.url + path) == asking.Answer(said, dead)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://khong-co.invalid/"])
def test_nobody_there(site: Site, url: str) -> None:
    assert asking.ask(requests.Session(), url) == asking.Answer("unreachable", dead=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:9200/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/",
    ],
)
def test_our_own_walls_are_not_asked(url: str) -> None:
    assert asking.ask(requests.Session(), url) == asking.Answer("private", dead=False)


def test_a_redirect_leads_into_no_wall(site: Site, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LINK_CHECK_PRIVATE_HOSTS = False
    first = iter([True, False])
    monkeypatch.setattr(asking, "is_public", lambda url: next(first))
    assert asking.ask(requests.Session(), f"{site.url}/to/200").said == "private"
    assert site.asked == ["HEAD /to/200"]


def test_the_day_on_which_it_was_first_seen_dead(site: Site, tree: factories.Tree) -> None:
    citing(f"{site.url}/404", f"{site.url}/200")
    asking.run(30)
    first = OutsideLink.objects.get(url__endswith="/404").dead_since
    assert first
    night()
    dead = OutsideLink.objects.get(url__endswith="/404")
    assert (dead.dead_since, dead.failures) == (first, 2)
    assert OutsideLink.objects.get(url__endswith="/200").dead_since is None


def test_an_address_that_is_back_is_alive(site: Site, tree: factories.Tree) -> None:
    citing(f"{site.url}/200")
    finding.collect()
    OutsideLink.objects.update(dead_since=timezone.now(), failures=5)
    night()
    link = OutsideLink.objects.get()
    assert (link.dead_since, link.failures, link.answer) == (None, 0, "200")


def test_each_is_asked_once_a_night(site: Site, tree: factories.Tree) -> None:
    citing(f"{site.url}/200")
    assert asking.run(30) == 1
    assert asking.run(30) == 0
    assert site.asked == ["HEAD /200"]


def test_no_host_is_asked_too_often(tree: factories.Tree) -> None:
    OutsideLink.objects.bulk_create(
        OutsideLink(url=f"https://lon.example.vn/{number}", host="lon.example.vn") for number in range(100)
    )
    OutsideLink.objects.create(url="https://nho.example.vn/", host="nho.example.vn")
    chosen = asking.due()
    assert len(chosen) == asking.OF_A_HOST + 1
    assert chosen[1].host == "nho.example.vn"  # hosts in turns


def test_people_are_told_on_the_second_night_once(site: Site, tree: factories.Tree) -> None:
    page = citing(f"{site.url}/404")
    Rule.objects.create(
        name="Liên kết", branch_id=tree.news.pk, events=[Event.DEAD_LINK], addresses="a@example.vn"
    )
    told = []
    for _number in range(3):
        night()
        told.append(Notification.objects.count())
    assert told == [0, 1, 1]
    assert Notification.objects.get().page_id == page.pk


def test_the_report_says_since_when_and_where(site: Site, tree: factories.Tree) -> None:
    page = citing(f"{site.url}/404", title="Trang dẫn nguồn")
    asking.run(30)
    shown = logged_in(person(roles.EDITOR, "bien-tap")).get("/admin/reports/dead-links/").content.decode()
    for words in (f"{site.url}/404", f"/admin/pages/{page.pk}/edit/", "Trang dẫn nguồn"):
        assert words in shown
    exported = logged_in(factories.administrator()).get("/admin/reports/dead-links/?export=csv")
    assert f"{site.url}/404" in exported.getvalue().decode()


def test_the_editor_is_told_before_publication(site: Site, tree: factories.Tree) -> None:
    page = citing("https://con-song.example.vn/", f"{site.url}/404")
    asking.run(30)
    OutsideLink.objects.filter(host="con-song.example.vn").update(dead_since=None)
    (found,) = [item for item in preflight.findings(page) if item.field == "body"]
    assert (found.blocks, found.block) == (False, 0)
    assert f"{site.url}/404" in str(found.sentence)


def test_so_is_a_link_to_what_is_not_public_here(tree: factories.Tree) -> None:
    hidden = factories.article("Chưa đăng", live=False)
    shown = factories.article("Đã đăng")
    text = "".join(f'<p><a linktype="page" id="{page.pk}">xem</a></p>' for page in (hidden, shown))
    page = factories.article("Dẫn", body=[{"type": "text", "value": text}])
    (found,) = [item for item in preflight.findings(page) if item.field == "body"]
    assert "Chưa đăng" in str(found.sentence)
