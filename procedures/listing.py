"""The list of procedures: what the address asks for, paged; and what a row of any such list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Case, Q, QuerySet, SmallIntegerField, When
from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.choosing import Chosen, Lookup, chosen, errors, mean_nothing, pairs
from home.paging import paged
from home.text import fold
from procedures import counts
from procedures.choices import Level
from procedures.models.catalogue import Agency, LifeEvent, Sector
from procedures.querysets import ProcedurePageQuerySet

if TYPE_CHECKING:
    from procedures.models import ProcedureIndexPage

ENTRY = ("slug", "name", "count")
"""What is shown of a sector or an agency in a list to choose from."""


def by_name(entry: dict[str, Any]) -> str:
    """Sort as a reader looks: Đ beside D, Ủ beside U, whatever the database thinks of letters."""
    return fold(entry["name"])


def level_label(value: str) -> str:
    """Return how a person reads a level, "" where there is no such level."""
    if value == counts.NO_LEVEL:
        return _("Level not known")
    return str(Level(value).label) if value in Level.values else ""


def named(model: type[Sector] | type[Agency] | type[LifeEvent]) -> Lookup:
    """Look up the name of a row by its slug."""
    return lambda slug: model.objects.filter(slug=slug).values_list("name", flat=True).first() or ""


FILTERS: dict[str, Lookup] = {
    "sector": named(Sector),
    "level": level_label,
    "agency": named(Agency),
    "event": named(LifeEvent),
}
"""The filters of the list of procedures."""


def _narrowed(procedures: Any, filters: dict[str, Chosen]) -> Any:
    """Keep the procedures that the filters ask for; none at all if one of them means nothing."""
    if mean_nothing(filters):
        return procedures.none()
    values = pairs(filters)
    if sector := values.get("sector"):
        procedures = procedures.in_sector(sector)
    if level := values.get("level"):
        procedures = (
            procedures.filter(levels=None) if level == counts.NO_LEVEL else procedures.at_level(level)
        )
    if agency := values.get("agency"):
        procedures = procedures.of_agency(agency)
    if event := values.get("event"):
        procedures = procedures.filter(life_event_links__life_event__slug=event).distinct()
    return procedures


def elsewhere() -> Q:
    """Return which procedures are those of other provinces (`ProcedurePage.foreign`)."""
    ours = Q(local_to="")
    for name in settings.PROVINCE_NAMES:
        ours |= Q(local_to__contains=name)
    return ~ours


LONG_TEXTS = ("summary", "conditions", "receiving_address", "agencies_note", "keywords", "folded_name")
"""Texts of a procedure that no row shows; to sort thousands with them takes long."""


def rows(procedures: Any) -> QuerySet:
    """Return procedures from A to Z with what a row of a list shows: three queries for any number of them."""
    return shown_in_rows(procedures).order_by(
        Case(When(elsewhere(), then=1), default=0, output_field=SmallIntegerField()), "sort_key", "pk"
    )


def shown_in_rows(procedures: Any) -> QuerySet:
    """Return procedures with what a row of a list shows, in the order that they have."""
    return (
        procedures.defer_streamfields()
        .defer(*LONG_TEXTS)
        .select_related("issuer")
        .prefetch_related("levels", "sector_links__sector")
    )


def context(request: HttpRequest, page: ProcedureIndexPage) -> dict[str, Any]:
    """Return what `procedure_index_page.html` shows."""
    filters = chosen(request, FILTERS)
    visible = procedures().child_of(page)
    found = paged(rows(_narrowed(visible, filters)), request, pairs(filters))
    return {
        "filters": filters,
        "paged": found,
        "errors": errors(filters, found),
        "canonical_query": found.query,
        "levels": [(slug, level_label(slug)) for slug in (*Level.values, counts.NO_LEVEL)],
        "sectors": sorted(counts.sectors(visible).values(*ENTRY), key=by_name),
    }


def procedures() -> ProcedurePageQuerySet:
    """Return the procedures that the public may see now."""
    from procedures.models import ProcedurePage  # which imports this module

    return ProcedurePage.objects.visible()
