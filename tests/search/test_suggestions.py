"""Suggestions while typing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from elasticsearch import Elasticsearch

from search import draining, lexicons, names, popular, rebuilding
from search.models import AskedDay
from search.suggestions import MOST, Suggestion, suggest
from tests import factories
from tests.search.conftest import quiet

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def content(index: Elasticsearch) -> None:
    factories.procedure("Đăng ký khai sinh", code="9.300001", issuer=factories.agency("Bộ Tư pháp"))
    factories.procedure("Đăng ký khai sinh", code="9.300002", levels=("tinh",))
    factories.procedure("Cấp giấy phép đường bộ", sectors=("Đường bộ",), agencies=("Sở Giao thông",))
    draining.drain()
    index.indices.refresh(index=names.alias())


def texts(words: str, kind: str = "") -> list[str]:
    return [found.text for found in suggest(words) if kind in ("", found.type)]


@pytest.mark.parametrize("words", ["đăng ký kh", "dang ky kh", "khai", "sinh đ", "KHAI SI", "si kh"])
def test_names_by_the_beginnings_of_any_words(words: str) -> None:
    assert "Đăng ký khai sinh" in texts(words)


def test_other_beginnings_are_not_suggested() -> None:
    assert texts("hai") == []
    assert "Đăng ký khai sinh" not in texts("khai thác")


def test_namesakes_are_told_apart() -> None:
    notes = {found.note for found in suggest("khai sinh")}
    assert notes == {"9.300001 · Cấp xã · Bộ Tư pháp", "9.300002 · Cấp tỉnh"}


def test_sectors_and_agencies_of_that_name() -> None:
    assert suggest("duong b")[0] == Suggestion(
        "sector", "Đường bộ", "/tim-kiem/?sector=duong-bo", label="Lĩnh vực"
    )
    assert texts("giao thông", "agency") == ["Sở Giao thông"]
    assert texts("phép", "sector") == []


def test_one_word_that_may_become_another_offers_pages_before_groups() -> None:
    assert [found.type for found in suggest("đường")] == ["sector", "procedure"]
    assert [found.type for found in suggest("đườ")] == ["procedure", "sector"]


def test_a_lone_word_means_names_in_which_it_is_early_and_that_are_short(index: Elasticsearch) -> None:
    for name, level in {
        "Thẩm định báo cáo khai thác hươu": "tinh",
        "Đăng ký khai hươu": "xa",
        "Đăng ký khai hươu tại nơi không có ai nuôi con vật này hay con vật nào khác": "xa",
        "Cấp khai hươu": "bo",
    }.items():
        factories.procedure(name, levels=(level,))
    draining.drain()
    index.indices.refresh(index=names.alias())
    assert texts("hươu khai") != []
    assert texts("khai hươ") == [
        "Đăng ký khai hươu",
        "Cấp khai hươu",
        "Đăng ký khai hươu tại nơi không có ai nuôi con vật này hay con vật nào khác",
        "Thẩm định báo cáo khai thác hươu",
    ]


def test_who_types_marks_means_those(index: Elasticsearch) -> None:
    for name in ("Đăng ký bán hươu", "Đăng ký bạn hươu", "Đăng ký bản hươu"):
        factories.procedure(name)
    draining.drain()
    index.indices.refresh(index=names.alias())
    for word in ("bán", "bạn", "bản"):
        assert texts(word)[0] == f"Đăng ký {word} hươu"


def test_frequent_searches_come_first(index: Elasticsearch) -> None:
    rebuilding.rebuild(index, quiet)  # and with it the words that are known
    for days in range(popular.FEWEST_DAYS):
        day = timezone.localdate() - timedelta(days=days)
        AskedDay.objects.create(day=day, words="khai sinh", searches=popular.FEWEST_SEARCHES, results=2)
    cache.delete(popular.CACHED)
    lexicons.forget()
    first, without_words = suggest("kha")[0], suggest("")
    cache.delete(popular.CACHED)
    assert first == Suggestion("query", "khai sinh", "/tim-kiem/?q=khai+sinh", label="Nhiều người tìm")
    assert without_words == [first]


def test_a_beginning_of_a_code() -> None:
    assert {found.note.split(" · ")[0] for found in suggest("9.30000")} == {"9.300001", "9.300002"}


def test_not_too_many(index: Elasticsearch) -> None:
    for number in range(MOST + 1):
        factories.procedure(f"Xe buýt tuyến {number}")
    draining.drain()
    index.indices.refresh(index=names.alias())
    assert len(suggest("xe buýt")) == MOST == 8


@pytest.mark.parametrize("words", ["", "   ", "***", "\x00", "😀"])
def test_nothing_to_suggest(words: str, client: Client) -> None:
    answer = client.get("/goi-y/", {"q": words}).json()
    assert answer == {"suggestions": [], "said": "Không có gợi ý.", "lang": "vi"}


def test_the_address(client: Client) -> None:
    answer: dict[str, Any] = client.get("/goi-y/", {"q": "cap giay"}).json()
    first = answer["suggestions"][0]
    assert (first["type"], first["text"]) == ("procedure", "Cấp giấy phép đường bộ")
    assert client.get("/goi-y/", {"q": "a" * 2000}).status_code == 400
    assert client.post("/goi-y/").status_code == 405


def test_in_english_the_addresses_are_english(client: Client) -> None:
    answer = client.get("/en/goi-y/", {"q": "duong bo"}).json()
    assert all(found["url"].startswith("/en/") for found in answer["suggestions"])
    assert answer["suggestions"][0]["label"] == "Sector"
    assert answer["said"] == "2 suggestions, use the arrow keys."
