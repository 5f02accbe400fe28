"""The ways in to procedures: by sector, by level, from A to Z, and the newest changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from home.choosing import chosen, errors, mean_nothing, pairs
from home.paging import paged
from procedures import counts, listing
from procedures.alphabet import ORDER, letter_in_database, letter_of, letters, under
from procedures.choices import Level

if TYPE_CHECKING:
    from procedures.models import ProcedureIndexPage, ProcedurePage


FEW_OF = 50
"""Procedures of which the newest few are taken: to look at all for what may be seen takes long."""


@dataclass(frozen=True, slots=True)
class ShownLevel:
    """A level with what it is, and how many procedures are done there: in all, and there alone."""

    slug: str
    label: str
    what: str
    count: int
    alone: int


@dataclass(frozen=True, slots=True)
class Day:
    """The procedures that were published on a day; `is_new` of those that had not been here before."""

    day: date | None
    changes: tuple[tuple[ProcedurePage, bool], ...]


def sectors(page: ProcedureIndexPage) -> dict[str, Any]:
    """Return what `sectors.html` shows: every sector that has a procedure, by its letter."""
    visible = listing.procedures().child_of(page)
    found = sorted(counts.sectors(visible).values(*listing.ENTRY), key=_by_letter)
    by_letter = groupby(found, key=lambda sector: letter_of(sector["name"]))
    return {"groups": [(letter.upper(), list(group)) for letter, group in by_letter], "total": len(found)}


def _by_letter(entry: dict[str, Any]) -> tuple[int, str]:
    return (ORDER[letter_of(entry["name"])], listing.by_name(entry))


def levels(page: ProcedureIndexPage) -> dict[str, Any]:
    """Return what `levels.html` shows: each level, and the sets of levels that procedures are done at."""
    found = counts.by_level(listing.procedures().child_of(page))
    alone = {of[0]: count for of, count in found.by_set if len(of) == 1}
    return {
        "levels": [
            ShownLevel(slug, label, what_is(slug), count, alone.get(slug, 0))
            for slug, label, count in found.by_level
        ],
        "sets": [([str(Level(level).label) for level in of], count) for of, count in found.by_set],
        "counted": found,
        "no_level": counts.NO_LEVEL,
    }


def what_is(level: str) -> str:
    """Return a sentence that says what a level is, and when one meets it."""
    return {
        Level.MINISTRY: _("Ministries and the offices of the central government, for the whole country."),
        Level.PROVINCE: _(
            "The people's committee of the province and its departments. Dossiers are handed in at the "
            "public service centre of the province or at its branches."
        ),
        Level.DISTRICT: _(
            "Districts were abolished on 1 July 2025. Their work has gone to the communes or to the "
            "province; what is listed here is kept to be looked up."
        ),
        Level.COMMUNE: _(
            "The people's committee of the commune or ward where you live: the office nearest to you."
        ),
        Level.OTHER: _("Schools, banks, courts and other bodies that are no level of the administration."),
    }[Level(level)]


def a_to_z(request: HttpRequest, page: ProcedureIndexPage) -> dict[str, Any]:
    """Return what `a_to_z.html` shows: the procedures of one letter, without a choice of the first."""
    visible = listing.procedures().child_of(page)
    by_letter = visible.order_by().annotate(letter=letter_in_database()).values_list("letter")
    counted = dict(by_letter.annotate(count=Count("pk")))
    filters = chosen(request, {"letter": lambda value: value.upper() if counted.get(value.lower()) else ""})
    first = next((letter.value for letter in letters(counted)), "")
    current = filters["letter"].value.lower() if "letter" in filters else first
    wanted = visible.none() if mean_nothing(filters) else visible.filter(under(current))
    found = paged(listing.rows(wanted), request, pairs(filters))
    return {
        "filters": filters,
        "letters": letters(counted, current),
        "letter": current.upper(),
        "total": sum(counted.values()),
        "paged": found,
        "errors": errors(filters, found),
        "canonical_query": found.query,
    }


def newest(request: HttpRequest, page: ProcedureIndexPage) -> dict[str, Any]:
    """Return what `newest.html` shows: procedures by the day of their last publication."""
    found = paged(listing.shown_in_rows(last_published(listing.procedures().child_of(page))), request)
    by_day = groupby(found.items, key=_day_of)
    return {
        "days": [Day(day, tuple((change, is_new(change)) for change in group)) for day, group in by_day],
        "paged": found,
        "errors": errors({}, found),
        "canonical_query": found.query,
    }


def last_published(procedures: Any) -> Any:
    """Return procedures, those published last first, as their feed has them."""
    return procedures.order_by(F("last_published_at").desc(nulls_last=True), "-pk")


def newest_few(number: int) -> Any:
    """Return a few procedures of this province, those published last first; fewer where most are private."""
    from procedures.models import ProcedurePage  # which imports this module

    live = last_published(ProcedurePage.objects.filter(~listing.elsewhere(), live=True))[:FEW_OF].values("pk")
    return last_published(listing.procedures().filter(pk__in=live)).defer_streamfields()[:number]


def is_new(page: ProcedurePage) -> bool:
    """Tell whether a procedure has been published only once."""
    return page.first_published_at == page.last_published_at


def _day_of(page: ProcedurePage) -> date | None:
    return timezone.localdate(page.last_published_at) if page.last_published_at else None
