"""What an address may ask for, and what is said when it asks for something else."""

from dataclasses import FrozenInstanceError
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from search.parameters import Parsed, SearchParameters, parse
from tests import factories

pytestmark = pytest.mark.django_db


def read(**parameters: str | list[str]) -> Parsed:
    return parse(QueryDict(urlencode(parameters, doseq=True)))


def test_nothing_is_a_search_for_all() -> None:
    assert read() == Parsed(SearchParameters())
    assert read(q="", level="", page="", sort="") == Parsed(SearchParameters())


def test_the_whole_state_is_in_the_address() -> None:
    factories.sector("Hộ tịch")
    parsed = read(q="giấy khai sinh", level=["xa", "tinh"], sector="ho-tich", sort="name", page="3")
    assert not parsed.errors
    assert parsed.parameters.chosen("level") == ("xa", "tinh")
    assert parse(QueryDict(parsed.parameters.query_string())) == parsed


def test_words_are_cleaned_as_all_text_is() -> None:
    assert read(q="  Hộ\u200b\u00a0tịch \n ").parameters.words == "Hộ tịch"
    assert read(q="khai\x00 sinh").parameters.words == "khai sinh"


@pytest.mark.parametrize("field", ["level", "sector", "type", "agency", "audience", "channel", "status"])
@pytest.mark.parametrize("value", ["khong-co", "__class__", "1'--", "\x00x", "*", "a" * 5000])
def test_an_unknown_value_has_a_sentence_at_its_field(field: str, value: str) -> None:
    parsed = read(q="x", **{field: value})
    assert list(parsed.errors) == [field]
    assert len(parsed.errors[field][0]) < 120
    assert parsed.parameters.words == "x"


def test_the_right_values_beside_a_wrong_one_are_kept() -> None:
    parsed = read(level=["xa", "lang"], channel="truc-tuyen")
    assert list(parsed.errors) == ["level"]
    assert parsed.parameters.filters == (("level", "xa"), ("channel", "truc-tuyen"))


@pytest.mark.parametrize("page", ["abc", "0", "-1", "9" * 21, "9" * 5000, "1'[0]", "501", "1.5"])
def test_a_page_that_cannot_be(page: str) -> None:
    parsed = read(q="x", page=page)
    assert list(parsed.errors) == ["page"]
    assert parsed.parameters.page == 1


def test_an_unknown_order() -> None:
    assert list(read(sort="-1;drop").errors) == ["sort"]


def test_a_search_may_not_be_endless() -> None:
    assert not read(q="a" * 1000).errors
    assert list(read(q="a" * 1001).errors) == ["q"]
    assert list(read(q=" " * 100_000 + "a").errors) == ["q"]
    assert list(read(level=[f"x{n}" for n in range(60)]).errors) == ["level"]


def test_parameters_never_change() -> None:
    parameters = SearchParameters(words="a", filters=(("level", "xa"),), page=4)
    assert parameters.as_typed().query_string() == "q=a&level=xa&exact=1"
    assert parameters.without_level_preference().query_string() == "q=a&level=xa&anylevel=1"
    assert parameters.without_value("level", "xa").filters == ()
    assert parameters.with_page(1).query_string() == "q=a&level=xa"
    with pytest.raises(FrozenInstanceError):
        parameters.page = 5  # type: ignore[misc]


def test_without_words_there_is_no_best_match() -> None:
    assert SearchParameters().order == "newest"
    assert SearchParameters(words="a").order == "relevance"
    assert SearchParameters(sort="name").order == "name"
