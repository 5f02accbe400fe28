"""Work of the worker for the search."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

from celery import shared_task
from django.conf import settings
from django.db import DatabaseError
from kombu.exceptions import OperationalError

from search import asked, checking, draining, recovery
from search.breaker import Breaker
from search.client import writer
from search.noting import COUNT_OPENED, COUNT_SEARCH
from search.outbox import DRAIN_TASK
from search.recovery import REBUILD_TASK

logger = logging.getLogger(__name__)
writing = Breaker(most=1)

DRAIN_SECONDS = 120
"""After that a drain begins no batch more: beat sends the next one within a minute."""
LONG_SECONDS = 2 * 60 * 60
"""What a task on the whole index may take. It is acknowledged at its start: what is not done within minutes
the broker hands out anew."""


@shared_task(name=DRAIN_TASK)
def drain_outbox() -> None:
    """Bring what changed into the index: sent after each commit, and by beat every minute.

    While Elasticsearch takes nothing, most of the messages end at once: another has just tried, and has left
    one for later.
    """
    if not writing.allows():
        return
    if draining.drain(DRAIN_SECONDS, recovery.ask_for_index) is not None:
        writing.worked()
        return
    writing.failed()
    with suppress(OperationalError):  # beat sends one, too
        drain_outbox.apply_async(countdown=settings.SEARCH_BREAKER_SECONDS + 1, retry=False)


@shared_task(name=REBUILD_TASK, acks_late=False, time_limit=LONG_SECONDS)
def rebuild_index() -> None:
    """Build the index that Elasticsearch has lost: asked for by a drain that finds none."""
    recovery.build_missing_index()


@shared_task(name="search.tasks.check_index", acks_late=False, time_limit=LONG_SECONDS)
def check_index() -> None:
    """Compare the index with the database and bring in what differs: every night."""
    checking.check_nightly(writer())


@shared_task(name=COUNT_SEARCH)
def count_search(day: str, words: str, filters: str, total: int) -> None:
    """Count a search of a person: sent after each."""
    with _without_words_in_logs():
        asked.add_search(date.fromisoformat(day), words, filters, total)


@shared_task(name=COUNT_OPENED)
def count_opened(day: str, words: str, filters: str, rank: int, page_id: int) -> None:
    """Count a result that a person opened."""
    with _without_words_in_logs():
        asked.add_opened(date.fromisoformat(day), words, filters, rank, page_id)


@shared_task(name="search.tasks.forget_old_searches")
def forget_old_searches() -> None:
    """Delete what people searched more than 90 days ago: every night."""
    asked.forget_old()


@contextmanager
def _without_words_in_logs() -> Iterator[None]:
    """Log the kind of an error only: what a database says of a row quotes it."""
    try:
        yield
    except DatabaseError as error:
        logger.error("A search was not counted: %s", type(error).__name__)
