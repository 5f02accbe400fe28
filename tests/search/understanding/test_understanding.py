"""A query as it is understood: question phrases, levels, everyday words, sectors, codes."""

from collections.abc import Callable

import pytest

from search.understanding.counting import Builder
from search.understanding.levels import level_in
from search.understanding.naming import About, Act
from search.understanding.questions import without_question
from search.understanding.understanding import Lexicon, Understanding
from search.understanding.vocabulary import Vocabulary
from tests.search.understanding.conftest import document

Readings = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("tôi muốn đăng ký khai sinh thì cần những giấy tờ gì", "đăng ký khai sinh"),
        ("xin cho hỏi đăng ký kết hôn ở đâu", "đăng ký kết hôn"),
        ("gia hạn thời hạn sử dụng đất", "gia hạn thời hạn sử dụng đất"),
        ("thời hạn cấp giấy phép lái xe", "cấp giấy phép lái xe"),
        ("làm thế nào", ""),
    ],
)
def test_what_is_said_around_goes(asked: str, kept: str, vocabulary: Vocabulary) -> None:
    assert " ".join(without_question(asked.split(), vocabulary)) == kept


def test_a_query_of_nothing_else_is_not_emptied(readings: Readings) -> None:
    assert readings("làm thế nào") == ["thế"]
    assert readings("thủ tục") == ["thủ tục"]


@pytest.mark.parametrize(
    ("words", "level", "rest"),
    [
        ("thành lập hội cấp tỉnh", "tinh", "thành lập hội"),
        ("khai sinh ở phường", "xa", "khai sinh"),
        ("khai sinh tại ubnd xã", "xa", "khai sinh"),
        ("nộp lên bộ", "bo", "nộp"),
        ("sở nội vụ", "", "sở nội vụ"),
        ("bộ đội", "", "bộ đội"),
        ("khai sinh", "", "khai sinh"),
        ("xã", "", "xã"),
        ("ở phường", "", "ở phường"),
        ("cấp tỉnh", "", "cấp tỉnh"),
        ("trợ cấp xã hội", "", "trợ cấp xã hội"),
        ("nhà ở xã hội", "", "nhà ở xã hội"),
        ("cấp sở hữu trí tuệ", "", "cấp sở hữu trí tuệ"),
        ("ở bộ phận một cửa", "", "ở bộ phận một cửa"),
        ("người ở tỉnh khác", "", "người ở tỉnh khác"),
        ("thay đổi địa chỉ trụ sở", "", "thay đổi địa chỉ trụ sở"),
    ],
)
def test_levels(words: str, level: str, rest: str, vocabulary: Vocabulary) -> None:
    found, others = level_in(words.split(), vocabulary)
    assert (found, " ".join(others)) == (level, rest)


def test_a_level_is_preferred_unless_the_reader_says_no(lexicon: Lexicon) -> None:
    assert lexicon.understand("thành lập hội cấp tỉnh").level == "tinh"
    assert lexicon.understand("thành lập hội cấp tỉnh", any_level=True).level == ""


def test_everyday_words_are_read_as_official_ones_and_stay(readings: Readings) -> None:
    found = readings("làm lại bằng lái")
    assert found[0] == "lại bằng lái"
    assert "cấp lại giấy phép lái xe" in found


def test_strange_words_may_stand_inside_but_not_tear_a_word(readings: Readings) -> None:
    assert "cấp lại hết" in readings("mất hết giấy tờ")
    assert readings("thiết bị vô tuyến điện") == ["thiết bị vô tuyến điện"]


def test_initials_of_frequent_phrases_are_abbreviations(readings: Readings) -> None:
    assert "gia hạn văn phòng đại diện" in readings("gia hạn VPĐD")


def test_a_correction_is_shown_and_can_be_refused(lexicon: Lexicon) -> None:
    assert lexicon.understand("giaays phép lái xe").corrected == "giấy phép lái xe"
    assert lexicon.understand("giaays phép lái xe", literal=True).corrected == ""
    assert lexicon.understand("giay phep lai xe").corrected == ""  # marks alone are no slip


def test_sectors_and_agencies_by_their_names(lexicon: Lexicon) -> None:
    assert lexicon.understand("lĩnh vực hộ tịch").sector == "ho-tich"
    assert lexicon.understand("ho tich").sector == "ho-tich"
    assert lexicon.understand("Sở Nội vụ").agency == "so noi vu"
    assert lexicon.understand("sở nội").office == "sở nội"
    assert lexicon.understand("sơ nội vụ", literal=True).agency == ""


def test_what_is_to_be_done_and_for_whom(lexicon: Lexicon) -> None:
    assert lexicon.understand("bị mất bằng lái").acts == (Act.AGAIN,)
    assert lexicon.understand("bố mất thì khai tử").acts == ()
    assert About.FOREIGNERS in lexicon.understand("kết hôn với người nước ngoài").about


def test_codes_alone_are_not_words(lexicon: Lexicon) -> None:
    assert lexicon.understand("mã 1.001193") == Understanding(codes=("1001193",))
    assert lexicon.understand("khai sinh 1.001193").readings != ()


def test_names_that_stand_whole_in_a_query(lexicon: Lexicon) -> None:
    found = lexicon.names_in(("đăng", "ký", "khai", "sinh"))
    assert found["dang ky khai sinh"] == pytest.approx(1.0)


def test_a_vocabulary_is_the_same_after_packing(vocabulary: Vocabulary) -> None:
    assert Vocabulary.unpacked(vocabulary.packed()) == vocabulary


def test_a_long_query_is_read_to_its_sixtieth_word(lexicon: Lexicon) -> None:
    readings = lexicon.understand("khai sinh " * 500).readings
    assert all(len(reading.words) <= 60 for reading in readings)


def test_an_empty_vocabulary_understands_everything_as_typed() -> None:
    builder = Builder()
    builder.add(document(1, "Khai sinh"))
    assert builder.result().documents == 1
