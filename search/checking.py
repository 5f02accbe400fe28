"""Checks the index: compares it with the database, brings in what differs, remembers what was found."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from elasticsearch import Elasticsearch

from search import draining, names, verification
from search.models import IndexCheck
from search.models.checking import LONGEST
from search.outbox import ROWS_AT_ONCE, batched, mark_changed

logger = logging.getLogger(__name__)

KEPT = timedelta(days=90)
EXAMPLES = 20
"""Pages of each kind of drift whose numbers are stored."""


class NoIndex(Exception):
    """There is nothing to compare with the database."""


@dataclass(frozen=True)
class Checked:
    """A check that is over: what is stored of it, and all that differed at first."""

    record: IndexCheck
    drift: verification.Drift


def check(client: Elasticsearch, *, repair: bool) -> Checked:
    """Compare index and database; with `repair`, bring in what differs and look again.

    What comes of it is stored, an error as well. Documents of versions that this database has not given out
    are not repaired: that takes a rebuild.
    """
    IndexCheck.objects.filter(started_at__lt=timezone.now() - KEPT).delete()
    record = IndexCheck.objects.create()
    try:
        if names.behind(client, names.alias()) is None:
            raise NoIndex("There is no index yet: run `manage.py search_index rebuild`.")
        drift = verification.compare(client)
        _note(record, drift)
        if repair and drift.ids and not drift.from_the_future:
            record.repaired = len(drift.ids) - len(_repair(client, drift).ids)
        record.finish()
    except BaseException as error:
        record.finish(error=f"{type(error).__name__}: {error}"[:1000])
        raise
    return Checked(record, drift)


def check_nightly(client: Elasticsearch) -> None:
    """Check and repair, unless another check is at it; drift is an error in the log: somebody is to know."""
    if IndexCheck.objects.filter(finished_at=None, started_at__gt=timezone.now() - LONGEST).exists():
        logger.warning("Another check of the index is running.")
        return
    record = check(client, repair=True).record
    if record.differences:
        logger.error(
            "%s of %s pages differed in the index, %s of them do still: %s",
            record.differences,
            record.pages,
            record.left,
            record.examples,
        )


def _repair(client: Elasticsearch, drift: verification.Drift) -> verification.Drift:
    """Bring in the pages that differ; return those that differ still."""
    for portion in batched(drift.ids, ROWS_AT_ONCE):
        mark_changed(portion)
    draining.drain()
    return verification.look_again(client, drift, on_the_way=True)


def _note(record: IndexCheck, drift: verification.Drift) -> None:
    kinds: dict[str, Iterable[int]] = {
        "missing": drift.missing,
        "stale": drift.stale,
        "ghosts": drift.ghosts,
    }
    record.pages, record.from_the_future = drift.pages, drift.from_the_future
    record.missing, record.stale, record.ghosts = len(drift.missing), len(drift.stale), len(drift.ghosts)
    record.examples = {kind: list(ids)[:EXAMPLES] for kind, ids in kinds.items() if ids}
