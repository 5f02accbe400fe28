"""Keys of Telex and VNI that stayed in the text."""

import pytest

from search.understanding.slips import decoded


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giaays", "giấy"),
        ("giayas", "giấy"),
        ("ddawng", "đăng"),
        ("dangd", "đang"),
        ("kys", "ký"),
        ("chuyeenr", "chuyển"),
        ("nguwowif", "người"),
        ("dduowngf", "đường"),
        ("duongwf", "dường"),
        ("thuees", "thuế"),
        ("gia61y", "giấy"),
        ("giay61", "giấy"),
        ("dang9", "đang"),
        ("ky1", "ký"),
        ("duong72", "dường"),
        ("quye62n", "quyền"),
        ("d9at61", "đất"),
    ],
)
def test_keys_become_letters(typed: str, meant: str) -> None:
    assert meant in decoded(typed)


@pytest.mark.parametrize("word", ["giấy", "khai", "sinh", "an", "2024"])
def test_a_word_without_keys_is_left_alone(word: str) -> None:
    assert decoded(word) == ()
