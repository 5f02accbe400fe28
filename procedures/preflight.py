"""What a procedure and a decision must have before they are published.

The parts of a procedure are those of Decree 63/2010/NĐ-CP, article 8, as amended: seven that each has (name,
steps, channels, dossier, time limit, who may apply, agency), and those that must be there or be answered
“none”: forms, result, conditions, fees. The name is required by the form itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from home import preflight
from home.preflight import Finding
from home.text import is_none_answer
from procedures.choices import AgencyRole, ChannelKind, LimitUnit, OnlineService, Part
from procedures.models import DecisionPage, ProcedurePage
from procedures.permissions import RESPONSIBLE


def register() -> None:
    """Have these checks made."""
    preflight.register(ProcedurePage, parts, answers, channels, service, relations)
    preflight.register(DecisionPage, decision)


def parts(page: ProcedurePage) -> Iterator[Finding]:
    """Find which of the seven parts are missing, and the code by which the law knows the procedure."""
    if not page.code:
        yield Finding("code", _("Give the code of the national catalogue."), blocks=True)
    if not any(group.value["steps"] for group in page.steps):
        yield Finding("steps", _("Write the steps: the law asks for them."), blocks=True)
    if not page.channels:
        yield Finding("channels", _("Say how a dossier is handed in: the law asks for it."), blocks=True)
    if not (page.dossier or Part.DOSSIER in page.answered_none):
        yield Finding("dossier", _("List the dossier, or answer “none” below."), blocks=True)
    if not page.audiences.all():
        yield Finding("audiences", _("Say who may apply: the law asks for it."), blocks=True)
    if not any(link.role in RESPONSIBLE for link in page.agency_links.all()):
        sentence = _("Name the agency that carries it out or decides: the law asks for it.")
        yield Finding("agency_links", sentence, blocks=True)


def answers(page: ProcedurePage) -> Iterator[Finding]:
    """Find parts that are neither there nor answered “none”, and those that are both."""
    for part, is_there in there(page).items():
        label = Part(part).label
        if not is_there and part not in page.answered_none and part != Part.DOSSIER:
            sentence = _("%(part)s: fill it in, or tick it here as “none”.") % {"part": label}
            yield Finding("answered_none", sentence, blocks=True)
        if is_there and part in page.answered_none and not is_empty(page, part):
            sentence = _("%(part)s: it is filled in, and yet answered “none”.") % {"part": label}
            yield Finding("answered_none", sentence, blocks=True)


def there(page: ProcedurePage) -> dict[str, bool]:
    """Return which of the parts that may be answered “none” a page has."""
    rows = [row for case in page.dossier for row in case.value["documents"]]
    return {
        Part.DOSSIER: bool(rows),
        Part.FORMS: any(row["forms"] for row in rows),
        Part.FEES: any(channel.value["fees"] for channel in page.channels),
        Part.RESULTS: bool(page.results),
        Part.CONDITIONS: bool(page.conditions.strip()),
    }


def is_empty(page: ProcedurePage, part: str) -> bool:
    """Tell whether what stands in a part only says “none” once more."""
    fees = [fee for channel in page.channels for fee in channel.value["fees"]]
    free = part == Part.FEES and not any(fee["amount"] for fee in fees)
    return free or (part == Part.CONDITIONS and is_none_answer(page.conditions))


def channels(page: ProcedurePage) -> Iterator[Finding]:
    """Find limits without a number or a unit, and fees that do not say who is exempt."""
    for number, channel in enumerate(page.channels):
        for sentence in (*_limit(channel.value["limit"]), *_fees(channel.value["fees"])):
            yield Finding("channels", sentence, blocks=True, block=number)


def _limit(limit: Any) -> Iterator[str]:
    value, unit, text = limit["value"], limit["unit"], limit["text"].strip()
    if value is None and not text:
        yield _("Give the time limit, as a number with its unit or in words.")
    elif value is not None and not unit:
        yield _("The time limit has no unit: a working day is not a day.")
    elif value is not None and unit == LimitUnit.OTHER and not text:
        yield _("The unit is “see the text”, but there is no text: write the limit in words.")


def _fees(fees: Any) -> Iterator[str]:
    for fee in fees:
        if fee["amount"] and not fee["exemption"].strip():
            yield _("Say who does not pay; write “Không có” if everyone pays.")
            return


def service(page: ProcedurePage) -> Iterator[Finding]:
    """Find what the online service leaves open (Decree 42/2022/NĐ-CP)."""
    online = any(channel.value["kind"] == ChannelKind.ONLINE for channel in page.channels)
    if page.online_service == OnlineService.PARTIAL and not page.online_reason.strip():
        yield Finding("online_reason", _("Say why the service is only partly online."), blocks=True)
    if page.online_service == OnlineService.UNKNOWN:
        yield Finding("online_service", _("Say whether the service is fully, partly or not online."))
    if page.online_service == OnlineService.FULL and not page.online_url:
        yield Finding("online_url", _("The service is fully online: give its address."))
    if online and page.online_service == OnlineService.NONE:
        yield Finding("online_service", _("A dossier is handed in online, yet there is no online service."))


def relations(page: ProcedurePage) -> Iterator[Finding]:
    """Find what should be named, and agencies that are no more."""
    if not page.levels.all():
        yield Finding("levels", _("Choose the level: without it the filters do not find the page."))
    if not page.sector_links.all():
        yield Finding("sector_links", _("Choose a sector: without it the filters do not find the page."))
    if not page.legal_bases.all():
        yield Finding("legal_bases", _("Name what it rests on: the law asks for the legal basis."))
    today = timezone.localdate()
    for link in page.agency_links.all():
        agency = link.agency
        if agency.ended_on and agency.ended_on <= today and link.role != AgencyRole.COORDINATING:
            sentence = _("%(agency)s is no more: name its successor.") % {"agency": agency.name}
            yield Finding("agency_links", sentence)


def decision(page: DecisionPage) -> Iterator[Finding]:
    """Find dates that cannot be, and what a decision must say."""
    if not page.number:
        yield Finding("number", _("Give the number of the decision."), blocks=True)
    if page.issuer is None:
        yield Finding("issuer", _("Say who issued the decision."), blocks=True)
    if page.date_signed is None:
        yield Finding("date_signed", _("Give the day on which it was signed."), blocks=True)
    elif page.date_signed > timezone.localdate():
        yield Finding("date_signed", _("This day has not come yet: nobody has signed then."), blocks=True)
    elif page.date_in_force and page.date_in_force < page.date_signed:
        yield Finding("date_in_force", _("It is in force before it was signed: compare with the document."))
    if not page.signer:
        yield Finding("signer", _("Say who signed it."))
    if not page.files:
        yield Finding("files", _("Add the decision as it was signed."))
