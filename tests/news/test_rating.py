"""Readers rate an article: one voter one vote, nobody is kept, and no program stuffs the box."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import date
from decimal import Decimal
from email.message import Message
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import PageViewRestriction

from home import networks
from news import rating, rating_limits
from news.models import ArticlePage, ArticleRating
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PAGE = "/tin-tuc/mot-nam-cai-cach/"
HOURLY = rating_limits.MOST[rating_limits.HOUR]


@pytest.fixture(autouse=True)
def nobody_has_voted() -> Iterator[None]:
    """Begin and end with no votes counted."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def article(tree: factories.Tree) -> ArticlePage:
    return factories.article("Một năm cải cách")


def address(article: ArticlePage) -> str:
    return f"/en/danh-gia/{article.pk}/"


def rate(client: Client, article: ArticlePage, score: object, **headers: str) -> int:
    """Vote in a browser, and return how it is answered."""
    sent = {} if score is None else {"score": str(score)}
    return client.post(address(article), sent, **headers).status_code  # type: ignore[arg-type]


def scores(article: ArticlePage) -> list[int]:
    return sorted(article.ratings.values_list("score", flat=True))


def fill(article: ArticlePage, *given: int) -> None:
    """Have voters vote who are not what a test is about."""
    for number, score in enumerate(given):
        rating.vote(article, f"voter {number}", score, f"voice {number}")


@pytest.fixture
def rated(article: ArticlePage) -> None:
    """Have five readers rate the article."""
    fill(article, 4, 4, 4, 4, 4)


def test_case_40_a_later_vote_replaces_the_earlier(article: ArticlePage) -> None:
    browser = Client()
    assert rate(browser, article, 2) == 302
    assert rate(browser, article, 5) == 302
    assert scores(article) == [5]
    html = browser.get(address(article)).content.decode()
    assert "Thank you. Your rating: 5 out of 5." in html
    assert re.findall(r'value="(\d)" checked', html) == ["5"]
    assert browser.get(f"/danh-gia/{article.pk}/").content.decode().count(" checked") == 1


def test_case_40_two_browsers_behind_one_proxy_can_both_vote(article: ArticlePage) -> None:
    assert rate(Client(), article, 4) == 302
    assert rate(Client(), article, 4) == 302
    assert scores(article) == [4, 4]


@pytest.mark.parametrize("score", ["0", "6", "-1", "5.5", "NaN", "５", "", None, "5\x00", "1e0", " 5", "٣"])
def test_case_40_a_bad_score_is_told_and_moves_nothing(article: ArticlePage, score: str | None) -> None:
    fill(article, 5, 5, 4, 4, 4)
    before = rating.mean(article)
    response = Client().post(address(article), {} if score is None else {"score": score})
    assert response.status_code == 400
    assert b"Choose a score from 1 to 5." in response.content
    assert rating.mean(article) == before
    assert "voter" not in response.cookies


def test_case_40_without_a_token_there_is_no_vote(article: ArticlePage) -> None:
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(address(article), {"score": "5"})
    assert response.status_code == 403
    assert b"load the page anew" in response.content
    assert scores(article) == []
    token = TOKEN.search(browser.get(address(article)).content.decode())
    assert token is not None
    sent = {"score": "5", "csrfmiddlewaretoken": token.group(1)}
    assert browser.post(address(article), sent).status_code == 302
    assert scores(article) == [5]


def test_case_40_what_the_public_may_not_see_takes_no_votes(article: ArticlePage) -> None:
    draft = factories.article("Bản nháp", live=False)
    private = factories.article("Nội bộ")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    article.unpublish()
    for page in (draft, private, article):
        assert (Client().get(address(page)).status_code, rate(Client(), page, 5)) == (404, 404)
    for number in ("0", "999999999999999999999", "9" * 5000, "abc", "-1"):
        assert Client().post(f"/danh-gia/{number}/", {"score": "5"}).status_code == 404
    assert not ArticleRating.objects.exists()


def test_case_40_a_network_has_a_bound_and_is_told(article: ArticlePage) -> None:
    office = [Client() for _ in range(HOURLY)]
    assert Counter(rate(browser, article, 5) for browser in office) == {302: HOURLY}
    stuffer = Client().post(address(article), {"score": "1"})
    assert (stuffer.status_code, stuffer["Retry-After"]) == (429, "3600")
    assert b"Please try again in an hour." in stuffer.content
    assert "voter" not in stuffer.cookies
    # Who has voted may change their mind; another article, or another network, is not concerned.
    assert rate(office[0], article, 3) == 302
    assert rate(Client(), factories.article("Khác"), 5) == 302
    assert rate(Client(REMOTE_ADDR="192.0.2.7"), article, 5) == 302
    assert scores(article) == [3, *[5] * HOURLY]


def test_case_40_a_network_has_one_voice_a_day_however_often_it_votes(
    article: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [rate(Client(), article, 1) for _ in range(HOURLY)] == [302] * HOURLY
    assert rating.mean(article) is None
    fill(article, 5, 5, 5, 4)
    assert rating.mean(article) == rating.Mean(Decimal("4.0"), 5)
    monkeypatch.setattr(timezone, "localdate", lambda: date(2100, 1, 1))
    cache.clear()  # its salt lasts a day
    assert rate(Client(), article, 1) == 302
    assert rating.mean(article) == rating.Mean(Decimal("3.5"), 6)


def test_case_40_a_voice_is_the_mean_of_its_votes(article: ArticlePage) -> None:
    for score in (1, 2, 5, 5):
        assert rate(Client(), article, score) == 302
    fill(article, 4, 4, 4, 5)
    assert rating.mean(article) == rating.Mean(Decimal("4.1"), 5)  # (3.25 + 17) / 5 = 4.05


def test_case_40_a_cookie_of_another_article_does_not_help(article: ArticlePage) -> None:
    other = factories.article("Khác")
    browsers = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(HOURLY + 3)]
    for browser in browsers:
        assert rate(browser, other, 3) == 302
        browser.defaults["REMOTE_ADDR"] = "192.0.2.200"
    answers = Counter(rate(browser, article, 5) for browser in browsers)
    assert answers == {302: HOURLY, 429: 3}


@pytest.mark.parametrize("forged", ["1", "%s", "voter:1abc:%s", "\x00", "é" * 3000])
def test_case_40_a_forged_cookie_is_no_voter(article: ArticlePage, forged: str) -> None:
    browser = Client()
    rate(browser, article, 2)
    thief = Client()
    signed = browser.cookies["voter"].value
    thief.cookies["voter"] = forged % signed[:-1] if "%s" in forged else forged
    assert rate(thief, article, 4) == 302
    assert scores(article) == [2, 4]


def test_the_cookie_is_for_us_alone_and_comes_with_the_vote(article: ArticlePage) -> None:
    browser = Client()
    browser.get(PAGE)
    assert not browser.cookies
    browser.get(address(article))
    assert list(browser.cookies) == ["csrftoken"]
    rate(browser, article, 5)
    cookie = browser.cookies["voter"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 86400)


def test_the_article_stays_cacheable_and_the_form_is_not(article: ArticlePage) -> None:
    page, form = Client().get(PAGE), Client().get(address(article))
    assert "Cookie" not in page.get("Vary", "")
    assert f'href="/danh-gia/{article.pk}/"' in page.content.decode()
    assert "no-store" in form["Cache-Control"]
    assert b'content="noindex"' in form.content


def test_nobody_can_tell_whose_vote_it_is(article: ArticlePage, caplog: pytest.LogCaptureFixture) -> None:
    other = factories.article("Khác")
    browser = Client(REMOTE_ADDR="192.0.2.55")
    for page in (article, other):
        rate(browser, page, 4)
    first, second = ArticleRating.objects.order_by("pk")
    assert {field.name for field in ArticleRating._meta.fields} == {
        "id",
        "article",
        "voter",
        "score",
        "voice",
    }
    assert first.voter != second.voter
    assert first.voice != second.voice
    assert browser.cookies["voter"].value.split(":")[0] not in first.voter
    kept = repr(vars(cache)) + repr(getattr(cache, "_cache", ""))
    assert "192.0.2.55" not in kept
    assert caplog.text == ""


def test_no_mean_below_five_votes(article: ArticlePage) -> None:
    fill(article, 5, 5, 5, 5)
    assert rating.mean(article) is None
    assert "out of 5" not in Client().get(f"/en{PAGE}").content.decode()
    rating.vote(article, "another", 1, "another")
    assert "Readers give it 4.2 out of 5, 5 ratings" in Client().get(f"/en{PAGE}").content.decode()


def test_the_mean_is_written_as_vietnamese_does(article: ArticlePage) -> None:
    fill(article, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4)  # 51 / 12 = 4.25
    html = Client().get(PAGE).content.decode()
    assert re.search(r"4,3 [^\d<]+ 5, 12 ", html)


def test_the_mean_is_one_query_however_many_votes(article: ArticlePage) -> None:
    def queries() -> int:
        Client().get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            Client().get(PAGE)
        return len(asked)

    none = queries()
    fill(article, *[4] * 40)
    assert queries() == none
    with CaptureQueriesContext(connection) as asked:
        rating.mean(article)
    assert len(asked) == 1


def test_a_preview_and_a_private_article_offer_no_vote(article: ArticlePage, rf: RequestFactory) -> None:
    assert article.get_context(rf.get("/"))["is_rated"]
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert not article.get_context(rf.get("/"))["is_rated"]
    assert not ArticlePage(title="Mới", depth=2).get_context(rf.get("/"))["is_rated"]


def test_votes_go_with_their_article_and_not_with_its_copy(article: ArticlePage) -> None:
    fill(article, 5, 5)
    copy = article.copy(update_attrs={"slug": "ban-sao"})
    assert scores(copy) == []
    article.delete()
    assert not ArticleRating.objects.exists()


def test_the_database_keeps_to_the_scores(article: ArticlePage) -> None:
    for score in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            rating.vote(article, "a", score, "a")


@pytest.mark.parametrize(
    ("proxies", "peer", "named", "network"),
    [
        (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (0, "192.0.2.1", "", "192.0.2.1"),
        (1, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "127.0.0.1", "10.9.8.7, 203.0.113.9", "203.0.113.9"),
        (1, "127.0.0.1", "10.9.8.7, 10.9.8.6,203.0.113.9", "203.0.113.9"),
        (2, "127.0.0.1", "10.9.8.7, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "192.0.2.1", "203.0.113.9", "192.0.2.1"),  # it did not come through both
        (1, "192.0.2.1", "", "192.0.2.1"),
        (1, "192.0.2.1", "unknown", "192.0.2.1"),
        (1, "192.0.2.1", "203.0.113.9, ", "192.0.2.1"),
        (0, "2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::/64"),
        (1, "::1", "2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
        (0, "", "203.0.113.9", ""),
    ],
)
def test_case_40_a_header_is_believed_as_far_as_proxies_are(
    proxies: int, peer: str, named: str, network: str, rf: RequestFactory, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": named} if named else {}
    assert networks.network(rf.get("/", REMOTE_ADDR=peer, headers=headers)) == network


def answer(request: Request) -> tuple[int, Message, str]:
    """Ask as a program does, which follows no redirect and keeps no cookie."""

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *asked: Any) -> None:
            return None

    try:
        with build_opener(ProxyHandler({}), Stay).open(request, timeout=30) as response:
            return response.status, response.headers, response.read().decode()
    except HTTPError as error:
        return error.code, error.headers, error.read().decode()


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Serve this test's database to many at once; SQLite's is in memory, and goes into a file first."""
    if connection.vendor != "sqlite":
        yield request.getfixturevalue("live_server").url
        return
    request.getfixturevalue("article")
    connection.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as file:
        connection.connection.backup(file)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = ["-m", "gunicorn", "portal.wsgi", f"--bind=127.0.0.1:{port}", "--threads=20"]
    command += ["--pythonpath=site", "--no-control-socket"]
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(  # noqa: S603
            [sys.executable, *command], cwd=ROOT, env=environment, stdout=log, stderr=log
        ) as process,
    ):
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                assert process.poll() is None, (tmp_path / "log").read_text()
                with suppress(OSError), build_opener(ProxyHandler({})).open(f"{url}/robots.txt", timeout=30):
                    break
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_case_40_a_burst_stuffs_nothing_with_forged_headers_or_without(
    article: ArticlePage, rated: None, server: str
) -> None:
    url = f"{server}/danh-gia/{article.pk}/"
    _, headers, form = answer(Request(url))  # noqa: S310
    token, cookie = TOKEN.search(form), headers["Set-Cookie"].partition(";")[0]
    assert token is not None

    def vote(number: int, forges: bool, voters: Sequence[str] = ()) -> tuple[int, str]:
        sent = {"score": str(number % 5 + 1), "csrfmiddlewaretoken": token[1]}
        named = {"Cookie": f"{cookie}; {voters[number % len(voters)]}" if voters else cookie}
        named |= {"X-Forwarded-For": f"10.0.{number // 256}.{number % 256}"} if forges else {}
        status, headers, _ = answer(Request(url, urlencode(sent).encode(), named))  # noqa: S310
        return status, (headers["Set-Cookie"] or "").partition(";")[0]

    def burst(votes: int, **how: Any) -> list[tuple[int, str]]:
        with ThreadPoolExecutor(20) as threads:
            return list(threads.map(partial(vote, **how), range(votes)))

    assert answer(Request(url, b"score=5"))[0] == 403  # noqa: S310
    first = burst(200, forges=True)
    assert Counter(status for status, _ in first) == {302: HOURLY, 429: 200 - HOURLY}
    assert Counter(status for status, _ in burst(200, forges=False)) == {429: 200}
    voters = [voter for status, voter in first if status == 302]
    assert Counter(status for status, _ in burst(100, forges=True, voters=voters)) == {302: 100}
    assert "Readers give it 3.8 out of 5, 6 ratings" in answer(Request(f"{server}/en{PAGE}"))[2]  # noqa: S310


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_case_40_votes_of_one_voter_at_once_leave_one(article: ArticlePage) -> None:
    together = threading.Barrier(8)

    def work(score: int) -> None:
        try:
            together.wait(10)
            for _ in range(5):
                rating.vote(article, "one and the same", score, "one")
        finally:
            connection.close()

    if connection.vendor == "sqlite":  # tests have it in memory, where a writer does not wait for another
        together = threading.Barrier(1)
        for score in (1, 2, 3):
            rating.vote(article, "one and the same", score, "one")
    else:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(work, [1, 2, 3, 4, 5, 1, 2, 3]))
    assert article.ratings.count() == 1
