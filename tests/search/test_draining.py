"""How rows become documents: repeated, out of order, refused, and with Elasticsearch away."""

import logging
import socket
import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from elasticsearch import Elasticsearch
from pytest_django import Settings

from home.models import HomePage
from procedures.models import ProcedurePage
from search import draining, indexing, names, rebuilding, tasks
from search.breaker import Breaker
from search.documents import mark_changed
from search.index import definition
from search.models import IndexBatch, OutboxEntry
from tests import factories
from tests.search.conftest import Search
from tests.search.factories_health import as_if_committed

AWAY = ["http://127.0.0.1:9"]


def stored_title(client: Elasticsearch, page_id: int) -> str | None:
    client.indices.refresh(index=names.alias())
    hits = client.search(index=names.alias(), query={"ids": {"values": [str(page_id)]}})["hits"]["hits"]
    return hits[0]["_source"]["title"] if hits else None


def test_an_older_truth_never_replaces_a_newer_one(index: Elasticsearch) -> None:
    page = factories.procedure("Mới")
    old, new = indexing.next_version(), indexing.next_version()
    outcome = indexing.Outcome()
    indexing.write(index, [page.pk], new, [names.alias()], outcome)
    ProcedurePage.objects.filter(pk=page.pk).update(name="Cũ")
    indexing.write(index, [page.pk], old, [names.alias()], outcome)
    assert stored_title(index, page.pk) == "Mới"
    assert not outcome.refused


def test_a_late_write_does_not_bring_a_deleted_page_back(index: Elasticsearch) -> None:
    page = factories.procedure()
    old = indexing.next_version()
    page_id = page.pk
    page.unpublish()
    draining.drain()
    ProcedurePage.objects.filter(pk=page_id).update(live=True)
    indexing.write(index, [page_id], old, [names.alias()], indexing.Outcome())
    assert stored_title(index, page_id) is None
    settings = index.indices.get_settings(index=names.alias())
    assert next(iter(settings.values()))["settings"]["index"]["gc_deletes"] == "1h"


def test_versions_only_grow_also_after_old_batches_are_forgotten(index: Elasticsearch) -> None:
    last = indexing.next_version()
    IndexBatch.objects.update(created_at=timezone.now() - timedelta(days=2))
    draining.drain()
    assert not IndexBatch.objects.exists()
    assert indexing.next_version() > last


def test_a_branch_is_written_in_portions(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "CHUNK", 2)
    for number in range(5):
        factories.information(f"zebra {number}")
    OutboxEntry.objects.all().delete()
    mark_changed([HomePage.objects.get().pk], subtree=True)
    assert search("zebra").total == 5


def test_a_drain_that_is_killed_in_a_large_branch_has_done_its_part(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "ROWS", 2)
    for number in range(5):
        factories.information(f"zebra {number}")
    OutboxEntry.objects.all().delete()
    mark_changed([HomePage.objects.get().pk], subtree=True)
    pages = HomePage.objects.get().get_descendants(inclusive=True).count()
    real = indexing.write
    written: list[int] = []

    def die_at_the_third(client: Elasticsearch, ids: list[int], *rest: Any) -> None:
        if len(written) == 4:
            raise KeyboardInterrupt
        real(client, ids, *rest)
        written.extend(ids)

    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr(indexing, "write", die_at_the_third)
        draining.drain()
    assert not OutboxEntry.objects.filter(subtree=True).exists()
    assert OutboxEntry.objects.count() == pages - 4
    assert not OutboxEntry.objects.filter(page_id__in=written).exists()
    assert search("zebra").total == 5
    assert not OutboxEntry.objects.exists()


def test_a_drain_whose_time_is_over_begins_no_batch_more(search: Search, index: Elasticsearch) -> None:
    factories.procedure("zebra")
    assert draining.drain(seconds=0) == 0
    assert OutboxEntry.objects.exists()
    assert search("zebra").total == 1


def take_an_index_that_knows_no_place(client: Elasticsearch) -> None:
    """Put the alias on an index of an older mapping, which refuses procedures of other provinces."""
    body = definition()
    del body["mappings"]["properties"]["place"]
    older = names.new_index()
    client.indices.create(index=older, **body)
    rebuilding.switch(client, older)


def test_a_refused_document_is_kept_with_its_reason_and_stops_no_other(
    search: Search, index: Elasticsearch, caplog: pytest.LogCaptureFixture
) -> None:
    take_an_index_that_knows_no_place(index)
    bad = factories.procedure("zebra xấu", local_to="UBND tỉnh Nghệ An")
    factories.procedure("zebra tốt")
    with caplog.at_level(logging.ERROR):
        assert [result.title for result in search("zebra").results] == ["zebra tốt"]
    row = OutboxEntry.objects.get()
    assert (row.page_id, row.attempts, row.subtree) == (bad.pk, 1, False)
    assert "place" in row.error
    assert f"page {bad.pk}" in caplog.text


def test_a_refused_document_is_tried_later_and_a_new_edit_at_once(
    search: Search, index: Elasticsearch
) -> None:
    take_an_index_that_knows_no_place(index)
    bad = factories.procedure("zebra", local_to="UBND tỉnh Nghệ An")
    search()
    assert draining.drain() == 0  # not due yet
    OutboxEntry.objects.update(retry_at=timezone.now())
    search()
    row = OutboxEntry.objects.get()
    assert row.attempts == 2
    assert row.retry_at is not None and row.retry_at > timezone.now() + draining.FIRST_RETRY
    as_if_committed()
    bad.local_to = ""
    bad.save_revision().publish()
    assert search("zebra").total == 1
    assert not OutboxEntry.objects.exists()


def test_while_elasticsearch_is_away_the_rows_wait(
    search: Search, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    nodes = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = AWAY
    page = factories.procedure("zebra")
    with caplog.at_level(logging.WARNING):
        assert draining.drain() is None
    assert "they wait in the outbox" in caplog.text
    assert OutboxEntry.objects.filter(page_id=page.pk, attempts=0).exists()
    settings.ELASTICSEARCH_URL = nodes
    assert search("zebra").total == 1


def test_without_an_index_the_rows_wait_and_no_index_appears_by_itself(
    index: Elasticsearch, caplog: pytest.LogCaptureFixture
) -> None:
    index.indices.delete(index=names.indexes(index)[0])
    page = factories.procedure()
    with caplog.at_level(logging.WARNING):
        draining.drain()
    assert "search_index rebuild" in caplog.text
    assert OutboxEntry.objects.filter(page_id=page.pk).exists()
    assert not index.indices.exists(index=names.alias())


def test_a_late_deletion_does_not_make_an_index_of_the_alias_name(index: Elasticsearch) -> None:
    """Elasticsearch makes an index for a deletion with an external version, in spite of `require_alias`."""
    with pytest.raises(indexing.TargetLost):
        indexing.write(
            index, [999_999], indexing.next_version(), [names.building_alias()], indexing.Outcome()
        )
    assert not index.indices.exists(index=names.building_alias())


@pytest.mark.parametrize("block", ["read_only_allow_delete", "write"])
def test_a_server_without_room_is_no_fault_of_the_documents(
    search: Search, index: Elasticsearch, block: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BACKOFF", 0)
    page = factories.procedure("zebra")
    drain_under(index, f"index.blocks.{block}")
    assert OutboxEntry.objects.filter(page_id=page.pk, attempts=0).exists()
    index.indices.put_settings(index=names.alias(), settings={f"index.blocks.{block}": None})
    assert search("zebra").total == 1


def drain_under(client: Elasticsearch, block: str) -> None:
    """Drain while there is a block. Elasticsearch lifts the one of a full disk by itself, at any moment."""
    for _attempt in range(20):
        rows = list(OutboxEntry.objects.all())
        client.indices.put_settings(index=names.alias(), settings={block: True})
        draining.drain()
        (settings,) = client.indices.get_settings(index=names.alias(), flat_settings=True).values()
        if settings["settings"].get(block) == "true":
            return
        OutboxEntry.objects.all().delete()
        OutboxEntry.objects.bulk_create(rows)
    pytest.fail(f"{block} does not stay")


def test_a_server_that_hangs_does_not_hold_the_worker(
    index: Elasticsearch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "FIRST_SECONDS", 1.0)
    monkeypatch.setattr(tasks, "writing", Breaker(most=1))
    settings.SEARCH_BREAKER_SECONDS = 60.0
    factories.procedure("zebra")
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.ELASTICSEARCH_URL = [f"http://127.0.0.1:{server.getsockname()[1]}"]
        started = time.monotonic()
        for _message in range(20):
            tasks.drain_outbox()
        assert time.monotonic() - started < 10  # one of the twenty has waited
    assert OutboxEntry.objects.exists()
