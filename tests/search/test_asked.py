"""What people search is counted by the day, and nothing that names a person is kept or logged."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.db import connection
from django.test import Client
from django.utils import timezone

from search import asked, broker, keys, noting, tasks
from search.models import AskedDay, OpenedDay
from search.noting import COUNT_OPENED, COUNT_SEARCH, HIDDEN, Courier
from search.parameters import SearchParameters
from search.personal import looks_personal
from tests import factories
from tests.search.conftest import Search

TODAY = date(2026, 6, 30)
PERSONAL = [
    # identity cards of 12 and of 9 digits
    *("079123456789", "079 123 456 789", "079.123.456.789", "0 7 9 1 2 3 4 5 6 7 8 9", "079-123-456-789"),
    *(
        "212345678",
        "212 345 678",
        "2.123456.78",
        "1 234567 89",
        "０７９１２３４５６７８９",
        "٠٧٩١٢٣٤٥٦٧٨٩",
        "①②③④⑤⑥⑦⑧⑨",
    ),
    *("cccd 079123456789 làm lại", "mất chứng minh số: 212345678.", "o79123456789", "070012345 h48"),
    # phones
    *(
        "0901234567",
        "0901 234 567",
        "0901.234.567",
        "090-123-4567",
        "0901234.567",
        "0.901234.567",
        "0901/234/567",
    ),
    *(
        "+84901234567",
        "+84 90 123 45 67",
        "(+84) 90 123.45.67",
        "84 901234567",
        "0255 3822 222",
        "0901_234_567",
    ),
    *(
        "gọi 0901234567 hỏi hộ khẩu",
        "1.001193 0901234567",
        "0901234567 1.001193",
        "1.001193.0901.234.567",
        "o9o1234567",
    ),
    # bank cards
    *("4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "9704 0512 3456 7890 123"),
    # e-mail addresses
    *(
        "a.nguyen@example.com",
        "nguyen van a @ example.com",
        "a＠b.vn",
        "nguyenvana gmail.com",
        "abc[at]gmail.com",
    ),
    *("nguyenvana a còng gmail chấm com",),
    # passports and plates
    *("hộ chiếu B1234567", "xe 76A-123.45", "76c1 12345"),
]
CODES = [
    *("1.001193", "1001193", "1. 001193", "1-001193", "1.001193.000.00.00.H48", "1.001193.000.00.00"),
    *("mã 1.001193", "thủ tục 1.001193.000.00.00.h48 là gì", "1001193, 1001194", "1.001193 1.001194"),
]
NUMBERS = ["570/QĐ-BTP", "570 qd btp", "nghị định 123/2015", "60/2014/QH13", "12345/2018"]
PLAIN = [
    *("khai sinh", "khai sinh 2020", "từ 01/01/2020 đến 31/12/2020", "giấy phép lái xe b2", "gọi 1900 1234"),
    *("1234/2018/tt-bca 22/2019/nđ-cp", "15/2020, 45/2021", "điều 12 khoản 3", "C08_XPHCDB", "đăng ký gmail"),
]

Notes = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    """Have notes go to a queue in memory; return what takes them out of it."""
    app = Celery(f"notes-{time.monotonic()}", broker="memory://", set_as_current=False)
    app.conf.task_default_queue = app.main
    courier = Courier(app)
    monkeypatch.setattr(noting, "courier", courier)

    def taken() -> list[dict[str, Any]]:
        courier.thread.submit(lambda: None).result()
        found = []
        with app.connection() as broker, broker.SimpleQueue(app.main) as queue:
            while queue.qsize():
                message = queue.get_nowait()
                found.append({"task": message.headers["task"], **message.payload[1]})
                assert {message.headers["argsrepr"], message.headers["kwargsrepr"]} == {HIDDEN}
                message.ack()
        return found

    return taken


def count(words: str, filters: str = "", total: int = 3, day: date = TODAY) -> None:
    tasks.count_search(day.isoformat(), words, filters, total)


def row(**key: Any) -> AskedDay:
    return AskedDay.objects.get(**key)


@pytest.mark.parametrize("words", PERSONAL)
def test_what_looks_like_a_person_is_no_note(words: str, notes: Notes) -> None:
    assert looks_personal(words)
    for said in (words, f"thủ tục cho {words}", f"{words} khai sinh"):
        noting.note_search(SearchParameters(words=said), 1)
        noting.note_opened(SearchParameters(words=said), 1, 1)
    assert notes() == []


@pytest.mark.parametrize("words", CODES + NUMBERS + PLAIN)
def test_codes_and_numbers_are_no_persons(words: str, notes: Notes) -> None:
    noting.note_search(SearchParameters(words=words), 1)
    assert [note["words"] for note in notes()] == [words.lower()]


def test_what_is_let_through_as_a_code_or_a_number_is_one() -> None:
    assert all(keys.codes_in(words) for words in CODES)
    assert all(keys.number_in(words) for words in NUMBERS)


def test_long_queries_take_no_time() -> None:
    started = time.process_time()
    for words in ("0 " * 500, "o" * 1000, "0o" * 500, "1.001193 " * 110, "a@" * 500, "1 ." * 330):
        looks_personal(words)
    assert time.process_time() - started < 0.5


def test_a_note_has_the_query_its_filters_and_what_it_found(notes: Notes) -> None:
    filters = (("sector", "ho-tich"), ("level", "xa"), ("level", "tinh"))
    noting.note_search(SearchParameters(words="Khai  SINH", filters=filters, sort="name"), 7)
    today = timezone.localdate().isoformat()
    assert notes() == [
        {
            "task": COUNT_SEARCH,
            "day": today,
            "words": "khai sinh",
            "filters": "level=tinh&level=xa&sector=ho-tich",
            "total": 7,
        }
    ]


def test_the_same_search_seen_again_is_no_note(notes: Notes) -> None:
    for again in (
        SearchParameters(words="a", page=2),
        SearchParameters(words="a", exact=True),
        SearchParameters(words="a", any_level=True),
        SearchParameters(filters=(("level", "xa"),)),
    ):
        noting.note_search(again, 7)
    assert notes() == []


def test_a_day_is_a_day_in_vietnam(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = datetime(2026, 6, 29, 18, tzinfo=ZoneInfo("UTC"))
    monkeypatch.setattr(timezone, "now", lambda: evening)
    noting.note_search(SearchParameters(words="a"), 1)
    assert notes()[0]["day"] == "2026-06-30"


def test_long_queries_and_many_filters_are_kept_as_far_as_there_is_room() -> None:
    assert asked.kept_words("a" * 199 + " bc") == "a" * 199
    filters = asked.kept_filters(("sector", f"linh-vuc-so-{number:02}") for number in range(50))
    assert len(filters) <= asked.LONGEST and filters.endswith("linh-vuc-so-08")


@pytest.mark.django_db
def test_searches_add_up_by_day_query_and_filters() -> None:
    for total in (3, 0, 5):
        count("khai sinh", total=total)
    count("khai sinh", "level=xa", total=0)
    count("khai sinh", day=TODAY - timedelta(days=1))
    found = row(day=TODAY, words="khai sinh", filters="")
    assert (found.searches, found.empty, found.results) == (3, 1, 5)
    assert AskedDay.objects.count() == 3


@pytest.mark.django_db
def test_a_day_has_a_limited_number_of_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "MOST_A_DAY", 2)
    for words in ("a", "b", "c", "a"):
        count(words)
    assert list(AskedDay.objects.order_by("words").values_list("words", "searches")) == [("a", 2), ("b", 1)]


@pytest.mark.django_db
def test_an_opened_result_adds_its_place_and_its_page() -> None:
    page = factories.procedure()
    for _ in range(2):
        count("khai sinh")
    for rank in (1, 4):
        tasks.count_opened(TODAY.isoformat(), "khai sinh", "", rank, page.pk)
    found = row(words="khai sinh")
    assert (found.opened, found.ranks) == (2, 5)
    assert list(OpenedDay.objects.values_list("day", "page_id", "opened")) == [(TODAY, page.pk, 2)]


@pytest.mark.django_db
def test_results_are_never_opened_more_often_than_asked_for() -> None:
    page = factories.procedure()
    count("khai sinh")
    for rank, page_id in ((1, page.pk), (1, page.pk), (1, 10**9), (0, page.pk), (10_001, page.pk)):
        tasks.count_opened(TODAY.isoformat(), "khai sinh", "", rank, page_id)
    tasks.count_opened(TODAY.isoformat(), "chưa ai tìm", "", 1, page.pk)
    assert row().opened == 1
    assert OpenedDay.objects.get().opened == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_workers_at_the_same_time_lose_no_count() -> None:
    def work() -> None:
        try:
            for number in range(10):
                count(f"câu {number % 2}")
        finally:
            connection.close()

    if connection.vendor == "sqlite":  # tests have it in memory, where a writer does not wait for another
        for _ in range(4):
            work()
    else:
        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert list(AskedDay.objects.order_by("words").values_list("searches", flat=True)) == [20, 20]


@pytest.mark.django_db
def test_days_go_after_ninety() -> None:
    today = timezone.localdate()
    for age in (0, 89, 90, 200):
        count("a", day=today - timedelta(days=age))
        OpenedDay.objects.create(day=today - timedelta(days=age), page_id=1, opened=1)
    tasks.forget_old_searches()
    for model in (AskedDay, OpenedDay):
        assert [(today - kept.day).days for kept in model._default_manager.all()] == [0, 89]


def test_a_search_and_an_opened_result_are_noted(client: Client, search: Search, notes: Notes) -> None:
    page = factories.procedure("Đăng ký khai sinh", levels=("xa",))
    search()
    client.get("/tim-kiem/", {"q": "Khai sinh", "level": "xa"})
    client.get("/tim-kiem/", {"q": "khai sinh", "more": "sector"})
    client.get("/tim-kiem/", {"q": "khai sinh", "level": "khong-co"})
    client.get("/tim-kiem/", {"q": "0901234567"})
    client.get("/api/v1/search", {"q": "khai sinh"})
    asking = {"q": "khai sinh", "level": "xa", "rank": "1", "id": str(page.pk)}
    client.post("/tim-kiem/mo/", asking, headers={"Sec-Fetch-Site": "same-origin"})
    searched, opened = notes()
    assert (searched["words"], searched["filters"], searched["total"]) == ("khai sinh", "level=xa", 1)
    assert opened == {"task": COUNT_OPENED, "rank": 1, "page_id": page.pk} | {
        name: searched[name] for name in ("day", "words", "filters")
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://testserver.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_only_pages_of_ours_can_say_what_was_opened(
    headers: dict[str, str], is_taken: bool, notes: Notes
) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/tim-kiem/mo/", {"q": "a", "rank": "1", "id": "1"}, headers=headers)
    assert (response.status_code, response.content, not response.cookies) == (204, b"", True)
    assert bool(notes()) is is_taken


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said",
    [
        {},
        {"q": "a", "rank": "1"},
        {"q": "a", "rank": "0", "id": "1"},
        {"q": "a", "rank": "10001", "id": "1"},
        {"q": "a", "rank": "1", "id": "x"},
        {"q": "a", "rank": "1", "id": str(2**63)},
        {"q": "", "rank": "1", "id": "1"},
        {"q": "a" * 5000, "rank": "1", "id": "1"},
        {"q": "a", "rank": "1", "id": "1", "level": "khong-co"},
    ],
)
def test_nonsense_is_answered_alike_and_not_noted(said: dict[str, str], client: Client, notes: Notes) -> None:
    response = client.post("/tim-kiem/mo/", said, headers={"Sec-Fetch-Site": "same-origin"})
    assert (response.status_code, response.content) == (204, b"")
    assert notes() == []
    assert client.get("/tim-kiem/mo/").status_code == 405


@pytest.fixture
def hanging_broker() -> Iterator[str]:
    """Return the address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("address", ["redis+socket:///nowhere/redis.sock", "redis://127.0.0.1:9/0", ""])
def test_a_search_does_not_wait_for_a_broker_that_is_away(
    address: str, hanging_broker: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(broker.PATIENCE, "socket_timeout", 2.0)
    courier = Courier(Celery(broker=address or hanging_broker, set_as_current=False))
    started = time.monotonic()
    with caplog.at_level(logging.DEBUG):
        for _ in range(100):
            courier.send(COUNT_SEARCH, words="thẻ căn cước")
        assert time.monotonic() - started < 1.5
        courier.thread.shutdown()
    assert sum("searches are not counted" in message for message in caplog.messages) == 1
    assert "căn cước" not in caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_worker_counts_and_its_log_says_nothing_of_the_query(capfd: pytest.CaptureFixture[str]) -> None:
    app = Celery("counting", broker="memory://", set_as_current=False)
    app.conf.update(task_default_queue=app.main, worker_hijack_root_logger=False)
    app.finalize()
    courier, log = Courier(app), ""
    with start_worker(app, perform_ping_check=False, loglevel=logging.DEBUG):
        for total in (0, "no number"):
            courier.send(COUNT_SEARCH, day=TODAY.isoformat(), words="thẻ căn cước", filters="", total=total)
        until = time.monotonic() + 10
        while "raised unexpected" not in log and time.monotonic() < until:
            time.sleep(0.05)
            log += capfd.readouterr().err
    assert log.count(f"{COUNT_SEARCH}[") == 4
    assert "căn cước" not in log
    assert row().empty == 1
