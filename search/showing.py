"""Looks at each result once more before it is shown: the index may be a moment behind the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from search import documents
from search.models import OutboxEntry
from search.outbox import branch

MOST_WITHHELD = 5000
"""Pages that are named in a search as not to be counted. With more of them totals are behind for a while."""


def hidden(found: Iterable[Mapping[str, Any]]) -> set[int]:
    """Return the ids of those of some documents of the index whose pages are not visible now.

    One query for each type of page among them. An id below 0 is of no page: tests and benchmarks have such.
    """
    types = {document["id"]: document["type"] for document in found if document["id"] >= 0}
    return set(types) - documents.visible_among(types, set(types.values()))


def withheld() -> list[int]:
    """Return the ids of pages with a change on its way to the index that are not visible now.

    Elasticsearch is told not to count them, while a worker is away that would take them out. Nearly always
    the outbox is empty, and one small query says so.
    """
    rows = OutboxEntry.objects.order_by().values_list("page_id", "subtree").distinct()[: MOST_WITHHELD + 1]
    changed = {page for page, _subtree in rows}
    for top in [page for page, subtree in rows if subtree]:
        for ids in branch(top):
            changed.update(ids)
            if len(changed) > MOST_WITHHELD:
                return []
    if not changed or len(changed) > MOST_WITHHELD:
        return []
    return sorted(changed - documents.visible_among(changed))
