"""The files of a search: `/tim-kiem/ket-qua.csv` and `.xlsx`."""

import csv
import gc
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from openpyxl import Workbook, load_workbook
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from search import file_views, listed, relevance, whole
from search.documents import SearchDocument
from search.listed import harmless
from search.parameters import SearchParameters
from search.service import SearchUnavailable
from tests import factories
from tests.search.conftest import Search

AWAY = "http://127.0.0.1:9"
HEADS = {"vi": ["Mã số", "Tên", "Loại"], "en": ["Code", "Name", "Type"]}


@pytest.fixture(autouse=True)
def every_slot_is_given_back() -> Iterator[None]:
    yield
    taken = [file_views.slots.acquire(blocking=False) for _slot in range(file_views.AT_ONCE)]
    assert all(taken)
    file_views.slots.release(file_views.AT_ONCE)


def get(client: Client, kind: str = "csv", path: str = "/tim-kiem/", **parameters: Any) -> Any:
    return client.get(f"{path}ket-qua.{kind}", parameters)


def leave(response: Any) -> None:
    """Close an answer that is not read, as the server does; the connection of the test stays open."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def read_csv(response: Any) -> list[list[str]]:
    assert response.status_code == 200
    raw = b"".join(response.streaming_content)  # and is closed then
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def read_xlsx(response: Any) -> Workbook:
    assert response.status_code == 200
    raw = b"".join(response.streaming_content)  # and is closed then
    return load_workbook(io.BytesIO(raw))


def names(rows: list[list[str]]) -> list[str]:
    return [row[1] for row in rows[1:]]


def test_a_line_says_what_the_page_says(client: Client, search: Search) -> None:
    factories.procedure(
        "Đăng ký khai sinh, “có dấu”",
        code="1.000110",
        levels=("xa", "tinh"),
        sectors=("Hộ tịch", "Chứng thực"),
        agencies=("Ủy ban nhân dân cấp xã", "Sở Tư pháp"),
    )
    search()
    head, row = read_csv(get(client, q="khai sinh"))
    assert head[:3] == HEADS["vi"]
    code, name, kind, sectors, levels, agencies, _limit, _fee, status, day, address = row
    assert (code, name, kind) == ("1.000110", "Đăng ký khai sinh, “có dấu”", "Thủ tục")
    assert sectors == "Hộ tịch; Chứng thực"
    assert levels == "Cấp tỉnh; Cấp xã"
    assert agencies == "Ủy ban nhân dân cấp xã; Sở Tư pháp"
    assert status == "Còn hiệu lực"
    assert date.fromisoformat(day)
    assert address.startswith("http://testserver/thu-tuc/1-000110-")


def test_in_english_the_head_is_english(client: Client, search: Search) -> None:
    factories.procedure("zebra")
    search()
    head, row = read_csv(get(client, path="/en/tim-kiem/", q="zebra"))
    assert head[:3] == HEADS["en"]
    assert row[-1].startswith("http://testserver/en/thu-tuc/")


def test_a_code_is_text_and_a_day_a_day(client: Client, search: Search) -> None:
    factories.procedure("zebra", code="1.000110")
    search()
    book = read_xlsx(get(client, "xlsx", q="zebra"))
    sheet = book.worksheets[0]
    code, day = sheet["A2"], sheet["J2"]
    assert (code.value, code.data_type, code.number_format) == ("1.000110", "s", "@")
    assert day.is_date and day.number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes == "A2"


def test_a_workbook_says_where_it_is_from_and_when(client: Client, search: Search) -> None:
    factories.procedure("zebra", levels=("xa",))
    search()
    response = get(client, "xlsx", q="zebra", level="xa")
    assert "attachment" in response["Content-Disposition"] and ".xlsx" in response["Content-Disposition"]
    book = read_xlsx(response)
    source = "http://testserver/tim-kiem/?q=zebra&level=xa"
    assert book.properties.description == source
    assert book.properties.creator == "Minh Bạch"
    assert book.properties.created.date().year >= 2025
    about = [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert "zebra · Cấp thực hiện: Cấp xã" in about
    assert any(source in str(cell) for cell in about)


FORMULAS = ["=1+1", "+84901234567", "-2", "@SUM(A1)", "\t=1", "＝1+1", " =1", "\r=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_none(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"


def test_no_formula_comes_out(client: Client, search: Search) -> None:
    factories.procedure("=HYPERLINK(zebra)")
    search()
    assert names(read_csv(get(client, q="zebra"))) == ["'=HYPERLINK(zebra)"]
    cell = read_xlsx(get(client, "xlsx", q="zebra")).worksheets[0]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(zebra)", "s", True)


def test_signs_that_no_workbook_takes_are_left_out(client: Client, search: Search) -> None:
    sheet = Workbook(write_only=True).create_sheet()
    cell = listed._cell(sheet, "a\x00b\x0bc" + "d" * 40_000)
    assert cell is not None
    assert cell.value.startswith("abcd") and len(cell.value) == listed.LONGEST_CELL


def test_all_come_once_in_the_order_of_the_pages(
    client: Client,
    fill: Callable[[Iterable[SearchDocument]], None],
    search: Search,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole, "PORTION", 60)
    number = relevance.WINDOW * 2 + 30
    fill(
        SearchDocument(
            id=n, type="procedure", title=f"zebra {'con ' * (n % 7)}{n}", url=f"/{n}/", steps="zebra"
        )
        for n in range(1, number + 1)
    )
    found = names(read_csv(get(client, q="zebra con")))
    total = search("zebra con").total
    assert len(found) == len(set(found)) == total > relevance.WINDOW + 60
    settings.SEARCH_PAGE_SIZE = 50
    pages = [result.title for page in ("1", "2", "3") for result in search("zebra con", page=page).results]
    assert found[:150] == pages


def test_only_so_many_come_and_the_file_says_so(
    client: Client, fill: Callable[[Iterable[SearchDocument]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "WINDOW", 3)
    fill(SearchDocument(id=n, type="procedure", title=f"zebra {n}", url=f"/{n}/") for n in range(1, 6))
    response = get(client, q="zebra")
    assert "chua-day-du" in response["Content-Disposition"] or "incomplete" in response["Content-Disposition"]
    assert len(read_csv(response)) == 1 + 3


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_private_pages_are_withheld_at_once(client: Client, search: Search, kind: str) -> None:
    factories.procedure("zebra mở")
    factories.procedure("zebra rút").unpublish()
    hidden = factories.procedure("zebra kín")
    search()
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    response = get(client, kind, q="zebra")
    if kind == "csv":
        found = names(read_csv(response))
    else:
        found = [str(cell.value) for cell in read_xlsx(response).worksheets[0]["B"][1:]]
    assert found == ["zebra mở"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_bad_address_is_told_so(client: Client, db: None, kind: str) -> None:
    response = get(client, kind, q="zebra", level="<lang>")
    assert response.status_code == 400
    html = response.content.decode()
    assert "&lt;lang&gt;" in html and "/tim-kiem/?q=zebra&amp;level=%3Clang%3E" in html
    assert get(client, kind, q="a" * 5000).status_code == 400


def test_while_elasticsearch_is_away(client: Client, db: None, settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = [AWAY]
    factories.procedure("Đăng ký khai sinh", code="9.700001")
    response = get(client, q="khai sinh")
    complete = listed.shortfalls(whole.Whole(SearchParameters(), 1, False, iter(())))
    assert list(complete) == []
    name = response["Content-Disposition"]
    assert "chua-day-du" in name or "incomplete" in name
    assert read_csv(response)[1][:2] == ["9.700001", "Đăng ký khai sinh"]
    about = read_xlsx(get(client, "xlsx", q="khai sinh")).worksheets[1]
    assert len([row for row in about.iter_rows(values_only=True) if not row[0]]) == 1


def test_a_file_that_cannot_be_ended_is_no_file(
    client: Client,
    fill: Callable[[Iterable[SearchDocument]], None],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Elasticsearch goes away between two portions: a stream breaks, a workbook is not sent."""
    monkeypatch.setattr(relevance, "WINDOW", 2)
    fill(SearchDocument(id=n, type="procedure", title=f"zebra {n}", url=f"/{n}/") for n in range(1, 6))
    found = whole.find(SearchParameters("zebra"))
    assert len(next(found.portions)) == 2
    settings.ELASTICSEARCH_URL = [AWAY]
    with pytest.raises(SearchUnavailable):
        next(found.portions)


def test_few_files_at_once(client: Client, search: Search) -> None:
    factories.procedure("zebra")
    search()
    sending = [get(client, q="zebra") for _time in range(file_views.AT_ONCE)]
    busy = get(client, "xlsx", q="zebra")
    assert busy.status_code == 503 and busy["Retry-After"]
    assert client.get("/tim-kiem/?q=zebra").status_code == 200
    leave(sending.pop())
    assert get(client, "xlsx", q="zebra").status_code == 200
    sending.clear()  # whoever forgets to close
    gc.collect()
    assert get(client, q="a" * 5000).status_code == 400  # takes no place
    head = client.head("/tim-kiem/ket-qua.csv")
    assert head.status_code == 200
    leave(head)


def test_few_queries_for_many_rows(
    client: Client, search: Search, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(13):
        factories.procedure(f"zebra {number}", sectors=(f"Lĩnh vực {number}",), agencies=(f"Sở {number}",))
    search()
    read_csv(get(client, q="zebra"))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert len(read_csv(get(client, q="zebra"))) == 14


def test_a_file_is_for_reading_and_for_no_crawler(client: Client, search: Search) -> None:
    assert client.post("/tim-kiem/ket-qua.csv").status_code == 405
    response = get(client)
    assert response["X-Robots-Tag"] == "noindex"
    leave(response)
