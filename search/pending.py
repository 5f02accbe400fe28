"""What the index does not know yet: pages among the results that the public may not see any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from search import documents
from search.models import OutboxEntry


def hidden(found: Iterable[Mapping[str, Any]]) -> set[int]:
    """Return the ids of those of some documents of the index whose pages are not visible.

    Only pages with a change in the outbox are looked at: one small query says that there is none.
    """
    types = {int(document["id"]): str(document["type"]) for document in found}
    waiting = OutboxEntry.objects.filter(Q(page_id__in=types) | Q(subtree=True))
    rows = list(waiting.values_list("page_id", "subtree").distinct())
    changed = set(types) if any(subtree for _page, subtree in rows) else {page for page, _subtree in rows}
    by_type: defaultdict[str, set[int]] = defaultdict(set)
    for page_id in changed & set(types):
        by_type[types[page_id]].add(page_id)
    seen = {
        page_id
        for kind, ids in by_type.items()
        for page_id in documents.sources[kind].visible().filter(pk__in=ids).values_list("pk", flat=True)
    }
    return (changed & set(types)) - seen
