"""Agencies as texts name them: one that is no more says what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procedures.choices import AgencyEnd, AgencyRole
from procedures.models.catalogue import Agency

GENERATIONS = 3
"""Steps from an agency to its successor's successor that are followed."""
WITH_SUCCESSORS = "__".join(["successor"] * GENERATIONS)
"""For `select_related`: so that naming a successor asks for nothing more."""


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency in a role."""

    agency: Agency
    ended: str

    @property
    def name(self) -> str:
        return self.agency.name


@dataclass(frozen=True, slots=True)
class RoleLines:
    """The agencies of one role."""

    role: str
    label: str
    lines: tuple[AgencyLine, ...]


def line(agency: Agency) -> AgencyLine:
    """Return an agency with what became of it."""
    return AgencyLine(agency, ended(agency))


def ended(agency: Agency) -> str:
    """Return how and when an agency ended and which one does its work now; "" while it lives."""
    if not (agency.ended_on or agency.successor_id):
        return ""
    how = str(AgencyEnd(agency.end_reason).label) if agency.end_reason else _("No more")
    when = (
        _("on %(date)s") % {"date": date_format(agency.ended_on, "SHORT_DATE_FORMAT")}
        if agency.ended_on
        else ""
    )
    heir = agency.successor
    for _step in range(GENERATIONS - 1):
        heir = heir.successor if heir and heir.successor_id else heir
    now = _("now %(agency)s") % {"agency": heir.name} if heir else ""
    return ", ".join(filter(None, [f"{how} {when}".strip(), now]))


def by_role(links: Iterable[tuple[str, Agency]]) -> tuple[RoleLines, ...]:
    """Return the agencies of each role, roles in the order of the law."""
    found: dict[str, list[AgencyLine]] = {}
    for role, agency in links:
        found.setdefault(role, []).append(line(agency))
    return tuple(
        RoleLines(role, str(label), tuple(found[role])) for role, label in AgencyRole.choices if role in found
    )
