"""Articles by month, and the feeds: what the list leads to."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tests import factories
from tests.counting import queries
from tests.news.factories_articles import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, tree: factories.Tree) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail keeps renditions there


@pytest.fixture
def articles() -> None:
    for title, day in (
        ("Cũ", date(2025, 6, 5)),
        ("Cuối tháng", date(2025, 5, 31)),
        ("Đầu tháng", date(2026, 11, 1)),
        ("Giữa tháng", date(2026, 11, 15)),
    ):
        factories.article(title, date=day)
    factories.article("Nháp", date=date(1999, 1, 1), live=False)


def titles(client: Client, query: str) -> list[str]:
    html = client.get(f"/tin-tuc/{query}").content.decode()
    return [str(title) for title in re.findall(r"mb-card__link[^>]*>([^<]+)<", html)]


def test_articles_of_a_month(client: Client, articles: None) -> None:
    assert titles(client, "?year=2026&month=11") == ["Giữa tháng", "Đầu tháng"]
    assert titles(client, "?year=2025&month=5") == ["Cuối tháng"]
    assert titles(client, "?year=2025") == ["Cũ", "Cuối tháng"]
    empty = client.get("/en/tin-tuc/?year=2025&month=12")
    assert empty.status_code == 200
    assert b"No article has all of what you chose." in empty.content


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("month=11", "Choose the year of this month, too."),
        ("year=2026&month=13", "There is no such choice: “13”."),
        ("year=2026&month=0", "There is no such choice: “0”."),
        ("year=2026&month=011", "There is no such choice: “011”."),
        ("year=2026&month=x", "There is no such choice: “x”."),
        ("year=1999&month=1", "There is no such choice: “1999”."),
        ("year=99999999999999999999&month=1", "There is no such choice"),
    ],
)
def test_a_bad_month_is_told_at_its_field(client: Client, articles: None, query: str, sentence: str) -> None:
    response = client.get(f"/en/tin-tuc/?{query}")
    assert response.status_code == 400
    html = response.content.decode()
    assert html.count(sentence) == 2
    assert "govuk-form-group--error" in html


def test_the_archive_counts(client: Client, articles: None) -> None:
    html = client.get("/en/tin-tuc/").content.decode()
    archive = html[html.index('id="archive"') :]
    assert re.findall(r"summary\">(\d{4}) \((\d)\)", archive) == [("2026", "2"), ("2025", "2")]
    assert re.findall(r"year=(\d+)&amp;month=(\d+)", archive) == [
        ("2026", "11"),
        ("2025", "6"),
        ("2025", "5"),
    ]
    assert "1999" not in archive
    assert "month=" not in html[: html.index('id="archive"')]
    assert 'name="month"' in client.get("/en/tin-tuc/?year=2025").content.decode()


def test_a_long_archive_takes_no_more_queries(client: Client, articles: None) -> None:
    few = queries(client, "/tin-tuc/")
    for year in range(2012, 2024):
        factories.article(f"Tin {year}", date=date(year, 3, 1))
    assert queries(client, "/tin-tuc/") == few


def test_the_head_names_both_feeds(client: Client) -> None:
    html = client.get("/tin-tuc/").content.decode()
    assert re.findall(r'<link rel="alternate" type="application/(\w+)\+xml"[^>]* href="([^"]+)"', html) == [
        ("atom", "/tin-tuc.atom"),
        ("rss", "/tin-tuc.rss"),
    ]


def test_an_item_of_a_feed_has_all_that_is_known(client: Client) -> None:
    page = factories.article(
        "Một cửa & liên thông",
        lead="Ngắn <gọn>",
        date=date(2025, 6, 5),
        author="Lê An",
        image=picture(),
        live=False,
    )
    page.topics.add("Một cửa", "Số liệu")
    page.save_revision().publish()
    response = client.get("/tin-tuc.rss")
    assert response["Content-Type"].startswith("application/rss+xml")
    text = response.content.decode()
    for said in (
        "<title>Một cửa &amp; liên thông</title>",
        "<description>Ngắn &amp;lt;gọn&amp;gt;</description>",
        "<pubDate>Thu, 05 Jun 2025 00:00:00 +0700</pubDate>",
        f'<guid isPermaLink="false">urn:uuid:{page.translation_key}</guid>',
        "<category>Một cửa</category>",
        "<category>Số liệu</category>",
        "Lê An</dc:creator>",
        "<atom:updated>",
        "<language>vi</language>",
        'type="image/jpeg"',
    ):
        assert said in text, said
    atom = client.get("/tin-tuc.atom").content.decode()
    for said in ("<published>2025-06-05T00:00:00+07:00</published>", 'term="Một cửa"', "<name>Lê An</name>"):
        assert said in atom, said


def test_feeds_hide_what_is_hidden_and_take_few_queries(client: Client, articles: None) -> None:
    assert "Nháp" not in client.get("/tin-tuc.rss").content.decode()
    few = queries(client, "/tin-tuc.rss")
    for number in range(5):
        factories.article(f"Tin {number}", image=picture(f"Ảnh {number}"))
    client.get("/tin-tuc.rss")  # makes the pictures
    assert queries(client, "/tin-tuc.rss") <= few + 2
