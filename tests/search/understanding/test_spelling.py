"""One spelling: the place of the tone mark, i and y."""

import unicodedata

import pytest

from search.understanding.spelling import spelled, split_tone, with_tone, words_of


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("hoà", "hòa"),
        ("hòa", "hòa"),
        ("thuỷ", "thủy"),
        ("Uỷ", "ủy"),
        ("khoẻ", "khỏe"),
        ("quí", "quý"),
        ("quỹ", "quỹ"),
        ("qui", "quy"),
        ("già", "già"),
        ("giá", "giá"),
        ("gìn", "gìn"),
        ("kĩ", "kỹ"),
        ("lí", "lý"),
        ("mĩ", "mỹ"),
        ("toàn", "toàn"),
        ("hoá", "hóa"),
        ("thi", "thi"),
        ("thì", "thì"),
        ("nghĩa", "nghĩa"),
        ("mùa", "mùa"),
        ("người", "người"),
        ("nguyễn", "nguyễn"),
        ("123", "123"),
        ("bqp", "bqp"),
    ],
)
def test_a_word_in_its_one_spelling(typed: str, one: str) -> None:
    assert words_of(typed) == [one]
    assert spelled(one) == one


def test_words_without_what_stands_between_them() -> None:
    assert words_of("Hoà giải; đất-đai (cấp xã), 24/7") == [
        "hòa",
        "giải",
        "đất",
        "đai",
        "cấp",
        "xã",
        "24",
        "7",
    ]


def test_a_tone_comes_off_and_goes_back_to_its_place() -> None:
    for word in ("đường", "giấy", "quyền", "khuya", "toán", "hòa", "thủy", "nghiệp"):
        letters, tone = split_tone(word)
        assert with_tone(letters, tone) == unicodedata.normalize("NFC", word)
