"""What the home page shows of procedures and decisions."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from procedures import counts, journeys, listing, ways
from procedures.models import DecisionIndexPage, DecisionPage, ProcedureIndexPage

register = template.Library()

SECTORS_ON_HOME = 12


@register.inclusion_tag("procedures/tags/ways_in.html", takes_context=True)
def ways_in(context: Context) -> dict[str, Any]:
    """Show levels and the largest sectors, with the number of procedures in each: two counts."""
    visible = listing.procedures()
    sectors = list(counts.sectors(visible).order_by("-count", "name").values(*listing.ENTRY))
    return _below_the_list(context) | {
        "levels": counts.by_level(visible),
        "no_level": counts.NO_LEVEL,
        "sectors": sectors[:SECTORS_ON_HOME],
        "sectors_total": len(sectors),
    }


@register.inclusion_tag("procedures/tags/life_events.html", takes_context=True)
def life_events(context: Context) -> dict[str, Any]:
    """Show what happens in a life or a business, and lead to the steps that it takes."""
    return _below_the_list(context) | {"groups": journeys.groups()}


@register.inclusion_tag("procedures/tags/newest_procedures.html", takes_context=True)
def newest_procedures(context: Context, number: int = 5) -> dict[str, Any]:
    """Show the procedures that were published last, and whether each is new or has changed."""
    changes = [(page, ways.is_new(page)) for page in ways.newest_few(number)]
    return _below_the_list(context) | {"changes": changes}


@register.inclusion_tag("procedures/tags/latest_decisions.html", takes_context=True)
def latest_decisions(context: Context, number: int = 5) -> dict[str, Any]:
    """Show the newest decisions."""
    decisions = DecisionPage.objects.visible().newest().defer_streamfields().select_related("issuer")
    return {
        "request": context.get("request"),
        "list_page": DecisionIndexPage.objects.visible().first(),
        "decisions": decisions[:number],
    }


def _below_the_list(context: Context) -> dict[str, Any]:
    """Return the list of procedures, whose address all these begin with."""
    return {"request": context.get("request"), "list_page": ProcedureIndexPage.objects.visible().first()}
