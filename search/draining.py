"""Brings the rows of the outbox into the index: in any order, by any number of workers, however often.

Why that is safe. A batch first fetches committed rows, then takes a version (a row of `IndexBatch`: the
database hands out growing numbers, across all machines), then reads the truth about the pages, then writes it
under that version. Elasticsearch ignores a write whose version is lower than what it has. Say a change X of a
page is fetched by batch K. If K's write is ignored, a batch M > K wrote before it; M took its version after K
did, which was after X was committed, and read the truth after that: M's document contains X, too. So when the
row of X goes, the index has X or something newer. A deletion leaves its version behind for `gc_deletes` (an
hour), longer than any batch takes.

An index being built gets each write as well. It is found by its alias BEFORE the truth is read: an index that
appears later reads the truth itself, later. An alias that is gone when the write arrives (the rebuild has
switched, or failed) makes the batch run again.

The one thing that breaks this is a database that goes back in time: after restoring a backup its numbers are
lower than those in the index. `search_index check` says so, and a rebuild starts afresh.
"""

import logging
import math
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError

from search import indexing, lexicons, names
from search.client import writer
from search.models import IndexBatch, OutboxEntry
from search.outbox import branch

logger = logging.getLogger(__name__)

ROWS = 500
"""Rows of a batch: what is lost, and done again, when a worker is killed."""
FIRST_SECONDS = 3.0
"""How long a drain waits for the first answer."""
TRIES = 3
FIRST_RETRY, LAST_RETRY = timedelta(minutes=2), timedelta(days=1)
"""How soon a refused document is tried again: twice as long each time. A new edit is tried at once."""
SPREADING = timedelta(minutes=1)
"""How long the worker that spreads a branch has for it, before another one tries."""
KEEP_BATCHES = timedelta(days=1)


class NoIndex(Exception):
    """Nothing has been built yet, so there is nothing to write to."""


def say_no_index() -> None:
    """Tell a person what is to be done; the worker does it by itself (`search.recovery`)."""
    logger.warning("There is no index, changes wait: run `manage.py search_index rebuild`.")


def drain(seconds: float = math.inf, no_index: Callable[[], None] = say_no_index) -> int | None:
    """Bring all that waits into the index; return how many pages were written or removed.

    When Elasticsearch takes no changes (None), or has no index, the rows stay and the next call goes on with
    them. So it is when `seconds` are over: no batch is begun after that.
    """
    done: int | None = 0
    until = time.monotonic() + seconds
    try:
        # One that hangs must not hold the worker: all else waits behind, what is due to be published as well.
        _targets(writer().options(request_timeout=FIRST_SECONDS))
        while time.monotonic() < until and (rows := _next_rows()):
            done = (done or 0) + _bring(rows)
    except NoIndex:
        no_index()
    except (ApiError, TransportError, indexing.ServerUnfit, indexing.TargetLost) as error:
        logger.warning("Elasticsearch takes no changes now, they wait in the outbox: %s", error)
        done = None
    IndexBatch.objects.filter(created_at__lt=timezone.now() - KEEP_BATCHES).delete()
    return done


def _next_rows() -> list[OutboxEntry]:
    """Return the rows to do next, with all others of the same pages: those are done with them."""
    _spread_branches()
    rows = OutboxEntry.objects.filter(subtree=False)
    first = list(rows.filter(_due())[:ROWS])
    pages = {row.page_id for row in first}
    return first + list(rows.filter(page_id__in=pages).exclude(pk__in=[row.pk for row in first]))


def _due() -> Q:
    return Q(retry_at=None) | Q(retry_at__lte=timezone.now())


def _spread_branches() -> None:
    """Turn each row that stands for a branch into one for each of its pages.

    However large the branch, and however often a worker is killed in it, what is done is done. It goes by
    portions: on SQLite an editor who saves waits for each transaction.
    """
    branches = OutboxEntry.objects.filter(subtree=True)
    for row in branches.filter(_due()):
        # Others leave it alone meanwhile. Were it spread twice, its pages would only be written twice.
        if not branches.filter(_due(), pk=row.pk).update(retry_at=timezone.now() + SPREADING):
            continue
        for ids in branch(row.page_id):
            OutboxEntry.objects.bulk_create(OutboxEntry(page_id=page_id) for page_id in ids)
        branches.filter(pk=row.pk).delete()


def _targets(client: Elasticsearch) -> list[str]:
    """Return the aliases to write to; no index is a matter of its own."""
    aliases = indexing.targets(client)
    if names.alias() not in aliases:
        raise NoIndex
    return aliases


def _bring(rows: list[OutboxEntry]) -> int:
    """Write the pages of these rows, then let the rows go; refused documents keep one, with the reason."""
    for attempt in range(1, TRIES + 1):
        try:
            ids, refused = _write(rows)
            break
        except indexing.TargetLost:
            if attempt == TRIES:
                raise
    with transaction.atomic():
        OutboxEntry.objects.filter(pk__in=[row.pk for row in rows]).delete()
        OutboxEntry.objects.bulk_create(_refusals(rows, refused))
    return len(ids) - len(refused)


def _write(rows: list[OutboxEntry]) -> tuple[list[int], dict[int, str]]:
    """Write what the database says of these pages; the order of the steps is what the module explains."""
    version = indexing.next_version()
    client = writer()
    aliases = _targets(client)
    ids = list(dict.fromkeys(row.page_id for row in rows))
    outcome = indexing.Outcome()
    for start in range(0, len(ids), indexing.CHUNK):
        indexing.write(client, ids[start : start + indexing.CHUNK], version, aliases, outcome)
    lexicons.learn(outcome.words.words)
    return ids, outcome.refused


def _refusals(rows: list[OutboxEntry], refused: dict[int, str]) -> list[OutboxEntry]:
    """Return a row for each refused document, with how often that was and when to try again."""
    before: dict[int, int] = {}
    for row in rows:
        before[row.page_id] = max(row.attempts, before.get(row.page_id, 0))
    entries = []
    for page_id, reason in refused.items():
        logger.error("The document of page %s is refused: %s", page_id, reason)
        attempts = before.get(page_id, 0) + 1
        delay = min(FIRST_RETRY * 2 ** min(attempts - 1, 20), LAST_RETRY)
        entries.append(
            OutboxEntry(page_id=page_id, attempts=attempts, error=reason, retry_at=timezone.now() + delay)
        )
    return entries
