"""Procedures and decisions in the words of schema.org, and in a few words for those who share them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.sharing import Shared, shared, title_below
from home.structured import Data, province, structured_data
from procedures.choices import AgencyRole, Anywhere
from procedures.models import Agency, DecisionPage, LifeEvent, ProcedureIndexPage, ProcedurePage
from procedures.presentation import ShownProcedure
from procedures.presentation.agencies import AgencyLine

SHORT = 160
"""Characters of a description."""
FEW = 3
"""Agencies, audiences and the like that are named: the page has all of them, machines need no list."""


def register() -> None:
    """Say what the pages of this app are."""
    structured_data.register(ProcedurePage, service)
    structured_data.register(DecisionPage, legislation)
    shared.register(ProcedurePage, procedure_shared)
    shared.register(DecisionPage, decision_shared)
    title_below.register(ProcedureIndexPage, way_in)


def procedure_shared(page: ProcedurePage) -> Shared:
    """Return what a procedure says of itself where it is shared."""
    with override(settings.LANGUAGE_CODE):
        label = _("Administrative procedure %(code)s") % {"code": page.full_code}
    return Shared(label, "article")


def decision_shared(page: DecisionPage) -> Shared:
    """Return what a decision says of itself where it is shared."""
    with override(settings.LANGUAGE_CODE):
        label = _("Decision %(number)s") % {"number": page.number}
    return Shared(label, "article")


def way_in(page: ProcedureIndexPage, below: str) -> str:
    """Return what a way in to the procedures is called: a list, an agency or a life event."""
    kind, _slash, slug = below.strip("/").partition("/")
    rows: dict[str, Any] = {"co-quan": Agency, "su-kien": LifeEvent}
    if slug:
        found = rows[kind].objects.filter(slug=slug).values_list("name", flat=True) if kind in rows else ()
        return next(iter(found), "")
    lists = {
        "linh-vuc": _("Sectors"),
        "cap": _("Levels of authority"),
        "co-quan": _("Agencies"),
        "su-kien": _("Life events"),
        "a-z": _("Procedures from A to Z"),
        "moi": _("New and changed procedures"),
    }
    return lists.get(kind, "")


def service(page: ProcedurePage, request: HttpRequest, context: Mapping[str, Any]) -> Data:
    """Return a procedure as a service of the government; nothing for one that nobody can use any more.

    Only its own page says so, not those below it.
    """
    shown = context.get("shown")
    if not isinstance(shown, ShownProcedure) or shown.ended or not request.path.endswith(f"/{page.slug}/"):
        return {}
    agencies = _agencies(shown)
    return {
        "@type": "GovernmentService",
        "name": page.title,
        "identifier": page.full_code,
        "description": Truncator(page.summary or page.search_description).chars(SHORT),
        "url": request.build_absolute_uri(page.get_url(request)),
        "sameAs": page.source_url if page.source_url != shown.apply_url else "",
        "serviceType": ", ".join(map(str, shown.sectors[:FEW])),
        "provider": [_organization(line) for line in agencies],
        "areaServed": _area(page, request),
        "audience": {
            "@type": "Audience",
            "audienceType": ", ".join(map(str, shown.audiences[:FEW])),
        },
        "availableChannel": list(_channels(shown, agencies)),
        "offers": _offers(shown),
        "termsOfService": "#can-cu" if shown.legal_bases else "",
    }


def legislation(page: DecisionPage, request: HttpRequest, context: Mapping[str, Any]) -> Data:
    """Return a decision as a piece of legislation."""
    return {
        "@type": "Legislation",
        "name": page.title,
        "legislationIdentifier": page.number,
        "legislationType": "Quyết định",
        "legislationDate": page.date_signed.isoformat() if page.date_signed else "",
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": page.issuer.name}
        if page.issuer
        else {},
        "legislationJurisdiction": province(request),
        "description": Truncator(page.summary).chars(SHORT),
        "url": request.build_absolute_uri(page.get_url(request)),
        "inLanguage": settings.LANGUAGE_CODE,
    }


def _agencies(shown: ShownProcedure) -> list[AgencyLine]:
    """Return those who carry it out, else those who take dossiers for it, that are still there."""
    found = {role.role: role.lines for role in shown.roles}
    lines = found.get(AgencyRole.IMPLEMENTING) or found.get(AgencyRole.RECEIVING) or ()
    return [line for line in lines if not line.ended][:FEW]


def _organization(line: AgencyLine) -> Data:
    return {"@type": "GovernmentOrganization", "name": line.name}


def _area(page: ProcedurePage, request: HttpRequest) -> Data:
    if page.local_to:
        return {"@type": "AdministrativeArea", "name": page.local_to}
    if page.anywhere == Anywhere.NATIONWIDE:
        return {"@type": "Country", "name": "Việt Nam"}
    return province(request)


def _channels(shown: ShownProcedure, agencies: list[AgencyLine]) -> Iterator[Data]:
    """Yield the ways to apply that lead somewhere: an address on the net, a place, a telephone."""
    if shown.apply_url:
        yield {"@type": "ServiceChannel", "serviceUrl": shown.apply_url}
    for line in agencies:
        agency = line.agency
        if agency.address or agency.phone:
            yield {
                "@type": "ServiceChannel",
                "serviceLocation": {"@type": "Place", "name": line.name, "address": agency.address},
                "servicePhone": {"@type": "ContactPoint", "telephone": agency.phone},
            }


def _offers(shown: ShownProcedure) -> Data:
    """Return what it costs, where all fees are amounts of one currency or nothing is to be paid."""
    fees = [fee for tariff in shown.tariffs for fee in tariff.fees]
    values = [fee.value if fee.value is not None else Decimal(0) for fee in fees if fee.value or fee.free]
    currencies = {fee.currency for fee in fees}
    if not fees or len(values) < len(fees) or len(currencies) != 1:
        return {}
    low, high, currency = min(values), max(values), currencies.pop()
    if low == high:
        return {"@type": "Offer", "price": _plain(low), "priceCurrency": currency}
    return {
        "@type": "AggregateOffer",
        "lowPrice": _plain(low),
        "highPrice": _plain(high),
        "priceCurrency": currency,
    }


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
