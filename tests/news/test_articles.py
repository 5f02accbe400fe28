"""What an article shows beside its text: dates in words, its source, its pictures, what it is about."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import PageViewRestriction

from home import preflight
from home.models import PortalImage, PortalRendition
from news import showing
from news.choices import SourceState
from news.models import ArticlePage
from news.tasks import draw_pictures
from tests import factories
from tests.counting import queries
from tests.news.factories_articles import article, picture

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, tree: factories.Tree) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail keeps renditions there


def words(page: ArticlePage, client: Client) -> str:
    """Return what stands on a page in English, without markup."""
    html = client.get(f"/en{page.url.removeprefix('/en')}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_dates_are_said_in_words(client: Client) -> None:
    page = article(date=date(2026, 1, 10), as_of=date(2025, 12, 31), author="Lê An", office="Sở Nội vụ")
    said = words(page, client)
    assert "Published 10 Jan 2026; figures as of 31 Dec 2025" in said
    assert "updated" not in said
    assert "Lê An · Office in charge: Sở Nội vụ" in said


def test_an_update_is_one_of_a_later_day(client: Client) -> None:
    page = article(date=TODAY - timedelta(days=40))
    first = timezone.now() - timedelta(days=30)
    ArticlePage.objects.filter(pk=page.pk).update(first_published_at=first, last_published_at=first)
    page.refresh_from_db()
    assert page.updated_on is None
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.updated_on == TODAY
    assert f"; updated {TODAY.day} {TODAY:%b %Y}" in words(page, client)


def test_the_source_says_how_it_was_used(client: Client) -> None:
    page = article(
        source_name="Báo địa phương",
        source_url="https://bao.example/bai",
        source_state=SourceState.EXCERPT,
        source_retrieved_on=date(2026, 1, 9),
    )
    assert "Source: Báo địa phương (shortened; retrieved on 9 Jan 2026)" in words(page, client)
    assert "Source: Báo địa phương " in words(article("Khác", source_name="Báo địa phương"), client)


def test_a_long_article_says_how_long_it_takes(client: Client) -> None:
    text = "<p>" + "chữ " * (3 * showing.SYLLABLES_A_MINUTE) + "</p>"
    assert "3 minutes to read" in words(article(body=[("text", text)]), client)
    assert "to read" not in words(article("Ngắn", body=[("text", "<p>Ngắn.</p>")]), client)


def test_a_gallery_has_captions_for_all_and_words_for_those_who_do_not_see(client: Client) -> None:
    page = article(
        pictures=(
            {"caption": "Quầy số 1 trong giờ làm việc.", "alt_text": "Một người nhận giấy hẹn"},
            {"image": picture("Sân", "Sân trung tâm có mái che")},
        )
    )
    html = client.get(page.url).content.decode()
    gallery = re.search(r'<ul class="mb-pictures__list">(.*?)</ul>', html, re.DOTALL)
    assert gallery is not None
    first, second = re.findall(r"<figure.*?</figure>", gallery[1], re.DOTALL)
    assert '<figcaption class="mb-caption">Quầy số 1 trong giờ làm việc.</figcaption>' in first
    assert 'alt="Một người nhận giấy hẹn"' in first
    assert 'alt="Sân trung tâm có mái che"' in second
    assert "figcaption" not in second
    for attribute in ('width="400"', 'height="300"', ".avif", ".webp", 'loading="lazy"', "srcset"):
        assert attribute in first
    whole = re.search(r'href="(/media/[^"]+)"', first)
    assert whole is not None
    response = client.get(whole[1])
    assert response.status_code == 200
    response.close()


def test_more_pictures_and_relations_take_no_more_queries(client: Client) -> None:
    decisions = [factories.decision(f"{number}/QĐ-UBND") for number in range(4)]
    procedures = [factories.procedure(f"Thủ tục {number}") for number in range(4)]
    few = article("Ít", pictures=({}, {}), related=(decisions[0], procedures[0]))
    many = article("Nhiều", pictures=({},) * 6, related=(*decisions, *procedures))
    assert queries(client, many.url) == queries(client, few.url)


def test_related_pages_stand_in_their_order_and_hidden_ones_do_not(client: Client) -> None:
    decision = factories.decision("470/QĐ-UBND", "Quy trình nội bộ", date_signed=date(2021, 8, 26))
    procedure = factories.procedure("Đăng ký khai sinh", code="9.111111")
    draft = factories.procedure("Thủ tục đang soạn", live=False)
    private = factories.decision("1/QĐ-KIN", "Quyết định kín")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    page = article(related=(decision, draft, procedure, private))
    said = words(page, client)
    assert re.search(
        r"Quy trình nội bộ Decision 470/QĐ-UBND 26 Aug 2021 Đăng ký khai sinh Procedure 9.111111", said
    )
    assert "đang soạn" not in said
    assert "kín" not in said


def test_machines_read_when_by_whom_and_what_about(client: Client) -> None:
    procedure = factories.procedure("Đăng ký khai sinh")
    page = article(author="Lê An", source_name="Báo", pictures=({}, {}), related=(procedure,))
    html = client.get(page.url).content.decode()
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0])
    assert data["@type"] == "NewsArticle"
    assert data["author"] == [{"@type": "Person", "name": "Lê An"}]
    assert data["dateModified"].startswith(TODAY.isoformat())
    assert len(data["image"]) == 3
    assert data["about"][0]["name"] == procedure.title
    assert data["isBasedOn"]["name"] == "Báo"


def test_a_lost_file_breaks_no_page(client: Client) -> None:
    page = article(pictures=({},), image=picture("Chính"), image_alt="Quầy")
    for image in PortalImage.objects.all():
        Path(image.file.path).unlink()
    assert client.get(page.url).status_code == 200


def test_the_worker_draws_all_that_the_page_shows(
    client: Client,
) -> None:
    page = article(pictures=({}, {}), image=picture("Chính"), image_alt="Quầy")
    draw_pictures(page.pk)
    drawn = PortalRendition.objects.count()
    cache.clear()
    client.get(page.url)
    client.get("/tin-tuc/")
    assert PortalRendition.objects.count() == drawn
    draw_pictures(page.pk)
    page.unpublish()
    PortalRendition.objects.all().delete()
    draw_pictures(page.pk)
    assert not PortalRendition.objects.exists()


def fields_found(page: ArticlePage, *, blocks: bool) -> set[str]:
    return {found.field for found in preflight.findings(page) if found.blocks is blocks}


def test_checks_before_publication() -> None:
    bare = {"image": picture("Không mô tả", "")}
    page = article(
        pictures=({}, bare),
        as_of=TODAY + timedelta(days=1),
        source_state=SourceState.VERBATIM,
        source_retrieved_on=TODAY + timedelta(days=1),
    )
    assert fields_found(page, blocks=True) == {"pictures", "as_of", "source_name", "source_retrieved_on"}
    page = article("Khác", date=date(2021, 1, 1), as_of=date(2021, 6, 1), source_name="Báo", pictures=({},))
    assert fields_found(page, blocks=True) == set()
    assert fields_found(page, blocks=False) == {"as_of", "source_state"}
