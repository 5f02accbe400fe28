"""Rebuilds the index beside the one in use, switches in one step, and keeps the one before to go back to."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from elasticsearch import Elasticsearch

from search import documents, indexing, lexicons, names, verification
from search.index import definition
from search.models import OutboxEntry, Rebuild
from search.outbox import ROWS_AT_ONCE, batched

Progress = Callable[[int, int], None]
FEW_REFUSED, MOST_REFUSED = 10, 0.01
"""More refused documents than both are no matter of some pages: then the new index is not taken."""


class RebuildError(Exception):
    """Why a rebuild did not happen or was not taken, in a sentence for the person who asked for it."""


@dataclass(frozen=True)
class Built:
    """A finished rebuild."""

    index: str
    documents: int
    refused: dict[int, str]


def rebuild(client: Elasticsearch, progress: Progress) -> Built:
    """Build a new index from the database, take it into use, and return what is in it.

    Changes made meanwhile reach both indexes, through the outbox. Whatever goes wrong before the switch,
    the index in use is as it was and the new one is deleted.
    """
    run = _claim(names.new_index())
    try:
        _delete_leftovers(client)
        waiting = list(OutboxEntry.objects.values_list("pk", flat=True))
        noted = lexicons.newest_word()
        _create(client, run.index)
        outcome = _fill(client, run, progress)
        if _too_many(outcome):
            first = next(iter(outcome.refused.values()))
            how_many = f"{len(outcome.refused)} of {outcome.indexed} documents were refused"
            raise RebuildError(f"{how_many}, the first with: {first}")
        lexicons.store(outcome.words.result(), noted)
        _take_into_use(client, run.index)
    except BaseException:
        try:
            _discard(client, run.index)
        finally:
            _end(run, Rebuild.State.FAILED)
        raise
    OutboxEntry.objects.bulk_create(
        OutboxEntry(page_id=pk, attempts=1, error=reason, retry_at=timezone.now() + timedelta(hours=1))
        for pk, reason in outcome.refused.items()
    )
    # What waited when we began is in the new index: it was committed before we read the first page.
    for portion in batched(waiting, ROWS_AT_ONCE):
        OutboxEntry.objects.filter(pk__in=portion).delete()
    _end(run, Rebuild.State.DONE)
    prune(client)
    return Built(run.index, outcome.indexed - len(outcome.refused), outcome.refused)


def _too_many(outcome: indexing.Outcome) -> bool:
    """Tell whether so much was refused that the fault is not with some pages."""
    refused = len(outcome.refused)
    few = refused <= FEW_REFUSED and refused < outcome.indexed
    return not few and refused > MOST_REFUSED * outcome.indexed


def _discard(client: Elasticsearch, index: str) -> None:
    """Delete an index that was not taken. A switch may be done though its answer was lost: then it stays."""
    if names.behind(client, names.alias()) != index:
        client.indices.delete(index=index, ignore_unavailable=True)


def running() -> Rebuild | None:
    """Return the rebuild that is alive, if there is one."""
    run = Rebuild.objects.filter(state=Rebuild.State.RUNNING).first()
    return run if run and _alive(run) else None


def _alive(run: Rebuild) -> bool:
    """Tell whether a rebuild lives: on this machine by its process, elsewhere by its heartbeat."""
    if run.host == socket.gethostname() and not Path(f"/proc/{run.pid}").exists():
        return False
    patience = timedelta(seconds=60 + 2 * settings.SEARCH_WRITE_TIMEOUT)
    return timezone.now() - run.heartbeat_at < patience


def _claim(index: str) -> Rebuild:
    """Become the one rebuild that runs; a dead one before us is written off."""
    if other := running():
        raise RebuildError(
            f"Another rebuild is running on {other.host}, process {other.pid}: "
            f"{other.documents} documents so far."
        )
    Rebuild.objects.filter(state=Rebuild.State.RUNNING).update(state=Rebuild.State.FAILED)
    try:
        with transaction.atomic():
            return Rebuild.objects.create(index=index, host=socket.gethostname(), pid=os.getpid())
    except IntegrityError as error:
        raise RebuildError("Another rebuild has started at this moment.") from error


def _end(run: Rebuild, state: str) -> None:
    Rebuild.objects.filter(pk=run.pk).update(state=state, heartbeat_at=timezone.now())


def _create(client: Elasticsearch, index: str) -> None:
    """Create an index that is quick to fill, under the alias by which the outbox finds it."""
    building = names.building_alias()
    # A late deletion with a version would otherwise create an index where an alias has to be.
    client.indices.put_index_template(
        name=f"{names.alias()}-only-aliases",
        index_patterns=[names.alias(), building],
        allow_auto_create=False,
        priority=500,
    )
    body = definition()
    body["settings"] |= {"refresh_interval": "-1", "number_of_replicas": 0}
    client.indices.create(index=index, aliases={building: {}}, **body)


def _fill(client: Elasticsearch, run: Rebuild, progress: Progress) -> indexing.Outcome:
    outcome = indexing.Outcome()
    total = sum(source.visible().count() for source in documents.sources.values())
    for ids in indexing.visible_ids():
        indexing.write(client, ids, indexing.next_version(), [names.building_alias()], outcome)
        run.documents, run.refused, run.heartbeat_at = outcome.indexed, len(outcome.refused), timezone.now()
        run.save(update_fields=["documents", "refused", "heartbeat_at"])
        progress(outcome.indexed, total)
    return outcome


def _take_into_use(client: Elasticsearch, index: str) -> None:
    """Make the new index the one that everyone asks, in one step."""
    client.indices.put_settings(
        index=index, settings={"refresh_interval": None, "number_of_replicas": settings.SEARCH_REPLICAS}
    )
    client.indices.refresh(index=index)
    switch(client, index)


def switch(client: Elasticsearch, index: str) -> None:
    """Move the alias to an index; an index that took the name of the alias by mistake goes."""
    alias = names.alias()
    actions: list[dict[str, dict[str, str]]] = [{"add": {"index": index, "alias": alias}}]
    if old := names.behind(client, alias):
        if old != index:
            actions.append({"remove": {"index": old, "alias": alias}})
    elif client.indices.exists(index=alias):
        actions.append({"remove_index": {"index": alias}})
    if names.behind(client, names.building_alias()) == index:
        actions.append({"remove": {"index": index, "alias": names.building_alias()}})
    client.indices.update_aliases(actions=actions)


def previous(client: Elasticsearch) -> str | None:
    """Return the index that `rollback` goes to: the newest that is neither in use nor being built."""
    busy = {names.behind(client, names.alias()), names.behind(client, names.building_alias())}
    return next((index for index in names.indexes(client) if index not in busy), None)


def rollback(client: Elasticsearch) -> str:
    """Bring the index before up to date, take it into use again, and return its name.

    It is written to as one that is being built, so what changes meanwhile reaches it, too.
    """
    index = previous(client)
    if index is None:
        raise RebuildError("There is no index before this one to go back to.")
    run = _claim(index)
    building = {"index": index, "alias": names.building_alias()}
    try:
        client.indices.update_aliases(actions=[{"add": building}])
        drift = verification.compare(client, names.building_alias())
        for ids in batched(drift.ids, indexing.CHUNK):
            aliases, outcome = [names.building_alias()], indexing.Outcome()
            indexing.write(client, ids, indexing.next_version(), aliases, outcome)
        client.indices.refresh(index=index)
        switch(client, index)
    except BaseException:
        client.indices.update_aliases(actions=[{"remove": building | {"must_exist": False}}])
        _end(run, Rebuild.State.FAILED)
        raise
    _end(run, Rebuild.State.DONE)
    return index


def prune(client: Elasticsearch) -> list[str]:
    """Delete what a dead rebuild left and all but the index in use and the one before; return their names."""
    gone = [] if running() else _delete_leftovers(client)
    kept = {
        names.behind(client, names.alias()),
        names.behind(client, names.building_alias()),
        previous(client),
    }
    for index in names.indexes(client):
        if index not in kept:
            client.indices.delete(index=index)
            gone.append(index)
    return gone


def _delete_leftovers(client: Elasticsearch) -> list[str]:
    """Delete the index of a rebuild that died."""
    leftover = names.behind(client, names.building_alias())
    if leftover is None or leftover == names.behind(client, names.alias()):
        return []
    client.indices.delete(index=leftover)
    return [leftover]
