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
    """An agency in a role; one that is no more says how it ended and who does its work now."""

    agency: Agency
    how: str = ""
    heir: str = ""

    @property
    def name(self) -> str:
        return self.agency.name

    @property
    def ended(self) -> str:
        """Return how and when it ended and which one does its work now; "" while it lives."""
        now = _("now %(agency)s") % {"agency": self.heir} if self.heir else ""
        return ", ".join(filter(None, [self.how, now]))


@dataclass(frozen=True, slots=True)
class RoleLines:
    """The agencies of one role."""

    role: str
    label: str
    lines: tuple[AgencyLine, ...]


def line(agency: Agency) -> AgencyLine:
    """Return an agency with what became of it."""
    if not (agency.ended_on or agency.successor_id):
        return AgencyLine(agency)
    how = str(AgencyEnd(agency.end_reason).label) if agency.end_reason else _("No more")
    when = (
        _("on %(date)s") % {"date": date_format(agency.ended_on, "SHORT_DATE_FORMAT")}
        if agency.ended_on
        else ""
    )
    heir = agency.successor
    for _step in range(GENERATIONS - 1):
        heir = heir.successor if heir and heir.successor_id else heir
    return AgencyLine(agency, f"{how} {when}".strip(), heir.name if heir else "")


def by_role(links: Iterable[tuple[str, Agency]]) -> tuple[RoleLines, ...]:
    """Return the agencies of each role, roles in the order of the law."""
    found: dict[str, list[AgencyLine]] = {}
    for role, agency in links:
        found.setdefault(role, []).append(line(agency))
    return tuple(
        RoleLines(role, str(label), tuple(found[role])) for role, label in AgencyRole.choices if role in found
    )
