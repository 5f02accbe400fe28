"""Slips are corrected, and right words are not."""

import pytest

from search.understanding.correction import corrected
from search.understanding.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng kys khai sinh", "đăng ký khai sinh"),
        ("dang1 ky1 khai tu3", "đăng ký khai tử"),
        ("giaays phép lái xe", "giấy phép lái xe"),
        ("giấy phpé lái xe", "giấy phép lái xe"),
        ("giấy phép láy xe", "giấy phép lái xe"),
        ("giấy phéo lái xe", "giấy phép lái xe"),
        ("đăng ký kết hôm", "đăng ký kết hôn"),
        ("dang ky ket hon", "đăng ký kết hôn"),
        ("giay phep lai xe", "giấy phép lái xe"),
    ],
)
def test_slips_are_corrected(typed: str, meant: str, vocabulary: Vocabulary) -> None:
    assert " ".join(corrected(typed.split(), vocabulary)) == meant


@pytest.mark.parametrize(
    "words",
    [
        "đăng ký khai sinh",
        "đăng ký lại khai sinh",
        "sinh ra ở đâu",
        "giấy khai sinh cho bé",
        "điện",
        "hội",
        "zebra",
        "1.001193",
        "12345",
        "koi",
        "đăng ký hụi",
    ],
)
def test_right_words_and_what_cannot_be_known_stay(words: str, vocabulary: Vocabulary) -> None:
    assert " ".join(corrected(words.split(), vocabulary)) == words
