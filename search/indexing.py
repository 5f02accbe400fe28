"""Writes documents: the truth about some pages, read from the database, under a version that only grows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from elasticsearch import Elasticsearch, helpers
from wagtail.models import Page

from search import documents, names
from search.documents import SearchDocument
from search.index import stored
from search.models import IndexBatch
from search.understanding.counting import Builder

CHUNK = 250
"""Pages whose documents are made together: few queries for each, and not too much text in memory at once."""
MEGABYTE = 1024 * 1024
_REFUSED, _GONE, _CONFLICT = 400, 404, 409


class TargetLost(Exception):
    """An index that was there at the start of a batch is gone: the batch has to be done again."""


class ServerUnfit(Exception):
    """Elasticsearch answers but takes no documents now: too busy, or its disk is full."""


@dataclass
class Outcome:
    """What became of the writes: how many pages have their document, which were refused, and their words."""

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


def read_truth(ids: Collection[int]) -> Iterator[SearchDocument]:
    """Yield the documents of those of these pages that the public may see, whatever their types."""
    used = Page.objects.filter(pk__in=ids).order_by().values_list("content_type", flat=True).distinct()
    types = {ContentType.objects.get_for_id(pk).model_class() for pk in used}
    for source in documents.sources.values():
        if source.model in types:
            yield from source.documents(ids)


def write(
    client: Elasticsearch, ids: Sequence[int], version: int, aliases: Sequence[str], outcome: Outcome
) -> None:
    """Make the index say of these pages what the database says: a document, or nothing.

    Writes of a lower version are ignored by Elasticsearch, so an older answer never replaces a newer one.
    """
    answers = helpers.streaming_bulk(
        client,
        _actions(ids, version, aliases, outcome),
        chunk_size=len(ids) * len(aliases),
        max_chunk_bytes=10 * MEGABYTE,
        max_retries=3,
        raise_on_error=False,
        require_alias=True,
    )
    for ok, answer in answers:
        if not ok:
            _judge(next(iter(answer.values())), outcome)


def _actions(
    ids: Sequence[int], version: int, aliases: Sequence[str], outcome: Outcome
) -> Iterator[dict[str, Any]]:
    absent = dict.fromkeys(ids)
    for document in read_truth(ids):
        absent.pop(document.id)
        outcome.indexed += 1
        outcome.words.add(document)
        source = stored(document)
        for alias in aliases:
            yield _action(alias, document.id, version) | {"_op_type": "index", "_source": source}
    for page_id in absent:
        for alias in aliases:
            yield _action(alias, page_id, version) | {"_op_type": "delete"}


def _action(alias: str, page_id: int, version: int) -> dict[str, Any]:
    return {"_index": alias, "_id": str(page_id), "version": version, "version_type": "external"}


def _judge(item: dict[str, Any], outcome: Outcome) -> None:
    """Tell a refused document from one that is newer already, and both from a server that is not fit."""
    status, error = item["status"], item.get("error")
    if status == _CONFLICT or (status == _GONE and not error):
        return  # a newer write was first; a page without document had none
    reason = f"{error.get('type')}: {error.get('reason')}" if isinstance(error, dict) else str(error)
    if status == _REFUSED:
        outcome.refused[int(item["_id"])] = reason
    elif status == _GONE:
        raise TargetLost(reason)
    else:
        raise ServerUnfit(reason)
