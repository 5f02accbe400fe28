"""What people say when they need a procedure: changed by an editor, and brought in from files of seeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from procedures.models import Phrasing, ProcedurePage
from procedures.phrasing_fields import MOST_CHARACTERS, Lines, clean
from search.documents import mark_changed

ACTION = "procedures.phrasings"
"""The name of a change in the log of a page."""
ONE_CHANGE = timedelta(minutes=10)
"""The editor saves by itself while a person writes: what one person changes in this time is one entry."""
ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Change:
    """The lines that came and went."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def after(self, earlier: Change) -> Change:
        """Return what two changes do together: a line that came and went again is none."""
        added = [line for line in earlier.added if line not in self.removed]
        removed = [line for line in earlier.removed if line not in self.added]
        added += [line for line in self.added if line not in earlier.removed]
        removed += [line for line in self.removed if line not in earlier.added]
        return Change(tuple(added), tuple(removed))


def lines_of(page: ProcedurePage) -> tuple[str, ...]:
    """Return the lines by which a procedure is found."""
    return tuple(page.phrasings.filter(enabled=True).values_list("text", flat=True))


@transaction.atomic
def change(page: ProcedurePage, lines: Lines, user: Any) -> Change:
    """Do to the lines of a procedure what was done to those that a person was shown; log it."""
    rows = Phrasing.objects.filter(procedure=page)
    in_use = set(rows.filter(enabled=True).values_list("text", flat=True))
    shown, wanted = set(lines.shown), set(lines.wanted)
    done = Change(
        added=tuple(line for line in lines.wanted if line not in shown | in_use),
        removed=tuple(line for line in lines.shown if line in in_use - wanted),
    )
    if done:
        _add(page, done.added, user)
        gone = rows.filter(text__in=done.removed)
        gone.filter(seeded=True).update(enabled=False, updated_by=user, updated_at=timezone.now())
        gone.filter(seeded=False).delete()
        mark_changed([page.pk])
        _note(page, done, user)
    return done


def _add(page: ProcedurePage, lines: Iterable[str], user: Any) -> None:
    """Write lines; one that was out of use is used again."""
    Phrasing.objects.bulk_create(
        [Phrasing(procedure=page, text=line, updated_by=user) for line in lines],
        update_conflicts=True,
        unique_fields=["procedure", "text"],
        update_fields=["enabled", "updated_at", "updated_by"],
    )


def _note(page: ProcedurePage, done: Change, user: Model) -> None:
    """Log a change of a person, together with what the same person did just before."""
    recent = PageLogEntry.objects.filter(
        page=page, action=ACTION, user=user, timestamp__gt=timezone.now() - ONE_CHANGE
    )
    entry = recent.order_by("-timestamp", "-pk").first()
    if entry is None:
        log(instance=page, action=ACTION, user=user, data=vars(done))
        return
    together = done.after(Change(tuple(entry.data["added"]), tuple(entry.data["removed"])))
    if together:
        entry.data = vars(together)
        entry.save()
    else:
        entry.delete()


@dataclass
class Seeded:
    """How the lines of a file ended: a line counts for each page of its code."""

    added: int = 0
    present: int = 0
    without_procedure: int = 0
    too_long: int = 0
    pages: set[int] = field(default_factory=set)


@transaction.atomic
def seed(lines: Iterable[tuple[str, str]]) -> Seeded:
    """Give procedures the lines of their codes. What an editor took out stays out, what is there stays."""
    result = Seeded()
    pages = defaultdict(list)
    for code, page_id in ProcedurePage.objects.order_by("pk").values_list("code", "pk"):
        pages[code].append(page_id)
    known = {
        (page_id, text.casefold()): None if seeded else pk
        for pk, page_id, text, seeded in Phrasing.objects.values_list("pk", "procedure_id", "text", "seeded")
    }
    new: list[Phrasing] = []
    shared: set[int] = set()
    for code, written in lines:
        text = clean(written)
        if len(text) > MOST_CHARACTERS:
            result.too_long += 1
            continue
        result.without_procedure += code not in pages
        for page_id in pages.get(code, ()):
            key = (page_id, text.casefold())
            if key in known:
                result.present += 1
                shared.update(filter(None, [known[key]]))
            else:
                known[key] = None
                new.append(Phrasing(procedure_id=page_id, text=text, seeded=True))
    Phrasing.objects.bulk_create(new, batch_size=ROWS_AT_ONCE)
    # An editor wrote these lines, too: taken out, they must not come back either.
    if shared:
        Phrasing.objects.filter(pk__in=shared).update(seeded=True)
    result.added = len(new)
    result.pages = {row.procedure_id for row in new}
    if result.pages:
        mark_changed(sorted(result.pages))
    return result
