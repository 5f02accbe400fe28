"""What the home page shows of procedures and decisions."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from procedures import counts
from procedures.choices import LifeEventKind
from procedures.models import DecisionIndexPage, DecisionPage, ProcedureIndexPage, ProcedurePage

register = template.Library()

SECTORS_ON_HOME = 12


@register.inclusion_tag("procedures/tags/ways_in.html", takes_context=True)
def ways_in(context: Context) -> dict[str, Any]:
    """Show levels and the largest sectors, with the number of procedures in each."""
    visible = ProcedurePage.objects.visible()
    sectors = list(counts.sectors(visible).order_by("-count", "name").values("slug", "name", "count"))
    return {
        "request": context.get("request"),
        "list_page": ProcedureIndexPage.objects.visible().first(),
        "levels": counts.by_level(visible),
        "no_level": counts.NO_LEVEL,
        "sectors": sectors[:SECTORS_ON_HOME],
        "sectors_total": len(sectors),
    }


@register.inclusion_tag("procedures/tags/life_events.html", takes_context=True)
def life_events(context: Context) -> dict[str, Any]:
    """Show what happens in a life or a business, and lead to the procedures that it brings."""
    found = list(counts.life_events(ProcedurePage.objects.visible()))
    groups = [
        (kind, label, [event for event in found if event.kind == kind])
        for kind, label in LifeEventKind.choices
    ]
    return {
        "request": context.get("request"),
        "list_page": ProcedureIndexPage.objects.visible().first() if found else None,
        "groups": [group for group in groups if group[2]],
    }


@register.inclusion_tag("procedures/tags/latest_decisions.html", takes_context=True)
def latest_decisions(context: Context, number: int = 5) -> dict[str, Any]:
    """Show the newest decisions."""
    decisions = DecisionPage.objects.visible().newest().defer_streamfields().select_related("issuer")
    return {
        "request": context.get("request"),
        "list_page": DecisionIndexPage.objects.visible().first(),
        "decisions": decisions[:number],
    }
