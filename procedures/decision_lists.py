"""The list of decisions, by year and issuer, and what the page of one shows beside its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from home.choosing import chosen, errors, mean_nothing, pairs
from home.paging import paged
from procedures import listing
from procedures.choices import Purpose
from procedures.models.catalogue import Agency
from procedures.presentation.agencies import WITH_SUCCESSORS, line

if TYPE_CHECKING:
    from procedures.models import DecisionIndexPage, DecisionPage


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in the life of a decision; `ahead` where it is still to come."""

    label: str
    day: date
    ahead: bool


def context(request: HttpRequest, page: DecisionIndexPage) -> dict[str, Any]:
    """Return what `decision_index_page.html` shows."""
    from procedures.models import DecisionPage  # which imports this module

    visible = DecisionPage.objects.child_of(page).visible()
    years = _years(visible)
    filters = chosen(
        request, {"year": lambda value: value if value in years else "", "issuer": listing.named(Agency)}
    )
    asked = pairs(filters)
    wanted = visible.newest().defer_streamfields().select_related("issuer")
    if mean_nothing(filters):
        wanted = wanted.none()
    elif "year" in asked:
        wanted = wanted.filter(date_signed__year=int(asked["year"]))
    if "issuer" in asked:
        wanted = wanted.filter(issuer__slug=asked["issuer"])
    found = paged(wanted, request, asked)
    issuers = Agency.objects.filter(decisions__in=visible.order_by().values("pk"))
    return {
        "filters": filters,
        "paged": found,
        "errors": errors(filters, found),
        "canonical_query": found.query,
        "years": [{"slug": year, "name": year, "count": count} for year, count in years.items()],
        "issuers": issuers.annotate(count=Count("decisions")).values(*listing.ENTRY),
    }


def _years(decisions: Any) -> dict[str, int]:
    """Return the years in which decisions were signed, the last first, with their number."""
    signed = decisions.order_by().values("date_signed__year").annotate(count=Count("pk"))
    found = signed.order_by("-date_signed__year").values_list("date_signed__year", "count")
    return {str(year): count for year, count in found if year}


def issued_by(agency: Agency, request: HttpRequest) -> dict[str, Any] | None:
    """Return how many decisions of an agency the public may see, and where; None without any."""
    from procedures.models import DecisionIndexPage, DecisionPage

    number = DecisionPage.objects.visible().filter(issuer=agency).count()
    found = DecisionIndexPage.objects.visible().first() if number else None
    return {"count": number, "url": found.get_url(request)} if found else None


def beside(request: HttpRequest, page: DecisionPage) -> dict[str, Any]:
    """Return what `decision_page.html` shows beside the fields: issuer, days, procedures that name it.

    Two provinces give the same number: a procedure that another agency has published names another decision.
    """
    visible = listing.procedures()
    named = visible.filter(decision_key=page.number_key) if page.number_key else visible.none()
    if page.issuer_id:
        named = named.filter(Q(issuer=page.issuer_id) | Q(issuer=None))
    found = paged(listing.rows(named), request)
    issuer = Agency.objects.select_related(WITH_SUCCESSORS).filter(pk=page.issuer_id).first()
    return {
        "paged": found,
        "errors": errors({}, found),
        "canonical_query": found.query,
        "issuer": line(issuer) if issuer else None,
        "purposes": [Purpose(value).label for value in page.purposes if value in Purpose.values],
        "moments": moments(page),
    }


def moments(page: DecisionPage) -> list[Moment]:
    """Return the days of a decision that are known, in their order."""
    today = timezone.localdate()
    days = [(_("Signed"), page.date_signed)]
    if page.date_in_force:
        ahead = page.date_in_force > today
        days.append((_("Comes into force") if ahead else _("In force"), page.date_in_force))
    known = [Moment(label, day, day > today) for label, day in days if day]
    return sorted(known, key=lambda moment: moment.day)
