"""The lists of procedures and decisions: what the address asks for, paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from procedures.models import DecisionIndexPage, DecisionPage, ProcedureIndexPage


def context(request: HttpRequest, page: ProcedureIndexPage) -> dict[str, Any]:
    """Return what `procedure_index_page.html` shows."""
    return {}


def decisions(request: HttpRequest, page: DecisionIndexPage) -> dict[str, Any]:
    """Return what `decision_index_page.html` shows."""
    return {}


def procedures_of_decision(request: HttpRequest, page: DecisionPage) -> dict[str, Any]:
    """Return the procedures that name a decision, paged."""
    return {}
