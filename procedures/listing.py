"""The lists of procedures and decisions: what the address asks for, paged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Case, Count, Q, QuerySet, SmallIntegerField, When
from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.paging import Paged, paged, parameter
from home.text import fold
from procedures import counts
from procedures.choices import Level, Purpose
from procedures.models.catalogue import Agency, LifeEvent, Sector
from procedures.presentation.agencies import WITH_SUCCESSORS, line
from procedures.querysets import ProcedurePageQuerySet

if TYPE_CHECKING:
    from procedures.models import DecisionIndexPage, DecisionPage, ProcedureIndexPage


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that the address asks for: its value, how a person reads it, and what is wrong with it."""

    name: str
    value: str
    label: str = ""
    error: str = ""
    without: str = ""
    """The query of the same list without this filter."""


ENTRY = ("slug", "name", "count")
"""What is shown of a sector or an agency in a list to choose from."""


def _by_name(entry: dict[str, Any]) -> str:
    """Sort as a reader looks: Đ beside D, Ủ beside U, whatever the database thinks of letters."""
    return fold(entry["name"])


Lookup = Callable[[str], str]
"""Returns the label of a value, "" where there is no such value."""


def _level(value: str) -> str:
    if value == counts.NO_LEVEL:
        return _("Level not known")
    return str(Level(value).label) if value in Level.values else ""


def _named(model: type[Sector] | type[Agency] | type[LifeEvent]) -> Lookup:
    return lambda slug: model.objects.filter(slug=slug).values_list("name", flat=True).first() or ""


FILTERS: dict[str, Lookup] = {
    "sector": _named(Sector),
    "level": _level,
    "agency": _named(Agency),
    "event": _named(LifeEvent),
}
"""The filters of the list of procedures."""


def chosen(request: HttpRequest, lookups: dict[str, Lookup]) -> dict[str, Chosen]:
    """Return the filters that the address asks for; one that means nothing carries a sentence."""
    found = {}
    for name, lookup in lookups.items():
        if value := parameter(request, name):
            label = lookup(value)
            error = "" if label else _("There is no such choice: “%(value)s”.") % {"value": value}
            found[name] = Chosen(name, value, label, error)
    pairs = {name: choice.value for name, choice in found.items()}
    return {name: replace(choice, without=_query_without(pairs, name)) for name, choice in found.items()}


def _query_without(pairs: dict[str, str], name: str) -> str:
    query = urlencode({key: value for key, value in pairs.items() if key != name})
    return f"?{query}" if query else ""


def _narrowed(procedures: Any, filters: dict[str, Chosen]) -> Any:
    """Keep the procedures that the filters ask for; none at all if one of them means nothing."""
    if any(choice.error for choice in filters.values()):
        return procedures.none()
    values = {name: choice.value for name, choice in filters.items()}
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


def rows(procedures: Any) -> QuerySet:
    """Return procedures with what a row of a list shows: three queries for any number of them."""
    return (
        procedures.defer_streamfields()
        .select_related("issuer")
        .prefetch_related("levels", "sector_links__sector")
        .order_by(
            Case(When(elsewhere(), then=1), default=0, output_field=SmallIntegerField()), "sort_key", "pk"
        )
    )


def _pairs(filters: dict[str, Chosen]) -> dict[str, str]:
    return {name: choice.value for name, choice in filters.items()}


def _errors(filters: dict[str, Chosen], page: Paged) -> list[tuple[str, str]]:
    """Return every sentence about the address, with the field that it belongs to."""
    found = [(choice.name, choice.error) for choice in filters.values() if choice.error]
    return found or ([("page", page.error)] if page.error else [])


def context(request: HttpRequest, page: ProcedureIndexPage) -> dict[str, Any]:
    """Return what `procedure_index_page.html` shows."""
    filters = chosen(request, FILTERS)
    visible = _procedures().child_of(page)
    found = paged(rows(_narrowed(visible, filters)), request, _pairs(filters))
    return {
        "filters": filters,
        "paged": found,
        "errors": _errors(filters, found),
        "canonical_query": found.query,
        "levels": [(slug, _level(slug)) for slug in (*Level.values, counts.NO_LEVEL)],
        "sectors": sorted(counts.sectors(visible).values(*ENTRY), key=_by_name),
    }


def catalogue(request: HttpRequest, page: ProcedureIndexPage, kind: str) -> dict[str, Any]:
    """Return what `procedure_catalogue.html` shows: every sector or every agency that has a procedure."""
    visible = _procedures().child_of(page)
    if kind == "sector":
        return {"kind": kind, "entries": sorted(counts.sectors(visible).values(*ENTRY), key=_by_name)}
    agencies = counts.agencies(visible).order_by("level__order").values(*ENTRY, "level")
    groups = groupby(agencies, key=lambda agency: _level(agency["level"] or counts.NO_LEVEL))
    return {"kind": kind, "groups": [(label, sorted(found, key=_by_name)) for label, found in groups]}


def decisions(request: HttpRequest, page: DecisionIndexPage) -> dict[str, Any]:
    """Return what `decision_index_page.html` shows."""
    from procedures.models import DecisionPage

    visible = DecisionPage.objects.child_of(page).visible()
    signed = (
        visible.order_by()
        .values("date_signed__year")
        .annotate(count=Count("pk"))
        .order_by("-date_signed__year")
    )
    years = {str(year["date_signed__year"]): year["count"] for year in signed if year["date_signed__year"]}
    issuers = Agency.objects.filter(decisions__in=visible.order_by().values("pk"))
    filters = chosen(
        request, {"year": lambda value: value if value in years else "", "issuer": _named(Agency)}
    )
    wanted = visible.newest().defer_streamfields().select_related("issuer")
    if any(choice.error for choice in filters.values()):
        wanted = wanted.none()
    if "year" in filters and not filters["year"].error:
        wanted = wanted.filter(date_signed__year=int(filters["year"].value))
    if "issuer" in filters:
        wanted = wanted.filter(issuer__slug=filters["issuer"].value)
    found = paged(wanted, request, _pairs(filters))
    return {
        "filters": filters,
        "paged": found,
        "errors": _errors(filters, found),
        "canonical_query": found.query,
        "years": [{"slug": year, "name": year, "count": count} for year, count in years.items()],
        "issuers": issuers.annotate(count=Count("decisions")).values(*ENTRY),
    }


def procedures_of_decision(request: HttpRequest, page: DecisionPage) -> dict[str, Any]:
    """Return the procedures that name a decision, paged.

    Two provinces give the same number: a procedure that another agency has published names another decision.
    """
    named = _procedures().filter(decision_key=page.number_key) if page.number_key else _procedures().none()
    if page.issuer_id:
        named = named.filter(Q(issuer=page.issuer_id) | Q(issuer=None))
    found = paged(rows(named), request)
    issuer = Agency.objects.select_related(WITH_SUCCESSORS).filter(pk=page.issuer_id).first()
    return {
        "paged": found,
        "errors": _errors({}, found),
        "canonical_query": found.query,
        "issuer": line(issuer) if issuer else None,
        "purposes": [Purpose(value).label for value in page.purposes if value in Purpose.values],
    }


def _procedures() -> ProcedurePageQuerySet:
    from procedures.models import ProcedurePage  # which imports this module

    return ProcedurePage.objects.visible()
