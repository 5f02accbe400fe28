"""Agencies: the list to choose from, and the page of one: where, when, and what it does."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.choosing import chosen, errors, pairs
from home.paging import paged
from home.text import fold
from procedures import decision_lists, listing
from procedures.alphabet import letter_of, letters
from procedures.choices import Level
from procedures.models.catalogue import Agency
from procedures.models.merged import MergedAgency, living
from procedures.presentation.agencies import WITH_SUCCESSORS, line

if TYPE_CHECKING:
    from procedures.models import ProcedureIndexPage

MANY = 120
"""Agencies from which on the list has a page for each letter."""
_NUMBER = re.compile(r"\+?\(?\d[\d\s().-]{4,}\d")


def phones(text: str) -> list[str]:
    """Return the numbers in a text, as they are printed: "(0255) 3000 201, 1900 6789"."""
    return [number.group().strip() for number in _NUMBER.finditer(text)]


def listed(request: HttpRequest, page: ProcedureIndexPage) -> dict[str, Any]:
    """Return what `agencies.html` shows: by level where levels are known, by letter where there are many."""
    all_of_them = every(page)
    by_letter = Counter(letter_of(agency["name"]) for agency in all_of_them)
    known = {letter.value: letter.label for letter in letters(by_letter)}
    filters = chosen(request, {"letter": lambda value: known.get(value.lower(), ""), "ten": str})
    asked = pairs(filters)
    is_long = len(all_of_them) > MANY
    letter = "" if "ten" in asked else asked.get("letter", next(iter(known), "") if is_long else "").lower()
    found = [agency for agency in all_of_them if not letter or letter_of(agency["name"]) == letter]
    if words := fold(asked.get("ten", "")):
        found = [agency for agency in all_of_them if words in _folded(agency)]
    return {
        "filters": filters,
        "errors": errors(filters),
        "canonical_query": urlencode(asked),
        "total": len(all_of_them),
        "found": len(found),
        "letters": letters(by_letter, letter) if is_long else [],
        "groups": [(label, list(group)) for label, group in groupby(found, key=_heading)],
    }


def every(page: ProcedureIndexPage) -> list[dict[str, Any]]:
    """Return the agencies that have a procedure or say where they are, by level and name: one query."""
    seen = listing.procedures().child_of(page).order_by().values("pk")
    number = Count("procedure_links__procedure", Q(procedure_links__procedure__in=seen), distinct=True)
    columns = (*listing.ENTRY, "short_name", "level", "address", "ended_on", "successor")
    rows = Agency.objects.order_by().annotate(count=number).values(*columns)
    shown = [row for row in rows if row["count"] or row["address"]]  # to filter by it would count twice
    return sorted(shown, key=lambda row: (_is_over(row), _level_place(row), listing.by_name(row)))


def _folded(agency: dict[str, Any]) -> str:
    return fold(f"{agency['name']} {agency['short_name']}")


def _is_over(agency: dict[str, Any]) -> bool:
    return bool(agency["ended_on"] or agency["successor"])


def _level_place(agency: dict[str, Any]) -> int:
    return Level.values.index(agency["level"]) if agency["level"] else len(Level.values)


def _heading(agency: dict[str, Any]) -> str:
    """Return what an agency stands under: its level, those that are no more under that; "" if not known."""
    if _is_over(agency):
        return _("Agencies that are no more")
    return listing.level_label(agency["level"]) if agency["level"] else ""


def shown(request: HttpRequest, page: ProcedureIndexPage, agency: Agency) -> dict[str, Any]:
    """Return what `agency.html` shows."""
    procedures = listing.procedures().child_of(page).of_agency(agency.slug)
    found = paged(listing.rows(procedures), request)
    return {
        "agency": agency,
        "line": line(agency),
        "phones": phones(agency.phone),
        "parts": list(agency.parts.filter(successor=None, ended_on=None)),
        "predecessors": [line(other) for other in agency.predecessors.select_related(WITH_SUCCESSORS)],
        "decisions": decision_lists.issued_by(agency, request),
        "paged": found,
        "errors": errors({}, found),
        "canonical_query": found.query,
    }


def find(slug: str) -> Agency:
    """Return the agency of an address, with what its page names; raise Http404 without one."""
    agency: Agency = living(
        Agency.objects.select_related("level", "parent", WITH_SUCCESSORS), MergedAgency, slug
    )
    return agency
