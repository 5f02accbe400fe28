"""The outbox: a change of a page leaves a row in its own transaction; after it the worker is told.

Nothing here speaks to Elasticsearch: an editor never waits for it. `search.draining` brings the rows into
the index.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar
from weakref import ref

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page

from search import broker
from search.models import OutboxEntry

Item = TypeVar("Item")

DRAIN_TASK = "search.tasks.drain_outbox"
ROWS_AT_ONCE = 1000


def mark_changed(page_ids: Iterable[int], *, subtree: bool = False) -> None:
    """Note that pages changed, with all below them if `subtree`; call it in the transaction of the change.

    Saving and deleting pages does so by itself (`search.signal_handlers`); this is for what sends no signals.
    """
    with transaction.atomic(savepoint=False):
        for portion in batched(page_ids, ROWS_AT_ONCE):
            OutboxEntry.objects.bulk_create(
                OutboxEntry(page_id=page_id, subtree=subtree) for page_id in portion
            )
        schedule_drain()


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield items in portions, so that of many only a few are in memory at once."""
    rest = iter(items)
    while portion := list(islice(rest, size)):
        yield portion


def ids_in_portions(pages: QuerySet[Any], size: int) -> Iterator[list[int]]:
    """Yield the ids of pages in their order, a query for each portion: none is open meanwhile."""
    last = 0
    while ids := list(pages.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        yield ids
        last = ids[-1]


def branch(page_id: int) -> Iterator[list[int]]:
    """Yield a page and all below it, in portions; of a page that is gone its number alone."""
    yield [page_id]
    path = Page.objects.filter(pk=page_id).values_list("path", flat=True).first()
    if path is not None:
        below = Page.objects.filter(path__startswith=path).exclude(pk=page_id)
        yield from ids_in_portions(below, ROWS_AT_ONCE)


class Drain:
    """Tells the worker when the transaction is committed; Django forgets it with a part rolled back."""

    def __call__(self) -> None:
        """Tell it."""
        send_drain()


def schedule_drain() -> None:
    """Have the worker told once the transaction is committed: once, however many pages changed in it."""
    connection = transaction.get_connection()
    waiting: Callable[[], Drain | None] = getattr(connection, "search_drain", lambda: None)
    if waiting() is None:
        drain = Drain()
        connection.search_drain = ref(drain)
        transaction.on_commit(drain, robust=True)


def send_drain() -> None:
    """Tell the worker. While the broker is away the rows wait for beat: no change is in danger."""
    broker.send(DRAIN_TASK)
