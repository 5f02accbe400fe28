"""Visits are counted right by many at once, survive Redis and a killed worker, and keep no reader."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker, Settings

from home.furniture import line, visits
from home.furniture.line import Line
from home.furniture.tasks import keep_visits
from home.furniture.visits import PREFIX, Visits, day_key
from home.models import VisitDay
from tests.live.servers import PATIENCE, Database, Redis, environment, start

PROCESSES, THREADS, PAGES = 3, 8, 150
RATE = 200
"""Pages a second that must be counted."""
QUIET = 0.1


@pytest.fixture(scope="module")
def server() -> Iterator[Redis]:
    """Return a Redis that these tests may stop."""
    redis = Redis()
    yield redis
    redis.remove()


@pytest.fixture(scope="module")
def database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Return a database that all processes see; it is copied before any test has begun a transaction."""
    with django_db_blocker.unblock():
        copy = Database(tmp_path_factory.mktemp("visits"))
    yield copy
    with django_db_blocker.unblock():
        copy.drop()


@pytest.fixture
def redis(server: Redis, settings: Settings) -> Iterator[Redis]:
    """Return it, running and empty, as the one that this process counts in."""
    if server.process.poll() is not None:
        server.start()
    server.client.flushall()
    settings.CELERY_BROKER_URL = server.url
    yield server
    server.thaw() if server.process.poll() is None else server.start()


@pytest.fixture
def process(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> Visits:
    """Return the counts of this process, which tries again soon after a failure."""
    fresh = Visits(Line(quiet=QUIET))
    monkeypatch.setattr(visits, "visits", fresh)
    return fresh


def stored() -> int:
    return sum(VisitDay.objects.values_list("visits", flat=True))


@pytest.mark.django_db
def test_many_at_once_are_counted_exactly_though_workers_are_killed(database: Database, redis: Redis) -> None:
    env = environment(DATABASE_URL=database.url, BROKER_URL=redis.url)

    def run(*words: str, **options: Any) -> subprocess.Popen:
        return start(sys.executable, "-m", "tests.live.visitor", *words, env=env, **options)

    workers = [run("keep", stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for worker in workers:
            assert worker.stdout
            assert worker.stdout.readline() == "keeping\n"
        words = ("read", str(THREADS), str(PAGES))
        readers = [run(*words, stdout=subprocess.PIPE) for _ in range(PROCESSES)]
        rates = [float(reader.communicate(timeout=PATIENCE)[0]) for reader in readers]
    finally:
        for worker in workers:
            worker.kill()  # in the middle of whatever it does
            worker.communicate()
    with database.used():
        visits.keep()
        visits.keep()
        assert stored() == PROCESSES * THREADS * PAGES
        shown = visits.figures()
    assert shown is not None
    assert (shown.today, shown.online) == (PROCESSES * THREADS * PAGES, THREADS)
    assert sum(rates) > RATE


@pytest.mark.django_db
def test_figures_are_right_between_two_runs_of_the_worker(
    process: Visits, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    today = timezone.localdate()
    VisitDay.objects.create(day=today - timedelta(days=40), visits=1000)
    assert visits.figures() == visits.Figures(0, 0, 1000, 0)
    for _ in range(3):
        process.count("a")
    visits.keep()
    process.count("b")
    with django_assert_num_queries(1):
        assert visits.figures(before=5) == visits.Figures(4, 4, 1009, 2)


@pytest.mark.django_db
def test_nothing_counted_is_nothing_shown(process: Visits) -> None:
    assert visits.figures() is None


@pytest.mark.django_db
def test_totals_survive_a_redis_that_forgets(process: Visits, redis: Redis) -> None:
    for _ in range(5):
        process.count("a")
    visits.keep()
    redis.kill()
    redis.start()
    for _ in range(3):
        process.count("a")
        time.sleep(QUIET)
    visits.keep()
    visits.keep()
    assert stored() == 8


@pytest.mark.django_db
def test_a_redis_that_lost_its_last_second_adds_what_is_new(process: Visits, redis: Redis) -> None:
    for _ in range(5):
        process.count("a")
    visits.keep()
    redis.client.hset(day_key(timezone.localdate()), "count", 3)
    visits.keep()
    process.count("a")
    process.count("a")
    visits.keep()
    assert stored() == 7


@pytest.mark.django_db
def test_days_on_which_no_worker_ran_come_in_later(process: Visits, redis: Redis) -> None:
    days = [timezone.localdate() - timedelta(days=number) for number in (1, 2, 5)]
    for day in days:
        redis.client.hset(day_key(day), mapping={"source": "x", "count": day.day})
    assert visits.keep() == 3
    assert visits.keep() == 0
    assert {row.day: row.visits for row in VisitDay.objects.all()} == {day: day.day for day in days}


@pytest.mark.django_db
def test_redis_away_costs_no_time_and_no_visit(process: Visits, redis: Redis) -> None:
    process.count("a")
    visits.keep()
    redis.kill()
    began = time.monotonic()
    for _ in range(50):
        process.count("a")
    shown = visits.figures()
    assert time.monotonic() - began < 5 * line.PATIENCE  # not 50
    assert (shown and shown.today, shown and shown.online) == (1, None)
    keep_visits()
    redis.start()
    time.sleep(QUIET)
    process.count("a")
    visits.keep()
    assert stored() == 52


@pytest.mark.django_db
def test_a_redis_that_hangs_costs_one_page_a_moment(process: Visits, redis: Redis) -> None:
    process.count("a")
    redis.freeze()
    began = time.monotonic()
    for _ in range(50):
        process.count("a")
    assert time.monotonic() - began < 10 * line.PATIENCE  # not 50


def test_a_broker_that_is_no_redis_counts_nothing(process: Visits, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "amqp://localhost//"
    process.count("a")


def test_nothing_of_a_reader_is_in_redis(process: Visits, redis: Redis) -> None:
    process.count("192.0.2.77 Mozilla/5.0 Zebra")
    found: Any = redis.client  # redis-py says str or bytes of all that it answers
    kept = [key.decode() for key in found.keys("*")]
    values = [found.dump(key) for key in kept]
    assert {key.removeprefix(PREFIX).split(":")[1] for key in kept} == {"salt", "day", "online"}
    assert not any(word in value for word in (b"192.0.2", b"Zebra") for value in values)
    for key in kept:
        assert found.ttl(key) > 0, key
    assert 0 <= process._mark("192.0.2.77 Mozilla/5.0 Zebra") < 2**20
    assert process._mark("a") != Visits()._mark("b")
    assert process._mark("a") == Visits()._mark("a")  # all processes have one salt
