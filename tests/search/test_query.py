"""The shape of a request, without a server."""

from typing import Any

from search.parameters import SearchParameters
from search.query import FACET_FIELDS, SHOWN, request
from search.relevance import query_of


def bodies(parameters: SearchParameters) -> list[dict[str, Any]]:
    return [search.to_dict() for search in request(parameters)._searches]


def test_without_choices_one_search_brings_results_and_all_counts() -> None:
    (body,) = bodies(SearchParameters(words="khai sinh", page=3))
    assert set(body["aggs"]) == set(FACET_FIELDS)
    assert (body["from"], body["size"]) == (40, 20)
    assert body["_source"] == SHOWN
    assert body["track_total_hits"] is True


def test_a_filter_with_a_choice_is_counted_under_the_others() -> None:
    results, levels, sectors = bodies(SearchParameters(filters=(("level", "xa"), ("sector", "ho-tich"))))
    assert {"level", "sector"}.isdisjoint(results["aggs"])
    assert "terms" in str(results["query"]) and "'levels': ['xa']" in str(results["query"])
    assert list(levels["aggs"]) == ["level"]
    assert "levels" not in str(levels["query"]) and "ho-tich" in str(levels["query"])
    assert list(sectors["aggs"]) == ["sector"]
    assert "ho-tich" not in str(sectors["query"]) and "xa" in str(sectors["query"])
    assert levels["size"] == sectors["size"] == 0


def test_every_order_ends_with_the_id() -> None:
    for sort in ("relevance", "newest", "name"):
        (body,) = bodies(SearchParameters(words="a", sort=sort))
        assert body["sort"][-1] == {"id": "asc"}


def test_marks_are_asked_for_as_the_words_were_typed() -> None:
    (accented,) = bodies(SearchParameters(words="Đồng"))
    (plain,) = bodies(SearchParameters(words="Dong"))
    assert "title" in accented["highlight"]["fields"]
    assert "title.folded" in plain["highlight"]["fields"]
    assert accented["highlight"]["encoder"] == "html"


def test_a_bare_code_or_number_asks_for_no_words() -> None:
    assert "minimum_should_match': '3<75%'" not in str(query_of("1.001193").to_dict())
    assert "minimum_should_match': '3<75%'" not in str(query_of("570 qd btp").to_dict())
    assert "minimum_should_match': '3<75%'" in str(query_of("1.001193 khai sinh").to_dict())


def test_no_word_is_ever_syntax() -> None:
    query = str(query_of("ten:* AND (x OR _exists_:live) /.*/ a~99").to_dict())
    assert "query_string" not in query and "wildcard" not in query and "regexp" not in query
