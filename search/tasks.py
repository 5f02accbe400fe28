"""Work of the worker for the search."""

from celery import shared_task

from search import draining
from search.outbox import DRAIN_TASK


@shared_task(name=DRAIN_TASK)
def drain_outbox() -> None:
    """Bring what changed into the index: sent after each commit, and by beat every minute."""
    draining.drain()
