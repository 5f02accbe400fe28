"""Our mark stands exactly around the word, and everything else is text."""

import pytest

from procedures import parts
from search.results import Result
from tests import factories
from tests.search.conftest import Search

pytestmark = pytest.mark.once


def only(search: Search, words: str) -> Result:
    (result,) = search(words).results
    return result


def test_the_word_is_marked_as_it_is_written(search: Search) -> None:
    factories.procedure("Đăng ký Khai sinh, khai tử")
    assert (
        only(search, "khai sinh").marked_title
        == "Đăng ký <mark>Khai</mark> <mark>sinh</mark>, <mark>khai</mark> tử"
    )


def test_a_query_without_accents_marks_the_accented_word(search: Search) -> None:
    factories.procedure("Thu 50.000 đồng một hồ sơ")
    assert only(search, "dong").marked_title == "Thu 50.000 <mark>đồng</mark> một hồ sơ"
    assert only(search, "đồng").marked_title == "Thu 50.000 <mark>đồng</mark> một hồ sơ"


def test_a_query_with_accents_marks_no_other_word(search: Search) -> None:
    factories.procedure("Đông đồng động")
    assert only(search, "đồng").marked_title == "Đông <mark>đồng</mark> động"


def test_another_place_of_the_tone_mark_is_the_same_word(search: Search) -> None:
    factories.procedure("Công nhận hòa giải viên, hoà nhập")
    expected = "Công nhận <mark>hòa</mark> giải viên, <mark>hoà</mark> nhập"
    assert only(search, "hoà").marked_title == expected


def test_markup_in_a_text_is_text(search: Search) -> None:
    factories.procedure(
        'Thử <b>đậm</b> & dấu "nháy"',
        summary="Xem <img src=x onerror=alert(1)> khai sinh </mark><script>x</script>",
    )
    result = only(search, "khai sinh")
    assert result.marked_title == "Thử &lt;b&gt;đậm&lt;/b&gt; &amp; dấu &quot;nháy&quot;"
    assert "<mark>khai</mark> <mark>sinh</mark>" in result.passage
    for tag in ("<img", "<script", "</mark><"):
        assert tag not in result.passage


def test_without_words_nothing_is_marked(search: Search) -> None:
    factories.procedure("A < B")
    assert only(search, "").marked_title == "A &lt; B"
    assert only(search, "").passage == ""


def test_a_passage_shows_where_the_words_are(search: Search) -> None:
    steps = [
        parts.step_group(
            [parts.step("Nộp hồ sơ ở quầy. " * 200), parts.step("Nhận giấy báo phúc thẩm tại quầy.")]
        )
    ]
    factories.procedure("Thủ tục", steps=steps)
    passage = only(search, "phúc thẩm").passage
    assert "<mark>phúc</mark> <mark>thẩm</mark>" in passage
    assert len(passage) < 500
