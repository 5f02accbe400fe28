"""Articles and their list: pictures with their size, words for those who do not see them, few queries."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from home.models import PortalImage
from tests import factories
from tests.counting import queries

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def picture(settings: Settings, tmp_path: Path, db: None) -> PortalImage:
    settings.MEDIA_ROOT = tmp_path
    return make_picture()


def make_picture(title: str = "Một cửa") -> PortalImage:
    data = BytesIO()
    Image.new("RGB", (1200, 800), "#8f1a1d").save(data, "PNG")
    file = ContentFile(data.getvalue(), "mot-cua.png")
    return PortalImage.objects.create(
        title=title, description="Quầy một cửa", file=file, width=1200, height=800
    )


def test_an_article_shows_all_that_it_has(client: Client, tree: factories.Tree, picture: PortalImage) -> None:
    page = factories.article(
        "Một cửa mới",
        lead="Mở từ tháng 7",
        date=date(2025, 7, 1),
        author="Ban biên tập",
        image=picture,
        image_alt="Người dân nộp hồ sơ",
        body=[("text", "<h2>Giờ làm việc</h2><p>Từ 7 giờ.</p>"), ("quote", "Nhanh hơn trước.")],
        source_name="Báo địa phương",
        source_url="https://bao.example/bai",
    )
    html = client.get(page.url).content.decode()
    for said in (
        "<h1",
        "Mở từ tháng 7",
        "01/07/2025",
        "Ban biên tập",
        "<h2>Giờ làm việc</h2>",
        "Nhanh hơn trước.",
    ):
        assert said in html
    assert (
        '<a class="govuk-link" href="https://bao.example/bai" rel="external noopener">Báo địa phương</a>'
        in html
    )
    shown = re.search(r"<picture>.*?mot-c.*?</picture>", html)
    assert shown is not None
    for attribute in ('alt="Người dân nộp hồ sơ"', "width=", "height=", "srcset=", ".avif", ".webp"):
        assert attribute in shown.group()


def test_topics_are_named(client: Client, tree: factories.Tree) -> None:
    page = factories.article(live=False)
    page.topics.add("Một cửa", "Số liệu")
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert "Một cửa" in html
    assert "Số liệu" in html


def test_the_list_has_the_newest_first(client: Client, tree: factories.Tree) -> None:
    for title, day in (("Cũ", 1), ("Mới", 3), ("Giữa", 2)):
        factories.article(title, date=date(2025, 1, day))
    factories.article("Bản nháp", live=False)
    html = client.get("/tin-tuc/").content.decode()
    assert re.findall(r"mb-card__link[^>]*>([^<]+)<", html) == ["Mới", "Giữa", "Cũ"]


def test_pages_of_twelve(client: Client, tree: factories.Tree) -> None:
    for n in range(13):
        factories.article(f"Tin {n}")
    assert client.get("/tin-tuc/").content.decode().count("mb-card__title") == 12
    assert client.get("/tin-tuc/?page=2").content.decode().count("mb-card__title") == 1
    response = client.get("/en/tin-tuc/?page=9")
    assert response.status_code == 400
    assert b"This list has no page" in response.content


def test_more_articles_take_no_more_queries(
    client: Client, tree: factories.Tree, picture: PortalImage
) -> None:
    for n in range(2):
        factories.article(f"Tin {n}", image=make_picture(f"Ảnh {n}"))
    two = queries(client, "/tin-tuc/")
    for n in range(8):
        factories.article(f"Tin thêm {n}", image=make_picture(f"Ảnh thêm {n}"))
    assert queries(client, "/tin-tuc/") == two <= 20


def test_without_articles_the_list_says_so(client: Client, tree: factories.Tree) -> None:
    assert b"Nothing is published here yet." in client.get("/en/tin-tuc/").content


def test_articles_by_year_and_topic(client: Client, tree: factories.Tree) -> None:
    for title, year, topics in (("Cũ", 2021, ["Số liệu"]), ("Mới", 2025, ["Số liệu", "Một cửa"])):
        page = factories.article(title, date=date(year, 1, 1), live=False)
        page.topics.add(*topics)
        page.save_revision().publish()
    draft = factories.article("Bản nháp", date=date(1999, 1, 1), live=False)
    draft.topics.add("Kín")
    draft.save_revision()

    def titles(query: str) -> list[str]:
        html = client.get(f"/tin-tuc/{query}").content.decode()
        return [str(title) for title in re.findall(r"mb-card__link[^>]*>([^<]+)<", html)]

    assert titles("") == ["Mới", "Cũ"]
    assert titles("?year=2021") == ["Cũ"]
    assert titles("?topic=số-liệu") == ["Mới", "Cũ"]
    assert titles("?year=2021&topic=một-cửa") == []
    html = client.get("/en/tin-tuc/").content.decode()
    assert "1999" not in html
    assert "Kín" not in html
    for bad in ("?year=1999", "?year=x", "?topic=kín"):
        assert client.get(f"/tin-tuc/{bad}").status_code == 400, bad
    assert (
        'href="/tin-tuc/?topic=s%E1%BB%91-li%E1%BB%87u">Số liệu</a>' in client.get(page.url).content.decode()
    )
