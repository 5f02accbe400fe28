"""Notes what people search and open, for the sums of `search.asked`; a reader waits for none of it.

A thread of its own takes each note to the worker. While the broker is away, the notes are lost and nothing
else. What looks like a person's number is no note at all: it comes into no queue and no log.
"""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from celery import Celery, current_app
from django.utils import timezone

from search.asked import kept_filters, kept_words
from search.broker import PATIENCE, REST_SECONDS
from search.parameters import SearchParameters
from search.personal import looks_personal

logger = logging.getLogger(__name__)

COUNT_SEARCH = "search.tasks.count_search"
COUNT_OPENED = "search.tasks.count_opened"
NOTE_SECONDS = 3600
"""How long a note waits for a worker."""
HIDDEN = "(not shown)"
"""What Celery's logs and events have in place of a person's words."""


class Courier:
    """Takes notes to the worker, one after the other, over a connection that stays open."""

    def __init__(self, app: Celery = current_app) -> None:
        self.app = app
        self.producer: Any = None
        self.tried_again_at = 0.0
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search-notes")

    def send(self, task: str, **values: Any) -> None:
        """Have a task sent, and return at once."""
        if time.monotonic() >= self.tried_again_at:
            self.thread.submit(self._deliver, task, values)

    def _deliver(self, task: str, values: dict[str, Any]) -> None:
        if time.monotonic() < self.tried_again_at:
            return
        try:
            self.producer = self.producer or self._connected()
            self.app.send_task(
                task,
                kwargs=values,
                producer=self.producer,
                expires=NOTE_SECONDS,
                retry=False,
                argsrepr=HIDDEN,
                kwargsrepr=HIDDEN,
            )
        except Exception as error:  # each transport has its own; no message, which may quote what was sent
            self.producer = None
            self.tried_again_at = time.monotonic() + REST_SECONDS
            logger.warning("The broker is away, searches are not counted: %s", type(error).__name__)

    def _connected(self) -> Any:
        connection = self.app.connection_for_write()
        connection.transport_options = connection.transport_options | PATIENCE
        return self.app.amqp.Producer(connection)


courier = Courier()


def note_search(parameters: SearchParameters, total: int) -> None:
    """Note a search and how much it found. Later pages, or "search for exactly this", are no new search."""
    again = parameters.page > 1 or parameters.exact or parameters.any_level
    if parameters.words and not again and not looks_personal(parameters.words):
        courier.send(COUNT_SEARCH, **_key(parameters), total=total)


def note_opened(parameters: SearchParameters, rank: int, page_id: int) -> None:
    """Note that a result was opened."""
    if parameters.words and not looks_personal(parameters.words):
        courier.send(COUNT_OPENED, **_key(parameters), rank=rank, page_id=page_id)


def _key(parameters: SearchParameters) -> dict[str, str]:
    return {
        "day": timezone.localdate().isoformat(),
        "words": kept_words(parameters.words),
        "filters": kept_filters(parameters.filters),
    }
