"""Elasticsearch restarted empty: the worker builds the index by itself, once, and not again and again."""

import logging
from datetime import timedelta

import pytest
from celery import Celery
from django.utils import timezone
from elasticsearch import Elasticsearch
from pytest_django import Settings

from search import draining, names, rebuilding, recovery
from search.models import OutboxEntry, Rebuild
from tests import factories
from tests.search.conftest import Search
from tests.search.factories_health import proxy, rebuild_row


def lose_everything(client: Elasticsearch) -> None:
    """Leave Elasticsearch as a new one is."""
    for name in names.indexes(client):
        client.indices.delete(index=name)
    client.indices.delete_index_template(name=f"{names.alias()}-only-aliases")


def asked_for() -> list[str]:
    """Return the tasks that a drain sends for want of an index."""
    app = Celery(broker="memory://", set_as_current=False)
    asked: list[str] = []
    draining.drain(no_index=lambda: recovery.ask_for_index(app))
    with app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        while queue.qsize():
            message = queue.get(block=False)
            asked.append(message.headers["task"])
            message.ack()
    return asked


def test_a_lost_index_is_asked_for_and_built_though_nothing_has_changed(
    search: Search, index: Elasticsearch
) -> None:
    factories.procedure("zebra")
    assert search("zebra").total == 1
    lose_everything(index)
    assert not OutboxEntry.objects.exists()
    assert asked_for() == [recovery.REBUILD_TASK]
    recovery.build_missing_index()
    assert search("zebra").total == 1
    assert asked_for() == []


def test_changes_made_while_there_is_no_index_are_in_the_new_one(
    search: Search, index: Elasticsearch
) -> None:
    page = factories.procedure("zebra")
    search()
    lose_everything(index)
    page.name = "quagga"
    page.save_revision().publish()
    assert asked_for() == [recovery.REBUILD_TASK]
    assert OutboxEntry.objects.filter(page_id=page.pk, attempts=0).exists()
    recovery.build_missing_index()
    assert (search("zebra").total, search("quagga").total) == (0, 1)


def test_what_many_have_asked_for_is_built_once(index: Elasticsearch) -> None:
    lose_everything(index)
    before = Rebuild.objects.count()
    recovery.build_missing_index()
    recovery.build_missing_index()
    assert Rebuild.objects.count() == before + 1


@pytest.mark.parametrize("state", [Rebuild.State.RUNNING, Rebuild.State.FAILED])
def test_it_is_not_asked_for_while_it_is_built_or_has_just_failed(index: Elasticsearch, state: str) -> None:
    lose_everything(index)
    run = rebuild_row(state=state)
    assert asked_for() == []
    recovery.build_missing_index()
    assert names.indexes(index) == []
    long_ago = timezone.now() - recovery.REST
    Rebuild.objects.filter(pk=run.pk).update(pid=4_000_000, heartbeat_at=long_ago - timedelta(seconds=1))
    assert asked_for() == [recovery.REBUILD_TASK]
    recovery.build_missing_index()
    assert names.behind(index, names.alias()) is not None


def test_a_rebuild_that_fails_says_so_and_ends(
    index: Elasticsearch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object) -> None:
        raise rebuilding.RebuildError("1 of 1 documents were refused")

    lose_everything(index)
    monkeypatch.setattr(rebuilding, "_fill", fail)
    with caplog.at_level(logging.ERROR):
        recovery.build_missing_index()
    assert "The index was not built: 1 of 1 documents" in caplog.text
    assert Rebuild.objects.first().state == Rebuild.State.FAILED  # type: ignore[union-attr]


def test_a_server_without_a_master_is_not_taken_for_an_empty_one(
    search: Search, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    page = factories.procedure("zebra")
    (server,) = settings.ELASTICSEARCH_URL
    rebuilds = Rebuild.objects.count()
    with proxy(server, always=503) as address, caplog.at_level(logging.WARNING):
        settings.ELASTICSEARCH_URL = [address]
        assert asked_for() == []
        recovery.build_missing_index()
    settings.ELASTICSEARCH_URL = [server]
    assert "they wait in the outbox" in caplog.text
    assert Rebuild.objects.count() == rebuilds
    assert OutboxEntry.objects.filter(page_id=page.pk, attempts=0).exists()
    assert search("zebra").total == 1
