"""Checks of the index: stored, repaired at night, forgotten after 90 days."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone
from elasticsearch import Elasticsearch
from pytest_django import Settings

from procedures.models import ProcedurePage
from search import checking, draining, indexing, names, verification
from search.models import IndexCheck
from tests import factories
from tests.search.test_search_index import drifted


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "PAUSE", 0)


def test_the_nightly_check_repairs_and_is_an_error_in_the_log(
    index: Elasticsearch, caplog: pytest.LogCaptureFixture
) -> None:
    missing, stale, ghost = drifted(index)
    with caplog.at_level(logging.ERROR):
        checking.check_nightly(index)
    found = IndexCheck.objects.get()
    assert (found.pages, found.missing, found.stale, found.ghosts, found.repaired) == (2, 1, 1, 1, 3)
    assert found.examples == {"missing": [missing.pk], "stale": [stale.pk], "ghosts": [ghost.pk]}
    assert found.is_clean and found.left == 0
    assert "3 of 2 pages differed" in caplog.text
    caplog.clear()
    checking.check_nightly(index)
    assert IndexCheck.objects.first().differences == 0  # type: ignore[union-attr]
    assert not caplog.records


def test_what_cannot_be_repaired_stays_in_the_books(index: Elasticsearch) -> None:
    page = factories.procedure()
    draining.drain()
    index.indices.put_settings(index=names.alias(), settings={"index.blocks.write": True})
    ProcedurePage.objects.filter(pk=page.pk).update(name="Khác")
    checking.check_nightly(index)
    found = IndexCheck.objects.get()
    assert (found.stale, found.repaired, found.left, found.is_clean) == (1, 0, 1, False)


def test_an_index_that_is_newer_than_the_database_is_not_repaired(index: Elasticsearch) -> None:
    page = factories.procedure()
    indexing.write(index, [page.pk], 10**9, [names.alias()], indexing.Outcome())
    checking.check_nightly(index)
    found = IndexCheck.objects.get()
    assert (found.from_the_future, found.repaired, found.is_clean) == (1, 0, False)


def test_a_check_that_fails_says_of_what(db: None, settings: Settings, index: Elasticsearch) -> None:
    index.indices.delete(index=names.indexes(index)[0])
    with pytest.raises(checking.NoIndex):
        checking.check_nightly(index)
    found = IndexCheck.objects.get()
    assert "There is no index yet" in found.error
    assert found.finished_at is not None and not found.is_clean


def test_one_check_at_a_time_but_a_killed_one_stands_in_nobody_s_way(index: Elasticsearch) -> None:
    running = IndexCheck.objects.create()
    checking.check_nightly(index)
    assert IndexCheck.objects.get() == running
    IndexCheck.objects.update(started_at=timezone.now() - timedelta(hours=3))
    running.refresh_from_db()
    assert running.was_killed
    checking.check_nightly(index)
    assert IndexCheck.objects.count() == 2


def test_checks_are_kept_for_ninety_days(index: Elasticsearch) -> None:
    for days in (89, 91):
        row = IndexCheck.objects.create()
        row.finish()
        IndexCheck.objects.filter(pk=row.pk).update(started_at=timezone.now() - timedelta(days=days))
    checking.check_nightly(index)
    assert IndexCheck.objects.count() == 2
