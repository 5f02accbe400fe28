"""Looks at each result once more before it is shown: the index may be a moment behind the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.models import Page

from search import documents
from search.models import OutboxEntry

MOST_WITHHELD = 5000
"""Pages that are named in a search as not to be counted. With more of them totals are behind for a while."""


def hidden(found: Iterable[Mapping[str, Any]]) -> set[int]:
    """Return the ids of those of some documents of the index whose pages are not visible now.

    One query for each type of page among them. An id below 0 is of no page: tests and benchmarks have such.
    """
    by_type: defaultdict[str, set[int]] = defaultdict(set)
    for document in found:
        if document["id"] >= 0:
            by_type[document["type"]].add(document["id"])
    absent: set[int] = set()
    for kind, ids in by_type.items():
        seen = documents.sources[kind].visible().filter(pk__in=ids).order_by()
        absent |= ids - set(seen.values_list("pk", flat=True))
    return absent


def withheld() -> list[int]:
    """Return the ids of pages with a change on its way to the index that are not visible now.

    Elasticsearch is told not to count them, while a worker is away that would take them out. Nearly always
    the outbox is empty, and one small query says so.
    """
    rows = OutboxEntry.objects.order_by().values_list("page_id", "subtree").distinct()[: MOST_WITHHELD + 1]
    changed = {page for page, _subtree in rows}
    tops = [page for page, subtree in rows if subtree]
    for path in Page.objects.filter(pk__in=tops).values_list("path", flat=True):
        below = Page.objects.filter(path__startswith=path).order_by().values_list("pk", flat=True)
        changed.update(below[: MOST_WITHHELD + 1])
    if len(changed) > MOST_WITHHELD:
        return []
    for source in documents.sources.values() if changed else ():
        changed -= set(source.visible().filter(pk__in=changed).order_by().values_list("pk", flat=True))
    return sorted(changed)
