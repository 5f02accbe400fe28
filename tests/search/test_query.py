"""The shape of a request, without a server."""

from typing import Any

from search.documents import SearchDocument
from search.matching import Matching
from search.parameters import SearchParameters
from search.query import FACET_FIELDS, SHOWN, request
from search.understanding.counting import Builder
from search.understanding.rewording import Terms
from search.understanding.understanding import Lexicon


def matching(words: str) -> Matching:
    builder = Builder()
    for number in range(3):
        builder.add(SearchDocument(id=number, type="procedure", title="Đăng ký khai sinh", url="/1/"))
    lexicon = Lexicon.of(builder.result(), Terms([]))
    return Matching(words, lexicon.understand(words), lexicon)


def bodies(parameters: SearchParameters) -> list[dict[str, Any]]:
    understood = matching(parameters.words) if parameters.words else None
    return [search.to_dict() for search in request(parameters, understood)._searches]


def test_one_search_brings_results_and_another_all_counts() -> None:
    results, counts = bodies(SearchParameters(words="khai sinh", page=3))
    assert (results["from"], results["size"]) == (40, 20)
    assert results["_source"] == SHOWN
    assert "aggs" not in results and results["track_total_hits"] is False
    assert set(counts["aggs"]) == set(FACET_FIELDS)
    assert (counts["size"], counts["track_total_hits"]) == (0, True)


def test_a_filter_with_a_choice_is_counted_under_the_others() -> None:
    results, counts, levels, sectors = bodies(
        SearchParameters(filters=(("level", "xa"), ("sector", "ho-tich")))
    )
    assert {"level", "sector"}.isdisjoint(counts["aggs"])
    assert "terms" in str(results["query"]) and "'levels': ['xa']" in str(results["query"])
    assert list(levels["aggs"]) == ["level"]
    assert "levels" not in str(levels["query"]) and "ho-tich" in str(levels["query"])
    assert list(sectors["aggs"]) == ["sector"]
    assert "ho-tich" not in str(sectors["query"]) and "xa" in str(sectors["query"])
    assert levels["size"] == sectors["size"] == 0


def test_what_is_counted_is_what_is_found() -> None:
    results, counts = bodies(SearchParameters(words="khai sinh"))
    assert results["query"]["bool"]["filter"] == counts["query"]["bool"]["filter"]


def test_orders_without_a_best_match_end_with_the_id() -> None:
    for sort in ("newest", "name"):
        results, _counts = bodies(SearchParameters(words="a", sort=sort))
        assert results["sort"][-1] == {"id": "asc"}
        assert "rescore" not in results


def test_the_best_match_is_found_among_candidates() -> None:
    results, _counts = bodies(SearchParameters(words="khai sinh"))
    assert "rescore" in results and "sort" not in results


def test_marks_are_asked_for_as_the_words_were_typed() -> None:
    accented, _counts = bodies(SearchParameters(words="Đồng"))
    plain, _counts = bodies(SearchParameters(words="Dong"))
    assert "title" in accented["highlight"]["fields"]
    assert "title.folded" in plain["highlight"]["fields"]
    assert accented["highlight"]["encoder"] == "html"


def test_a_bare_code_or_number_asks_for_no_words() -> None:
    assert "'name" not in str(matching("1.001193").full().to_dict())
    assert "'name" not in str(matching("570 qd btp").full().to_dict())
    assert "'name" in str(matching("1.001193 khai sinh").full().to_dict())


def test_no_word_is_ever_syntax() -> None:
    understood = matching("ten:* AND (x OR _exists_:live) /.*/ a~99")
    query = str([understood.full().to_dict(), understood.first().to_dict(), understood.gate().to_dict()])
    assert "query_string" not in query and "wildcard" not in query and "regexp" not in query
