"""Each change of a page leaves a row in its own transaction, and the worker is told once."""

import logging
import socket
import time
from collections.abc import Iterator

import pytest
from celery import Celery
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from home.models import HomePage
from search import signal_handlers
from search.broker import Broker
from search.models import OutboxEntry
from search.outbox import DRAIN_TASK, Drain, mark_changed
from tests import factories

pytestmark = pytest.mark.django_db


def pages() -> set[int]:
    return set(OutboxEntry.objects.values_list("page_id", flat=True))


def test_a_change_that_is_rolled_back_leaves_no_row() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        mark_changed([1])
        raise ZeroDivisionError
    assert not OutboxEntry.objects.exists()


def test_many_changes_in_a_transaction_tell_the_worker_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        mark_changed(range(2500))
        factories.procedure()
        mark_changed([1], subtree=True)
    assert len([callback for callback in callbacks if isinstance(callback, Drain)]) == 1
    assert OutboxEntry.objects.filter(subtree=True).count() == 1


def test_a_rolled_back_part_does_not_silence_the_rest(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            mark_changed([1])
            raise ZeroDivisionError
        mark_changed([2])
    assert [type(callback) for callback in callbacks] == [Drain]
    assert pages() == {2}


@pytest.fixture
def hanging_broker() -> Iterator[str]:
    """Return the address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("address", ["redis+socket:///nowhere/redis.sock", "redis://127.0.0.1:9/0", ""])
def test_a_change_does_not_wait_for_a_broker_that_is_away(
    address: str, hanging_broker: str, caplog: pytest.LogCaptureFixture
) -> None:
    broker = Broker(Celery(broker=address or hanging_broker))
    started = time.monotonic()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            broker.send(DRAIN_TASK)
    assert time.monotonic() - started < 2
    assert sum("The broker is away" in message for message in caplog.messages) == 1


def test_publishing_a_page_notes_it_and_not_its_parent_s_branch() -> None:
    page = factories.procedure()
    assert page.pk in pages()
    assert not OutboxEntry.objects.filter(subtree=True).exists()


def test_saving_a_page_with_pages_below_is_no_change_of_these() -> None:
    home = HomePage.objects.get()
    home.lead = "Mới"
    home.save()
    assert pages() == {home.pk}
    assert not OutboxEntry.objects.filter(subtree=True).exists()


def test_a_new_address_is_a_change_of_the_whole_branch() -> None:
    parent = factories.information("A")
    factories.publish(type(parent)(title="B"), parent)
    OutboxEntry.objects.all().delete()
    parent.refresh_from_db()
    parent.slug = "khac"
    parent.save()
    assert OutboxEntry.objects.filter(page_id=parent.pk, subtree=True).exists()


def test_rows_that_documents_quote_note_their_pages() -> None:
    page = factories.procedure(legal=("60/2014/QH13",), agencies=("Sở A",), sectors=("Đất đai",))
    other = factories.procedure(agencies=("Sở B",), sectors=("Hộ tịch",))
    issued = factories.decision(issuer=factories.agency("Sở A"))
    for quoted, expected in (
        (factories.sector("Đất đai"), {page.pk}),
        (factories.agency("Sở A"), {page.pk, issued.pk}),
        (factories.legal_document("60/2014/QH13"), {page.pk}),
    ):
        OutboxEntry.objects.all().delete()
        quoted.save()
        assert pages() == expected
    assert other.pk not in pages()


def test_a_part_that_is_rolled_back_takes_its_note_with_it(tree: factories.Tree) -> None:
    with pytest.raises(ValueError), transaction.atomic():
        signal_handlers.note([7_777])
        raise ValueError
    signal_handlers.note([7_777])
    signal_handlers.note([7_777])
    assert OutboxEntry.objects.filter(page_id=7_777).count() == 1
