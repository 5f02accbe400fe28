"""Input > tokens, as the real analyses make them."""

import pytest
from elasticsearch import Elasticsearch

from search import names

pytestmark = pytest.mark.once


def tokens(client: Elasticsearch, analyzer: str, text: str) -> list[str]:
    answer = client.indices.analyze(index=names.alias(), analyzer=analyzer, text=text)
    return [token["token"] for token in answer["tokens"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đăng ký KHAI SINH", ["đăng", "ký", "khai", "sinh"]),
        ("hoà giải, hòa giải, HOÀ giải", ["hòa", "giải"] * 3),  # the place of the tone mark is a habit
        ("uỷ quyền ủy quyền Uỷ", ["ủy", "quyền", "ủy", "quyền", "ủy"]),
        ("sức khoẻ", ["sức", "khỏe"]),
        ("quý quỹ QUÝ quyền", ["quý", "quỹ", "quý", "quyền"]),  # here u belongs to the consonant
        ("kĩ năng, lí do, tỉ lệ, qui định", ["kỹ", "năng", "lý", "do", "tỷ", "lệ", "quy", "định"]),
        ("thi thì chi", ["thi", "thì", "chi"]),  # i is no habit after th, ch
        ("1.001193 và 1.001193.000.00.00.H48", ["1.001193", "và", "1.001193.000.00.00", "h48"]),
        ("570/QĐ-BTP", ["570", "qđ", "btp"]),
        ("C08_XPHCDB", ["c08_xphcdb"]),
        ("***???", []),
    ],
)
def test_exact(index: Elasticsearch, text: str, expected: list[str]) -> None:
    assert tokens(index, "vi_exact", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đăng ký đường bộ", ["dang", "ky", "duong", "bo"]),
        ("Hoà giải hòa giải", ["hoa", "giai", "hoa", "giai"]),
        ("kĩ kỹ ki", ["ky", "ky", "ky"]),
        ("QUỸ quý", ["quy", "quy"]),
        ("Nghị định 61/2018/NĐ-CP", ["nghi", "dinh", "61", "2018", "nd", "cp"]),
    ],
)
def test_folded(index: Elasticsearch, text: str, expected: list[str]) -> None:
    assert tokens(index, "vi_folded", text) == expected


def test_pairs(index: Elasticsearch) -> None:
    assert tokens(index, "vi_exact_pairs", "Đăng ký khai sinh") == ["đăng ký", "ký khai", "khai sinh"]
    assert tokens(index, "vi_folded_pairs", "Đăng ký khai sinh") == ["dang ky", "ky khai", "khai sinh"]


def test_beginnings(index: Elasticsearch) -> None:
    assert tokens(index, "vi_beginnings", "Đường bộ") == ["d", "du", "duo", "duon", "duong", "b", "bo"]
    assert set(tokens(index, "vi_beginnings", "kĩ")) == {"k", "ki", "ky"}
    assert tokens(index, "vi_typed", "Đăng ký kh si") == ["dang", "ky", "kh", "si"]


def test_places_in_the_text_stay_right(index: Elasticsearch) -> None:
    text = "Cấp thẻ HOÀ giải viên"
    answer = index.indices.analyze(index=names.alias(), analyzer="vi_folded", text=text)
    found = next(token for token in answer["tokens"] if token["token"] == "hoa")
    assert text[found["start_offset"] : found["end_offset"]] == "HOÀ"


def test_a_very_long_word_is_no_reason_to_refuse_a_page(index: Elasticsearch) -> None:
    assert len(tokens(index, "vi_folded_pairs", "a" * 40_000)) > 0
