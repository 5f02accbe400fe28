"""The public page of what most people search: it names nobody, and says what was improved."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from search import lexicons
from search.models import AskedDay, SearchTerm
from search.opened import opened_counts
from search.popular import frequent
from search.understanding.vocabulary import KNOWN, Vocabulary
from tests import factories
from tests.search.factories_asked import asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Begin with an index that knows some words, and with nothing kept ready."""
    words = ["đăng", "ký", "khai", "sinh", "kết", "hôn", "trần", "thị", "hoa", "cho"]
    pairs = ["đăng ký", "ký khai", "ký kết", "khai sinh", "kết hôn", "sinh cho"]
    lexicons.store(Vocabulary(words=dict.fromkeys(words, KNOWN), pairs=dict.fromkeys(pairs, 2)))
    cache.clear()
    yield
    cache.clear()
    lexicons.forget()


def often(words: str, times: int = 2, days: int = 3, **sums: Any) -> None:
    for ago in range(days):
        asked(words, ago=ago, searches=times, **sums)


def page(client: Client, path: str = "/tim-kiem/nhieu-nguoi-tim/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_asked_often_on_several_days_is_shown_the_most_first() -> None:
    often("khai sinh")
    often("kết hôn", times=4)
    often("đăng ký khai sinh", days=2, times=9)
    often("sinh", times=1)
    asked("hôn", searches=100)
    assert frequent(10) == ["kết hôn", "khai sinh"]
    assert frequent(1) == ["kết hôn"]


def test_a_name_is_not_shown_however_often_it_is_asked() -> None:
    for query in ("khai sinh nguyễn văn tèo", "trần thị hoa", "khai sinh cho trần thị hoa"):
        often(query, times=50)
    assert frequent(10) == []


def test_what_finds_nothing_or_was_asked_under_filters_or_long_ago_is_not_shown() -> None:
    often("khai sinh", empty=2)
    often("kết hôn", filters="level=xa")
    for ago in range(30, 40):
        asked("sinh", ago=ago, searches=9)
    assert frequent(10) == []


def test_a_beginning_is_found_with_marks_or_without() -> None:
    often("đăng ký kết hôn")
    often("khai sinh")
    assert frequent(10, "dang k") == frequent(10, "ĐĂNG ký") == ["đăng ký kết hôn"]
    assert frequent(10, "hôn") == []


def test_the_list_is_kept_ready(django_assert_num_queries: Any) -> None:
    often("khai sinh")
    frequent(10)
    AskedDay.objects.all().delete()
    with django_assert_num_queries(0):
        assert frequent(10) == ["khai sinh"]


def test_the_page_links_each_query_to_its_search(client: Client) -> None:
    often("khai sinh")
    html = page(client)
    assert 'href="/tim-kiem/?q=khai+sinh"' in html
    assert html.count("<h1") == 1
    html = page(client, "/en/tim-kiem/nhieu-nguoi-tim/")
    assert 'href="/en/tim-kiem/?q=khai+sinh"' in html and 'lang="vi"' in html


def test_the_page_says_what_editors_taught_and_no_more(client: Client) -> None:
    SearchTerm.objects.create(words="cà vẹt", official="đăng ký xe")
    SearchTerm.objects.create(words="từ kho", official="của kho", seeded=True)
    SearchTerm.objects.create(
        words="kho sửa", official="của kho", seeded=True, updated_by=factories.administrator()
    )
    SearchTerm.objects.create(words="tắt rồi", official="không dùng", enabled=False)
    html = page(client)
    assert "cà vẹt" in html and "kho sửa" in html
    assert "từ kho" not in html and "tắt rồi" not in html


def test_the_page_is_kind_when_there_is_nothing(client: Client) -> None:
    html = page(client)
    assert html.count('class="govuk-body"') >= 2
    assert client.post("/tim-kiem/nhieu-nguoi-tim/").status_code == 405


def test_pages_that_are_opened_most_are_known(db: None) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from search.models import OpenedDay

    today = timezone.localdate()
    for ago, page_id, opened in ((0, 1, 2), (1, 1, 2), (0, 2, 5), (0, 3, 1), (95, 3, 99)):
        OpenedDay.objects.create(day=today - timedelta(days=ago), page_id=page_id, opened=opened)
    assert opened_counts(2) == {2: 5, 1: 4}
