"""Numbers of documents as people shorten them."""

import pytest

from search.understanding.numbers import Numbers, numbers_in
from search.understanding.vocabulary import Vocabulary

WHOLE = ("1181/qd-bgddt",)


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("QĐ 1181 BGDĐT", WHOLE),
        ("qd 1181 bgddt", WHOLE),
        ("1181/QĐ-BGDĐT", WHOLE),
        ("1181 qd bgddt", WHOLE),
        ("quyết định số 1181", WHOLE),
        ("1181", WHOLE),
        ("nghị định 123", ("123/2015/nd-cp",)),
        ("nghị định 123 năm 2015", ("123/2015/nd-cp",)),
        ("nghi dinh 123/2015", ("123/2015/nd-cp",)),
        ("luật 60/2014/QH13", ("60/2014/qh13",)),
        ("60/2014/qh13", ("60/2014/qh13",)),
    ],
)
def test_a_number_in_any_of_its_forms(words: str, keys: tuple[str, ...], vocabulary: Vocabulary) -> None:
    assert numbers_in(words, vocabulary) == Numbers(keys, alone=True)


def test_a_number_that_nobody_has_is_still_one_when_it_is_whole(vocabulary: Vocabulary) -> None:
    assert numbers_in("999/QĐ-BTP", vocabulary) == Numbers(("999/qd-btp",), alone=True)


@pytest.mark.parametrize("words", ["20 cái ghế", "15", "luật đất đai", "kế hoạch 2025", "khai sinh"])
def test_what_is_no_number(words: str, vocabulary: Vocabulary) -> None:
    assert numbers_in(words, vocabulary).keys == ()


def test_a_number_among_words_is_not_alone(vocabulary: Vocabulary) -> None:
    found = numbers_in("khai sinh theo nghị định 123/2015/NĐ-CP thế nào", vocabulary)
    assert found == Numbers(("123/2015/nd-cp",), alone=False)
