"""Compares the index with the database, page by page, and finds every difference in constant memory."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import reset_queries
from elasticsearch import Elasticsearch, helpers

from search import documents, indexing, names
from search.models import IndexBatch, OutboxEntry
from search.outbox import batched

PAUSE = 2
"""Seconds before differences are looked at again: a page that changed just now is on its way to the index."""
SCAN_SIZE = 1000


def _numbers() -> array[int]:
    """Return a list of numbers that takes eight bytes for each: all pages may differ."""
    return array("q")


@dataclass
class Drift:
    """The pages whose document is not what the database says."""

    pages: int = 0
    missing: array[int] = field(default_factory=_numbers)
    stale: array[int] = field(default_factory=_numbers)
    ghosts: array[int] = field(default_factory=_numbers)  # in the index, but the public may not see them
    from_the_future: int = 0  # documents of a version that this database has not given out yet

    @property
    def ids(self) -> array[int]:
        """All pages that differ."""
        return self.missing + self.stale + self.ghosts

    def __bool__(self) -> bool:
        return bool(self.ids or self.from_the_future)


def compare(client: Elasticsearch, name: str = "") -> Drift:
    """Return all differences; those that are gone after a moment were changes on their way.

    `name`: of another index than the one in use.
    """
    name = name or names.alias()
    client.indices.refresh(index=name)
    drift = Drift()
    for ids in indexing.visible_ids():
        _compare_pages(client, name, ids, drift)
        reset_queries()  # which Django keeps, where it is debugged
    for ids in _indexed_ids(client, name, drift):
        seen = documents.visible_among(ids)
        drift.ghosts.extend(page_id for page_id in ids if page_id not in seen)
    return look_again(client, drift, name) if drift.ids else drift


def look_again(client: Elasticsearch, before: Drift, name: str = "", *, on_the_way: bool = False) -> Drift:
    """Return those differences that are still there; of those that are on their way only if asked for."""
    name = name or names.alias()
    time.sleep(PAUSE)
    waiting = (
        set() if on_the_way else _waiting(before)
    )  # before the index is read: then they may be in it, and gone from the outbox
    client.indices.refresh(index=name)
    drift = Drift()
    for ids in batched(before.ids, indexing.CHUNK):
        _compare_pages(client, name, ids, drift)
    waiting |= set() if on_the_way else _waiting(drift)
    for kind in ("missing", "stale", "ghosts"):
        setattr(drift, kind, array("q", (page for page in getattr(drift, kind) if page not in waiting)))
    drift.pages, drift.from_the_future = before.pages, before.from_the_future
    return drift


def _waiting(drift: Drift) -> set[int]:
    """Return those of some pages with a change that the worker has not brought in yet."""
    new = OutboxEntry.objects.filter(attempts=0)
    if new.filter(subtree=True).exists():
        return set(drift.ids)
    found: set[int] = set()
    for ids in batched(drift.ids, indexing.CHUNK):
        found.update(new.filter(page_id__in=ids).values_list("page_id", flat=True))
    return found


def _compare_pages(client: Elasticsearch, name: str, ids: list[int], drift: Drift) -> None:
    """Compare the documents that some pages should have with those that they have."""
    found = _hashes(client, name, ids)
    unmade: dict[int, str] = {}
    wanted = {document.id: source["hash"] for document, source in indexing.make(ids, unmade)}
    for page_id, wanted_hash in (wanted | dict.fromkeys(unmade)).items():
        drift.pages += 1
        if page_id not in found:
            drift.missing.append(page_id)
        elif found[page_id] != wanted_hash:
            drift.stale.append(page_id)
    # Hidden, or visible but on no site, so that nothing leads to it.
    drift.ghosts.extend(page_id for page_id in found if page_id not in wanted and page_id not in unmade)


def _hashes(client: Elasticsearch, name: str, ids: list[int]) -> dict[int, str]:
    """Return the hash of each of these documents that the index has."""
    answer = client.search(
        index=name,
        query={"ids": {"values": [str(page_id) for page_id in ids]}},
        docvalue_fields=[{"field": "hash"}],
        source=False,
        size=len(ids),
    )
    return {int(hit["_id"]): hit["fields"]["hash"][0] for hit in answer["hits"]["hits"]}


def _indexed_ids(client: Elasticsearch, name: str, drift: Drift) -> Iterator[list[int]]:
    """Yield the ids of all documents of the index, in portions, and count those with versions to come."""
    newest = (
        IndexBatch.objects.order_by("-pk").values_list("pk", flat=True).first() or indexing.next_version()
    )
    portion: list[int] = []
    everything: dict[str, Any] = {"query": {"match_all": {}}, "_source": False, "version": True}
    for hit in helpers.scan(client, index=name, query=everything, size=SCAN_SIZE, preserve_order=False):
        portion.append(int(hit["_id"]))
        drift.from_the_future += hit["_version"] > newest
        if len(portion) == indexing.CHUNK:
            yield portion
            portion = []
    yield portion
