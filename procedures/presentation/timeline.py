"""What is known today of a procedure's life: the days of its decision, of its source and of this page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from procedures.models import DecisionPage, ProcedurePage


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or will, on a day."""

    day: date
    what: str


def timeline(page: ProcedurePage, decision: DecisionPage | None) -> tuple[Event, ...]:
    """Return the days that are known, the first one first."""
    first, last = _day(page.first_published_at), _day(page.last_published_at)
    found = [(page.source_retrieved_on, _("Read from the source")), (first, _("Published on this portal"))]
    if last != first:
        found.append((last, _("Last changed on this portal")))
    if decision:
        signed = (decision.date_signed, _("Decision signed"))
        found = [signed, (decision.date_in_force, _in_force(decision)), *found]
    return tuple(sorted((Event(day, what) for day, what in found if day), key=lambda event: event.day))


def _in_force(decision: DecisionPage) -> str:
    day = decision.date_in_force
    ahead = day is not None and day > timezone.localdate()
    return _("Decision comes into force") if ahead else _("Decision came into force")


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
