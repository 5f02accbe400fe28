"""Codes and numbers in the ways in which people write them."""

import pytest

from search import keys


@pytest.mark.parametrize(
    "written",
    [
        *("1.001193", "1001193", "1. 001193", "1,001193", "1-001193", "1 001193", "1.0 01193", "1.001193."),
        *("mã 1.001193", "Mã số: 1.001193", "mã thủ tục 1.001193", "TTHC 1.001193", "thủ tục số 1.001193"),
    ],
)
def test_a_code_in_every_way_of_writing(written: str) -> None:
    assert keys.codes_in(written) == ["1001193"]
    assert keys.written_codes_in(written) == ["1.001193"]
    assert keys.is_code(written)


def test_a_code_with_its_suffix_is_that_variant_first() -> None:
    assert keys.codes_in("1.001193.000.00.00.H48") == ["10011930000000h48", "1001193"]
    assert keys.is_code("1.001193.000.00.00.H48")


@pytest.mark.parametrize(
    "text", ["giấy khai sinh", "0905123456", "61/2018/NĐ-CP", "1.001193/x", "11.001193", "năm 2024", ""]
)
def test_what_is_no_code(text: str) -> None:
    assert keys.codes_in(text) == []
    assert not keys.is_code(text)


def test_words_beside_a_code_are_words() -> None:
    assert keys.codes_in("1.014999 đăng ký sáng chế") == ["1014999"]
    assert not keys.is_code("1.014999 đăng ký sáng chế")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("570/QĐ-BTP", "570/qd-btp"),
        ("570 qd btp", "570/qd-btp"),
        ("Quyết định số 570/QĐ-BTP", "570/qd-btp"),
        ("nghị định 61/2018", "61/2018/nd-cp"),
        ("luật 60/2014/QH13", "60/2014/qh13"),
    ],
)
def test_a_number_in_every_way_of_writing(written: str, key: str) -> None:
    assert keys.number_in(written) == key
    assert keys.is_number(written)


def test_words_beside_a_number_are_words() -> None:
    assert keys.number_in("nghị định 123/2015/NĐ-CP hộ tịch") == "123/2015/nd-cp"
    assert not keys.is_number("nghị định 123/2015/NĐ-CP hộ tịch")
    assert keys.number_in("giấy khai sinh") == ""


def test_a_number_is_found_by_its_first_parts() -> None:
    assert keys.number_keys("61/2018/NĐ-CP") == ("61/2018/nd-cp", "61/2018")
    assert keys.number_keys("570/QĐ-BTP") == ("570/qd-btp",)
