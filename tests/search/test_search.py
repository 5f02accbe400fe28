"""What is found, in which order, with which counts: behaviour on a real index."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from procedures import parts
from search import service
from search.documents import Demotion, SearchDocument
from search.parameters import SearchParameters
from tests import factories
from tests.search.conftest import Search, counts, titles

pytestmark = pytest.mark.once

Fill = Callable[[Iterable[SearchDocument]], None]


def document(number: int, title: str = "", **fields: object) -> SearchDocument:
    """Return the document of no page."""
    title = title or f"Thủ tục {number}"
    values = {"type": "procedure", "url": f"/thu-tuc/{number}/", "sort_key": title.lower()} | fields
    return SearchDocument(id=number, title=title, **values)  # type: ignore[arg-type]


def test_words_of_every_part_are_found(search: Search) -> None:
    factories.procedure(
        "Tên gọi",
        sectors=("Lĩnh vực alpha",),
        agencies=("Cơ quan beta",),
        legal=("99/2019/NĐ-CP",),
        summary="tóm tắt gamma",
        keywords="từ khóa delta",
        conditions="điều kiện epsilon",
        receiving_address="địa chỉ zeta",
        steps=[parts.step_group([parts.step("bước eta")])],
        dossier=[parts.dossier_case([parts.paper("giấy theta", forms=[parts.form("mẫu iota")])])],
        results=[parts.result("kết quả kappa")],
    )
    factories.procedure("Thủ tục khác")
    for word in [
        "gọi",
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
    ]:
        assert titles(search(word)) == ["Tên gọi"], word


def test_words_may_stand_in_different_parts(search: Search) -> None:
    factories.procedure("Cấp phép xây dựng", agencies=("Sở Xây dựng",), sectors=("Nhà ở",))
    assert search("cấp phép nhà ở Sở").total == 1
    assert search("tàu biển").total == 0


def test_with_accents_the_accented_word_is_first_and_without_all_are_found(search: Search) -> None:
    factories.procedure("Khai thác hải dương")
    factories.procedure("Cấp giấy phép đường bộ")
    assert titles(search("đường"))[0] == "Cấp giấy phép đường bộ"
    assert titles(search("dương"))[0] == "Khai thác hải dương"
    assert sorted(titles(search("duong"))) == ["Cấp giấy phép đường bộ", "Khai thác hải dương"]


def test_syllables_in_a_row_count_more_than_apart(search: Search) -> None:
    factories.procedure("Khai báo tạm trú cho sinh viên")
    factories.procedure("Đăng ký lại việc khai sinh ở nước")
    assert titles(search("khai sinh"))[0] == "Đăng ký lại việc khai sinh ở nước"


def test_a_name_counts_more_than_a_mention(search: Search) -> None:
    factories.procedure("Cấp thẻ", steps=[parts.step_group([parts.step("Mang giấy khai sinh đến. " * 5)])])
    factories.procedure("Đăng ký khai sinh")
    assert titles(search("khai sinh")) == ["Đăng ký khai sinh", "Cấp thẻ"]


def test_a_code_is_first_in_every_way_of_writing(search: Search) -> None:
    factories.procedure("Thủ tục của mã", code="9.200001", code_suffix="000.00.00.H48")
    factories.procedure("Thủ tục nhắc đến 9.200001", code="9.200002")
    factories.procedure("Mã gần giống", code="2.200001")
    for written in ("9.200001", "9200001", "9. 200001", "mã 9.200001", "9.200001.000.00.00.H48"):
        found = titles(search(written))
        assert found[0] == "Thủ tục của mã", written
        assert "Mã gần giống" not in found
    assert titles(search("9.200001 thủ tục"))[0] == "Thủ tục của mã"


def test_an_odd_code_is_found(search: Search) -> None:
    factories.procedure("Xử phạt", code="C08_XPHCDB")
    factories.procedure("Khác")
    assert titles(search("c08_xphcdb")) == ["Xử phạt"]


def test_a_number_finds_the_document_and_then_what_rests_on_it(search: Search) -> None:
    factories.decision("570/QĐ-UBND", title="Công bố")
    factories.procedure("Dựa vào", decision_number="570/QĐ-UBND")
    factories.procedure("Nhắc đến", conditions="Theo Quyết định số 570/QĐ-UBND của tỉnh")
    factories.procedure("Số khác", decision_number="5570/QĐ-UBND")
    for written in ("570/QĐ-UBND", "570 qd ubnd", "quyết định số 570/qđ-ubnd"):
        assert titles(search(written)) == ["Công bố", "Dựa vào", "Nhắc đến"], written


def test_suspects_and_what_has_ended_rank_last_and_other_provinces_behind_equals(
    fill: Fill, search: Search
) -> None:
    fill(
        [
            document(1, "khai sinh", demotions=(Demotion.FOREIGN, Demotion.SUSPECT)),
            document(2, "khai sinh", demotions=(Demotion.ENDED,)),
            document(3, "khai sinh", demotions=(Demotion.FOREIGN,)),
            document(4, "khai sinh"),
            document(5, "khai sinh ở xa xôi hẻo lánh"),
        ]
    )
    urls = [result.url for result in search("khai sinh").results]
    assert urls == [f"/thu-tuc/{n}/" for n in (4, 3, 5, 1, 2)]


def test_counts_are_under_the_other_filters(search: Search) -> None:
    factories.procedure("A", levels=("xa", "bo"), sectors=("Hộ tịch",))
    factories.procedure("B", levels=("xa",), sectors=("Đất đai",))
    factories.procedure("C", levels=("tinh",), sectors=("Đất đai",))
    factories.article("D")
    everything = search()
    assert counts(everything, "level") == {"bo": 1, "tinh": 1, "xa": 2}
    assert counts(everything, "type") == {"procedure": 3, "article": 1}
    narrowed = search(level="xa")
    assert narrowed.total == 2
    assert counts(narrowed, "level") == {"bo": 1, "tinh": 1, "xa": 2}
    assert counts(narrowed, "sector") == {"ho-tich": 1, "dat-dai": 1}
    both = search(level="xa", sector="dat-dai")
    assert titles(both) == ["B"]
    assert counts(both, "level") == {"tinh": 1, "xa": 1}
    assert counts(both, "sector") == {"ho-tich": 1, "dat-dai": 1}
    assert search(level=["xa", "tinh"]).total == 3


def test_a_chosen_value_stays_at_zero(search: Search) -> None:
    factories.sector("Trống")
    factories.procedure("A", levels=("xa",))
    found = search("A", sector="trong", level="bo")
    assert found.total == 0
    assert counts(found, "sector") == {"trong": 0}
    assert counts(found, "level") == {"bo": 0}
    assert [chosen.label for chosen in found.chosen] == ["Cấp bộ", "Trống"]


def test_counts_equal_their_lists(search: Search) -> None:
    for number in range(12):
        factories.procedure(
            f"Thủ tục {number}",
            levels=(("xa", "tinh", "bo")[number % 3],),
            sectors=(f"Lĩnh vực {number % 5}",),
        )
    for facet in ("level", "sector", "type", "agency", "audience", "status"):
        for value, count in counts(search(), facet).items():
            assert search(**{facet: value}).total == count


def test_levels_come_in_their_order_and_sectors_by_count(search: Search) -> None:
    factories.procedure("A", levels=("xa", "bo", "tinh"), sectors=("Nhỏ", "Lớn"))
    factories.procedure("B", levels=(), sectors=("Lớn",))
    assert list(counts(search(), "level")) == ["bo", "tinh", "xa", "chua-xac-dinh"]
    assert list(counts(search(), "sector")) == ["lon", "nho"]
    assert titles(search(level="chua-xac-dinh")) == ["B"]


def test_all_values_of_a_filter_are_there(fill: Fill, search: Search) -> None:
    fill(document(number, sectors=(f"linh-vuc-{number}",)) for number in range(1, 1501))
    assert len(counts(search(), "sector")) == 1500


def test_orders(fill: Fill, search: Search) -> None:
    fill(
        [
            document(1, "khai b", date=date(2021, 1, 1)),
            document(2, "khai a", date=date(2022, 1, 1)),
            document(3, "khai c"),
        ]
    )
    assert titles(search("khai", sort="name")) == ["khai a", "khai b", "khai c"]
    assert titles(search("khai", sort="newest")) == ["khai a", "khai b", "khai c"]
    assert titles(search()) == titles(search(sort="newest"))


def test_pages_neither_repeat_nor_lose_a_result(fill: Fill, search: Search) -> None:
    fill(document(number, "cùng một tên") for number in range(1, 106))
    for sort in ("relevance", "newest", "name"):
        found = [
            result.url for page in range(1, 7) for result in search("cùng", sort=sort, page=str(page)).results
        ]
        assert len(found) == len(set(found)) == 105


def test_a_page_beyond_the_last_is_the_last(fill: Fill, search: Search) -> None:
    fill(document(number) for number in range(1, 26))
    found = search(page="500")
    assert (found.parameters.page, found.pages, len(found.results)) == (2, 2, 5)
    nothing = search("không-có-gì", page="7")
    assert (nothing.parameters.page, nothing.pages, nothing.total) == (1, 1, 0)


def test_a_question_goes_to_elasticsearch_once(
    search: Search, index: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def ask(searches: Any) -> Any:
        asked.append(searches)
        return real(searches)

    real = service.ask
    monkeypatch.setattr(service, "ask", ask)
    service.search(SearchParameters(words="a", filters=(("level", "xa"), ("sector", "ho-tich"))))
    assert len(asked) == 1


def test_nothing_but_what_is_shown_leaves_the_index(search: Search) -> None:
    factories.procedure("zebra", receiving_address="bí mật")
    (result,) = search("zebra").results
    assert "bí mật" not in str(result)


def test_a_very_long_text_and_a_very_long_word_are_found(search: Search) -> None:
    text = "điều khoản dài " * 20_000
    factories.procedure("zebra dài", conditions=text + "quagga", decision_number="9" * 90)
    factories.procedure("zebra từ", conditions="a" * 42_000)
    assert search("zebra").total == 2
    assert titles(search("quagga")) == ["zebra dài"]


@pytest.mark.parametrize("parameters", [{}, {"sort": "newest"}, {"sort": "name"}])
def test_what_only_another_province_has_comes_last_where_words_do_not_decide(
    search: Search, parameters: dict[str, str]
) -> None:
    factories.procedure("Đăng ký khai sinh", local_to="Nghệ An")
    factories.procedure("Thủ tục có nhắc đến khai và sinh ở nhiều chỗ khác nhau")
    found = search(**parameters)
    assert [result.place for result in found.results] == ["", "Nghệ An"]
