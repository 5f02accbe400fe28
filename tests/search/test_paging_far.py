"""Every result is on one page and on one alone, also beyond those that are compared in full."""

from collections.abc import Callable, Iterable

from search import relevance
from search.documents import SearchDocument
from tests.search.conftest import Search


def test_all_pages_together_have_every_result_once(
    fill: Callable[[Iterable[SearchDocument]], None], search: Search
) -> None:
    number = relevance.WINDOW * 2 + 30
    fill(
        SearchDocument(
            id=n, type="procedure", title=f"zebra {'con ' * (n % 7)}{n}", url=f"/{n}/", steps="zebra"
        )
        for n in range(1, number + 1)
    )
    first = search("zebra con")
    found = [
        result.id
        for page in range(1, first.pages + 1)
        for result in search("zebra con", page=str(page)).results
    ]
    assert first.total == len(found) == len(set(found))
    assert first.total > relevance.WINDOW * 1.5


def test_a_long_query_is_answered(search: Search) -> None:
    for words in ("a" * 1000, f"{'a' * 499} {'b' * 499}"):
        assert search(words).total == 0


def test_sums_and_phones_are_no_codes(search: Search) -> None:
    for words in ("phạt 2000000 đồng", "0901 234 567"):
        assert search(words).unknown == ()
    assert search("1.999999 khai sinh").unknown == ("1999999",)


def test_the_number_of_a_law_is_marked_where_a_page_rests_on_it(search: Search) -> None:
    from tests import factories

    factories.procedure("Dựa vào luật", decision_number="570/QĐ-UBND", summary="Quyết định này")
    (result,) = search("570/QĐ-UBND").results
    assert "<mark>định" not in result.marked_title + result.passage
