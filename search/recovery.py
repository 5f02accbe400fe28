"""Builds the index again when Elasticsearch has none, without a person: it was restarted empty, or is new."""

import logging
from datetime import timedelta

from celery import Celery, current_app
from django.utils import timezone
from elasticsearch import ApiError, TransportError

from search import indexing, names, rebuilding
from search.broker import MESSAGE_SECONDS
from search.client import writer
from search.models import Rebuild
from search.outbox import send_drain

logger = logging.getLogger(__name__)

REBUILD_TASK = "search.tasks.rebuild_index"
REST = timedelta(minutes=5)
"""How long no rebuild is begun after one that failed: what it failed of is seldom gone at once."""


def ask_for_index(app: Celery = current_app) -> None:
    """Have a worker build the index, unless that is being done or has just failed."""
    if not _at_rest():
        logger.warning("There is no index: a worker builds it from the database.")
        app.send_task(REBUILD_TASK, expires=MESSAGE_SECONDS, retry=False)


def build_missing_index() -> None:
    """Build the index if there is still none; what is against it goes to the log, and is tried again later.

    Many may have asked for it. Only an answer that there is no index counts: a server without a master
    answers 503, which is an error.
    """
    try:
        client = writer()
        if names.alias() in indexing.targets(client) or _at_rest():
            return
        built = rebuilding.rebuild(client, lambda done, total: None)
    except (rebuilding.RebuildError, indexing.ServerUnfit, indexing.TargetLost) as error:
        logger.error("The index was not built: %s", error)
    except (ApiError, TransportError) as error:
        logger.error("The index was not built, Elasticsearch does not take it: %s", error)
    else:
        logger.warning("The index is built: %s documents, %s refused.", built.documents, len(built.refused))
        send_drain()  # what changed meanwhile


def _at_rest() -> bool:
    """Tell whether a rebuild is running, or failed, or was killed, a moment ago."""
    last = Rebuild.objects.first()
    if last is None or last.state == Rebuild.State.DONE:
        return False
    return timezone.now() - last.heartbeat_at < REST
