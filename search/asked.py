"""What is kept of people's searches: sums by day, of each query under its filters and of the pages opened.

No address, no cookie, no user, no time but the day; what looks like a person's number never comes here
(`search.noting`). Rows go after 90 days. Nobody can be told apart, so nobody's searches can be limited: who
asks the same thing a thousand times is counted a thousand times. Two bounds hold all the same: results are
never opened more often than their query was asked on that day, and a day has at most `MOST_A_DAY` queries.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from wagtail.models import Page

from search.models import AskedDay, OpenedDay
from search.opened import KEPT

LONGEST = 200
"""Characters that are kept of a query, and of its filters."""
MOST_A_DAY = 20_000
"""Different queries that a day may have: a program that asks nonsense fills no disk."""
LAST_RANK = 10_000


def kept_words(words: str) -> str:
    """Return a query as it is counted: small letters, single spaces, not too long."""
    return " ".join(words.lower().split())[:LONGEST].rstrip()


def kept_filters(filters: Iterable[tuple[str, str]]) -> str:
    """Return filters as they are counted: in one order, as an address has them, as many as there is room."""
    kept: list[tuple[str, str]] = []
    for chosen in sorted(set(filters)):
        if len(urlencode([*kept, chosen])) <= LONGEST:
            kept.append(chosen)
    return urlencode(kept)


def add_search(day: date, words: str, filters: str, total: int) -> None:
    """Count a search of a day, and what it found."""
    changes = {"searches": F("searches") + 1, "empty": F("empty") + int(total == 0), "results": total}
    key = {"day": day, "words": words, "filters": filters}
    with transaction.atomic():
        is_known = AskedDay.objects.filter(**key).update(**changes)
        if not is_known and AskedDay.objects.filter(day=day).count() < MOST_A_DAY:
            _add_new(AskedDay, key, changes)


def add_opened(day: date, words: str, filters: str, rank: int, page_id: int) -> None:
    """Count a page opened from the results; not more often than that search was counted on that day."""
    asked = AskedDay.objects.filter(day=day, words=words, filters=filters, opened__lt=F("searches"))
    if not (1 <= rank <= LAST_RANK and Page.objects.filter(pk=page_id).exists()):
        return
    with transaction.atomic():
        if asked.update(opened=F("opened") + 1, ranks=F("ranks") + rank):
            key, changes = {"day": day, "page_id": page_id}, {"opened": F("opened") + 1}
            if not OpenedDay.objects.filter(**key).update(**changes):
                _add_new(OpenedDay, key, changes)


def _add_new(model: type[Model], key: dict[str, Any], changes: dict[str, Any]) -> None:
    """Make a row and count in it; if another worker makes it at the same time, both count in the same."""
    rows = model._default_manager
    rows.bulk_create([model(**key)], ignore_conflicts=True)
    rows.filter(**key).update(**changes)


def forget_old() -> None:
    """Delete the days that are kept no longer."""
    for model in (AskedDay, OpenedDay):
        model._default_manager.filter(day__lte=timezone.localdate() - KEPT).delete()
