"""`manage.py search_index`: what it says, and how it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from elasticsearch import Elasticsearch
from pytest_django import Settings

from procedures.models import ProcedurePage
from search import draining, indexing, names, verification
from search.models import IndexBatch, OutboxEntry
from tests import factories
from tests.search.conftest import Search


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "PAUSE", 0)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("search_index", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def drifted(index: Elasticsearch) -> tuple[ProcedurePage, ProcedurePage, ProcedurePage]:
    """Make one page of each kind of drift, behind the back of the outbox."""
    missing, stale, ghost = (factories.procedure(f"zebra {number}") for number in range(3))
    draining.drain()
    version = indexing.next_version()
    index.delete(
        index=names.alias(), id=str(missing.pk), version=version, version_type="external", refresh=True
    )
    ProcedurePage.objects.filter(pk=stale.pk).update(name="Khác")
    ProcedurePage.objects.filter(pk=ghost.pk).update(live=False)
    return missing, stale, ghost


def test_check_of_an_index_that_tells_the_truth(index: Elasticsearch) -> None:
    factories.procedure()
    draining.drain()
    assert "1 pages, no difference" in run("check")


def test_check_finds_each_kind_of_drift(index: Elasticsearch) -> None:
    missing, stale, ghost = drifted(index)
    out = StringIO()
    with pytest.raises(CommandError, match="3 of 2 pages differ") as failed:
        call_command("search_index", "check", stdout=out)
    assert failed.value.returncode == 1
    assert f"Missing: 1: {missing.pk}" in out.getvalue()
    assert f"Out of date: 1: {stale.pk}" in out.getvalue()
    assert f"Not to be seen: 1: {ghost.pk}" in out.getvalue()


def test_repair_brings_the_index_back(index: Elasticsearch) -> None:
    drifted(index)
    assert "3 pages brought in again" in run("check", "--repair")
    assert "no difference" in run("check")


def test_repair_says_when_it_could_not(index: Elasticsearch) -> None:
    page = factories.procedure()
    draining.drain()
    index.indices.put_settings(index=names.alias(), settings={"index.blocks.write": True})
    ProcedurePage.objects.filter(pk=page.pk).update(name="Khác")
    with pytest.raises(CommandError, match="1 pages still differ"):
        run("check", "--repair")


def test_check_says_when_a_backup_was_restored(index: Elasticsearch) -> None:
    page = factories.procedure()
    indexing.write(index, [page.pk], 10**9, [names.alias()], indexing.Outcome())
    with pytest.raises(CommandError, match="newer than this database"):
        run("check")
    run("rebuild")
    assert "no difference" in run("check")


def test_check_without_an_index(index: Elasticsearch) -> None:
    index.indices.delete(index=names.indexes(index)[0])
    with pytest.raises(CommandError, match="There is no index yet"):
        run("check")
    assert "In use:   none" in run("status")


def test_status(index: Elasticsearch) -> None:
    factories.procedure()
    status = run("status")
    assert "0 documents; 1 visible pages" in status
    assert "changes wait, the oldest for" in status
    assert "another mapping" not in status
    OutboxEntry.objects.create(page_id=7, attempts=3, error="too long")
    assert "page 7, 3 times: too long" in run("status")


def test_status_notices_a_mapping_of_other_code(index: Elasticsearch) -> None:
    index.indices.put_mapping(index=names.alias(), meta={"hash": "0"})
    assert "another mapping than this code" in run("status")


def test_rebuild_rollback_and_prune(index: Elasticsearch) -> None:
    page = factories.procedure("zebra")
    assert "1 documents in" in run("rebuild")
    page.unpublish()
    draining.drain()
    assert "is in use" in run("rollback")
    assert "no difference" in run("check")
    assert "Deleted: nothing" in run("prune")


def test_a_rollback_is_brought_up_to_date(index: Elasticsearch, search: Search) -> None:
    run("rebuild")
    factories.procedure("zebra")
    draining.drain()
    assert "0 pages brought in again" in run("rollback")  # it was so before it was taken
    assert search("zebra").total == 1
    assert "no difference" in run("check")


@pytest.mark.parametrize("action", ["status", "rebuild", "rollback", "prune", "check"])
def test_a_server_that_is_away_is_said_in_a_sentence(db: None, settings: Settings, action: str) -> None:
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    settings.SEARCH_INDEX = "none"
    with pytest.raises(CommandError, match=r"Elasticsearch does not answer at http://127\.0\.0\.1:9"):
        run(action)


def test_the_numbers_of_batches_are_few(index: Elasticsearch) -> None:
    for _ in range(3):
        factories.procedure()
    draining.drain()
    assert IndexBatch.objects.count() <= 3
