"""Writes documents: the truth about some pages, read from the database, under a version that only grows."""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import Error as DatabaseFailure
from elasticsearch import ApiError, Elasticsearch, helpers
from wagtail.models import Page

from search import documents, names
from search.documents import SearchDocument
from search.index import stored
from search.models import IndexBatch
from search.outbox import ids_in_portions
from search.understanding.counting import Builder

logger = logging.getLogger(__name__)
Item = TypeVar("Item")

CHUNK = 250
"""Pages whose documents are made together: few queries for each, and not too much text in memory at once."""
MEGABYTE = 1024 * 1024
BACKOFF = 2.0
"""Seconds until a server that is too busy is tried again; twice as long each time."""
LONGEST_REASON = 1000
"""Characters of a reason that are kept: Elasticsearch quotes the text that it refuses."""
_REFUSED, _GONE, _CONFLICT, _TOO_LARGE = 400, 404, 409, 413
_CLOSED = "index_closed_exception"  # 400 as well, and no fault of a document


class TargetLost(Exception):
    """An index that was there at the start of a batch is gone: the batch has to be done again."""


class ServerUnfit(Exception):
    """Elasticsearch answers but takes no documents now: too busy, or its disk is full."""


class Made(NamedTuple):
    """A document, and how it is stored."""

    document: SearchDocument
    source: dict[str, Any]


@dataclass
class Outcome:
    """What became of the writes: how many pages have a document, which were refused, and the words."""

    indexed: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    words: Builder = field(default_factory=Builder)


def next_version() -> int:
    """Return a number greater than any before, on whatever machine: the version of a batch of writes."""
    return IndexBatch.objects.create().pk


def targets(client: Elasticsearch) -> list[str]:
    """Return the aliases to write to: the index in use and, during a rebuild, the one being built."""
    wanted = [names.alias(), names.building_alias()]
    return [alias for alias in wanted if client.indices.exists_alias(name=alias)]


def visible_ids() -> Iterator[list[int]]:
    """Yield the ids of all pages that the public may see, in portions."""
    for source in documents.sources.values():
        yield from ids_in_portions(source.visible(), CHUNK)


def read_truth(ids: Collection[int]) -> Iterator[SearchDocument]:
    """Yield the documents of those of these pages that the public may see, whatever their types."""
    used = Page.objects.filter(pk__in=ids).order_by().values_list("content_type", flat=True).distinct()
    types = {ContentType.objects.get_for_id(pk).model_class() for pk in used}
    for source in documents.sources.values():
        if source.model in types:
            yield from source.documents(ids)


def make(ids: Sequence[int], refused: dict[int, str]) -> list[Made]:
    """Make the documents of those of these pages that the public may see.

    A page that our own code cannot make a document of must not stop the others: halves are tried until it is
    alone, then it goes to `refused` with the reason. A database that does not answer is no page's fault.
    """
    try:
        return [Made(document, stored(document)) for document in read_truth(ids)]
    except DatabaseFailure:
        raise
    except Exception as error:
        if len(ids) > 1:
            return [made for half in _halves(ids) for made in make(half, refused)]
        logger.exception("No document can be made of page %s", ids[0])
        _refuse(refused, ids[0], f"{type(error).__name__}: {error}")
        return []


def write(
    client: Elasticsearch, ids: Sequence[int], version: int, aliases: Sequence[str], outcome: Outcome
) -> None:
    """Make the index say of these pages what the database says: a document, or nothing.

    Writes of a lower version are ignored by Elasticsearch, so an older answer never replaces a newer one.
    """
    unmade: dict[int, str] = {}
    made = make(ids, unmade)
    outcome.indexed += len(made) + len(unmade)
    outcome.refused |= unmade
    for document, _source in made:
        outcome.words.add(document)
    _send(client, list(_actions(ids, made, unmade, version, aliases)), outcome)


def _actions(
    ids: Sequence[int], made: list[Made], unmade: Collection[int], version: int, aliases: Sequence[str]
) -> Iterator[dict[str, Any]]:
    for document, source in made:
        for alias in aliases:
            yield _action(alias, document.id, version) | {"_op_type": "index", "_source": source}
    seen = {document.id for document, _source in made}.union(unmade)
    for page_id in dict.fromkeys(ids):
        if page_id not in seen:
            for alias in aliases:
                yield _action(alias, page_id, version) | {"_op_type": "delete"}


def _action(alias: str, page_id: int, version: int) -> dict[str, Any]:
    return {"_index": alias, "_id": str(page_id), "version": version, "version_type": "external"}


def _send(client: Elasticsearch, actions: list[dict[str, Any]], outcome: Outcome) -> None:
    """Send some writes. If all are turned down for the sake of one, halves are sent until that is alone."""
    answers = helpers.streaming_bulk(
        client,
        actions,
        chunk_size=max(len(actions), 1),
        max_chunk_bytes=10 * MEGABYTE,
        max_retries=3,
        initial_backoff=BACKOFF,
        raise_on_error=False,
        require_alias=True,
    )
    try:
        for ok, answer in answers:
            if not ok:
                _judge(next(iter(answer.values())), outcome)
    except ApiError as error:
        if error.status_code not in (_REFUSED, _TOO_LARGE):
            raise
        if len(actions) == 1:
            _refuse(outcome.refused, int(actions[0]["_id"]), f"{error.status_code}: {error}")
        else:
            for half in _halves(actions):
                _send(client, list(half), outcome)


def _judge(item: dict[str, Any], outcome: Outcome) -> None:
    """Tell a refused document from one that is newer already, and both from a server that is not fit."""
    status, error = item["status"], item.get("error")
    if status == _CONFLICT or (status == _GONE and not error):
        return  # a newer write was first; a page without document had none
    kind = error.get("type") if isinstance(error, dict) else None
    reason = f"{kind}: {error.get('reason')}" if isinstance(error, dict) else str(error)
    if status == _GONE:
        raise TargetLost(reason)
    if status == _REFUSED and kind != _CLOSED:
        _refuse(outcome.refused, int(item["_id"]), reason)
    else:
        raise ServerUnfit(reason)


def _refuse(refused: dict[int, str], page_id: int, reason: str) -> None:
    """Note why a page has no document; reasons quote texts, and PostgreSQL takes not all that Python does."""
    sound = reason.replace("\0", " ").encode(errors="replace").decode()
    refused[page_id] = sound[:LONGEST_REASON]


def _halves(items: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Item]]:
    middle = len(items) // 2
    return items[:middle], items[middle:]
