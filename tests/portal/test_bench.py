"""`make bench`: the queries are the same in each run, copies are real documents, and all is timed."""

from itertools import islice

import pytest
from elasticsearch import Elasticsearch

from portal.bench import multiplying, queries, searching
from portal.bench.timing import Timings
from procedures.models import Phrasing
from search import draining, lexicons, names
from search.documents import SearchDocument
from tests import factories
from tests.search.conftest import index

__all__ = ["index"]

NAMES = ("Đăng ký nuôi tôm trên cát", "Cấp phép nuôi cá lồng bè", "Xác nhận nguồn gốc thủy sản")


def fill() -> None:
    pages = [factories.procedure(name) for name in NAMES]
    Phrasing.objects.create(procedure=pages[0], text="muốn nuôi tôm thì làm sao")


@pytest.mark.django_db
def test_queries_are_of_every_kind_and_the_same_each_time() -> None:
    fill()
    drawn = queries.draw(200)
    assert drawn == queries.draw(200)
    assert {kind for kind, _query in drawn} == set(queries.SHARES)
    by_kind = {kind: {query for each, query in drawn if each == kind} for kind in queries.SHARES}
    assert by_kind["names"] == set(NAMES)
    assert by_kind["everyday"] == {"muốn nuôi tôm thì làm sao", "muon nuoi tom thi lam sao"}
    assert all(1 < len(query.split()) < 5 for query in by_kind["words"])


@pytest.mark.django_db
def test_a_kind_without_content_is_left_out() -> None:
    factories.procedure()
    assert "everyday" not in {kind for kind, _query in queries.draw(50)}


def test_calls_take_turns_with_each_item() -> None:
    order: list[str] = []
    timed = Timings.together(
        {"a": lambda item: order.append(f"a{item}"), "b": lambda item: order.append(f"b{item}")}, [1, 2], 60
    )
    assert order == ["a1", "b1", "b2", "a2"]
    assert [len(timings.milliseconds) for timings in timed.values()] == [2, 2]


def test_calls_end_when_it_has_taken_long_enough() -> None:
    assert Timings.together({"a": lambda item: None}, range(1000), -1)["a"].milliseconds == ()


def test_copies_have_other_ids_codes_and_one_other_word() -> None:
    originals = [
        SearchDocument(
            id=number, type="procedure", title=name, url="/", code=code, codes=(code,), body="như cũ"
        )
        for number, (name, code) in enumerate(
            zip(NAMES, ("1.001193", "C08_XPHCDB", ""), strict=True), start=7
        )
    ]
    documents = list(islice(multiplying.multiplied(originals), 30))
    assert documents[:3] == originals
    assert len({document.id for document in documents}) == 30
    coded = [document.code for document in documents if document.code]
    assert len(set(coded)) == len(coded) == 20
    for copy, original in zip(documents, originals * 10, strict=True):
        pairs = zip(copy.title.split(), original.title.split(), strict=True)
        assert sum(ours != theirs for ours, theirs in pairs) <= 1
        assert (copy.body, bool(copy.code), len(copy.codes)) == (original.body, bool(original.code), 1)
    assert all(document.code.startswith("1.") for document in documents[::3])


@pytest.mark.django_db
def test_the_search_is_measured_in_both_sizes(index: Elasticsearch, monkeypatch: pytest.MonkeyPatch) -> None:
    fill()
    draining.drain()
    index.indices.refresh(index=names.alias())
    lexicons.forget()
    monkeypatch.setattr(searching, "CALLS", 20)
    monkeypatch.setattr(searching, "WARM_UP", 2)
    lines = list(multiplying.run(pages=60))
    assert any(line.startswith("search among 60 pages") for line in lines)
    for name in (searching.RAW, searching.STOCK, searching.API, searching.PAGE):
        assert len([line for line in lines if line.startswith(f"{name} ")]) == 3  # both sizes, how many times
    assert not index.indices.exists(index=f"{names.alias()}-60")
    assert "heap" in lines[0]


@pytest.mark.django_db
def test_the_stock_query_finds_by_any_of_the_words(index: Elasticsearch) -> None:
    fill()
    draining.drain()
    index.indices.refresh(index=names.alias())
    answer = searching.stock_request("lồng zzzz").execute()
    assert [hit.title for hit in answer] == [NAMES[1]]
    assert answer.aggregations.level.buckets[0].doc_count == 1
