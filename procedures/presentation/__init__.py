"""A procedure as its page shows it: every part out of its stored form, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db.models import Q
from wagtail.documents import get_document_model

from home.text import fold
from procedures.choices import AgencyRole, OnlineService, Part, Status
from procedures.models.catalogue import Audience, AuthorityLevel, LifeEvent, Sector
from procedures.presentation.agencies import WITH_SUCCESSORS, AgencyLine, RoleLines, by_role, line
from procedures.presentation.bring import Bring, bring
from procedures.presentation.cases import Situation, situations
from procedures.presentation.channels import (
    ChannelRow,
    LimitGroup,
    Tariff,
    channel_rows,
    kinds,
    limit_groups,
    tariffs,
)
from procedures.presentation.dossier import DossierCase, Form, dossier_cases, file_keys, forms
from procedures.presentation.facts import Answer, how_long, how_much, where
from procedures.presentation.raw import blocks
from procedures.presentation.steps import StepGroup, step_groups
from procedures.presentation.timeline import Event, timeline
from procedures.presentation.versions import Version, version

if TYPE_CHECKING:
    from procedures.models import DecisionPage, LegalBasis, ProcedurePage

ENDED = frozenset({Status.REPLACED, Status.REPEALED})


@dataclass(frozen=True)
class ShownProcedure:
    """All that the template of a procedure shows beside the page's own fields."""

    page: ProcedurePage
    levels: tuple[AuthorityLevel, ...]
    audiences: tuple[Audience, ...]
    sectors: tuple[Sector, ...]
    life_events: tuple[LifeEvent, ...]
    issuer: AgencyLine | None
    roles: tuple[RoleLines, ...]
    legal_bases: tuple[LegalBasis, ...]
    decision: DecisionPage | None
    steps: tuple[StepGroup, ...]
    channels: tuple[ChannelRow, ...]
    dossier: tuple[DossierCase, ...]
    results: tuple[dict[str, Any], ...]

    @property
    def none(self) -> dict[str, bool]:
        """Return the parts that are answered "none"."""
        return dict.fromkeys(self.page.answered_none, True)

    @cached_property
    def tariffs(self) -> tuple[Tariff, ...]:
        return tariffs(self.channels)

    @cached_property
    def limits(self) -> tuple[LimitGroup, ...]:
        return limit_groups(self.channels)

    @property
    def more_results(self) -> int:
        """Return how many results there are beside the first."""
        return len(self.results) - 1

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        return tuple(forms(self.dossier))

    @cached_property
    def how_long(self) -> Answer:
        return how_long(self.channels)

    @cached_property
    def how_much(self) -> Answer:
        return how_much(self.channels, Part.FEES in self.page.answered_none)

    @cached_property
    def receivers(self) -> tuple[AgencyLine, ...]:
        """Return who takes the dossier."""
        found = {role.role: role.lines for role in self.roles}
        return found.get(AgencyRole.RECEIVING) or found.get(AgencyRole.IMPLEMENTING) or ()

    @property
    def receiving_address(self) -> str:
        """Return where dossiers are received, unless it says no more than who receives them."""
        address = self.page.receiving_address
        return "" if fold(address) in {fold(line.name) for line in self.receivers} else address

    @cached_property
    def where(self) -> Answer:
        return where(self.receivers, self.page.receiving_address)

    @cached_property
    def bring(self) -> Bring:
        return bring(self.dossier)

    @cached_property
    def situations(self) -> tuple[Situation, ...]:
        """Return the cases to choose from."""
        return situations(self.dossier, (row.case for row in self.channels))

    @cached_property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """Return the channels to choose from: values of addresses and labels."""
        return kinds(self.page.channels)

    @property
    def choosable(self) -> bool:
        """Tell whether there is anything to choose."""
        return bool(self.situations) or len(self.kinds) > 1

    @cached_property
    def version(self) -> Version:
        return version(self)

    @cached_property
    def timeline(self) -> tuple[Event, ...]:
        return timeline(self.page, self.decision)

    @property
    def ended(self) -> bool:
        """Tell whether nobody can use this procedure any more."""
        return self.page.status in ENDED

    @property
    def apply_url(self) -> str:
        """Return where to hand in a dossier online; nowhere for a procedure that has ended."""
        return "" if self.ended or self.page.foreign else self.page.online_url

    @property
    def apply_host(self) -> str:
        """Return the site that takes the dossier, so that people know where they go."""
        return urlsplit(self.apply_url).hostname or ""

    @property
    def online(self) -> str:
        """Return what can be done online, "" where it is not stated."""
        return str(OnlineService(self.page.online_service).label) if self.page.online_service else ""


def present(page: ProcedurePage) -> ShownProcedure:
    """Read all that a procedure refers to, each kind of thing in one query, and its parts."""
    agencies = [
        (link.role, link.agency) for link in page.agency_links.select_related(f"agency__{WITH_SUCCESSORS}")
    ]
    files = get_document_model().objects.in_bulk(file_keys(page.dossier))
    return ShownProcedure(
        page=page,
        levels=tuple(page.levels.all()),
        audiences=tuple(page.audiences.all()),
        sectors=tuple(link.sector for link in page.sector_links.select_related("sector")),
        life_events=tuple(link.life_event for link in page.life_event_links.select_related("life_event")),
        issuer=line(page.issuer) if page.issuer else None,
        roles=by_role(agencies),
        legal_bases=tuple(page.legal_bases.select_related("document")),
        decision=decision_of(page),
        steps=step_groups(page.steps),
        channels=channel_rows(page.channels),
        dossier=dossier_cases(page.dossier, files),
        results=tuple(blocks(page.results)),
    )


def decision_of(page: ProcedurePage) -> DecisionPage | None:
    """Return the decision that a procedure names, where the portal has it and the public may see it.

    Two provinces give the same number: an issuer that differs is another decision.
    """
    from procedures.models import DecisionPage  # which imports this package

    if not page.decision_key:
        return None
    same_issuer = Q(issuer=page.issuer_id) | Q(issuer=None) if page.issuer_id else Q()
    named = DecisionPage.objects.visible().filter(same_issuer, number_key=page.decision_key)
    return named.newest().defer_streamfields().first()
