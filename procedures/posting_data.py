"""What the sheet for the wall says, as its typst source reads it: plain values only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from home.models import ProvinceSettings
from home.qr import qr_svg
from procedures.choices import Part, Status
from procedures.presentation.agencies import AgencyLine
from procedures.presentation.channels import ChannelRow, Fee, unique

if TYPE_CHECKING:
    from procedures.models import LegalBasis
    from procedures.presentation import ShownProcedure

SHORT_NAME = 90
"""Characters of the name in the heading of further pages: one line."""
SHORT_RESULT = 160
INK = "#1a1d21"
"""The colour of the letters of the sheet."""


def contents(shown: ShownProcedure, office: ProvinceSettings, address: str) -> dict[str, Any]:
    """Return what the sheet of a procedure says; `address` is that of its page, in full."""
    page, known = shown.page, shown.version
    return {
        "name": page.name,
        "short_name": Truncator(" ".join(page.name.split())).chars(SHORT_NAME),
        "code": page.full_code,
        "version": known.code,
        "made": known.day.isoformat() if known.day else "",
        "day": date_format(known.day, "SHORT_DATE_FORMAT") if known.day else "",
        "address": address,
        "qr": qr_svg(address, dark=INK),
        "office": _office(office),
        "levels": [str(level) for level in shown.levels],
        "sectors": [str(sector) for sector in shown.sectors],
        "status": page.get_status_display(),
        "notices": list(_notices(shown)),
        "summary": page.summary,
        "none": {part: part in page.answered_none for part in Part.values},
        "facts": {
            "result": [Truncator(str(result["name"])).chars(SHORT_RESULT) for result in shown.results[:1]],
            "how_long": {"lines": shown.how_long.lines, "more": shown.how_long.more},
            "how_much": {"lines": shown.how_much.lines, "more": shown.how_much.more},
            "where": [*shown.where.lines, *filter(None, [shown.where.rest])],
        },
        "conditions": page.conditions,
        "decision": page.decision_number,
    } | _parts(shown)


def _parts(shown: ShownProcedure) -> dict[str, Any]:
    page = shown.page
    return {
        "audiences": [str(audience) for audience in shown.audiences],
        "dossier": [
            {"title": case.title, "sets": case.sets, "rows": [_row(row) for row in case.rows]}
            for case in shown.dossier
        ],
        "limits": [
            {
                "kinds": ", ".join(group.kinds),
                "case": group.case,
                "number": group.limit.number,
                "text": group.limit.text,
            }
            for group in shown.limits
        ],
        "tariffs": [
            {"label": "; ".join(tariff.labels), "fees": [_fee(fee) for fee in tariff.fees]}
            for tariff in shown.tariffs
        ],
        "kinds": "; ".join(unique(kind for row in shown.channels for kind in row.kinds)).lower(),
        "channels": list(_notes(shown.channels)),
        "receiving": page.receiving_address,
        "online": shown.apply_host,
        "roles": [
            {"label": role.label, "agencies": [_agency(line) for line in role.lines]} for role in shown.roles
        ],
        "agencies_note": page.agencies_note,
        "steps": [
            {
                "case": group.case,
                "steps": [{"label": step.label, "text": step.text} for step in group.steps],
            }
            for group in shown.steps
        ],
        "results": [str(result["name"]) for result in shown.results],
        "legal": [_basis(basis) for basis in shown.legal_bases],
    }


def _office(office: ProvinceSettings) -> dict[str, str]:
    return {
        "province": office.province,
        "name": office.agency_name,
        "address": office.address,
        "phone": office.phone,
        "email": office.email,
    }


def _notices(shown: ShownProcedure) -> Iterator[str]:
    """Yield what must be known before anything else, as the page says it."""
    page = shown.page
    if page.foreign:
        yield _("This procedure applies in %(place)s only.") % {"place": page.local_to}
    if page.status == Status.UPCOMING:
        yield _("This procedure is not yet in force.")
    elif page.status == Status.REPLACED:
        yield _("This procedure has been replaced and is no longer used.")
    elif page.status == Status.REPEALED:
        yield _("This procedure has been repealed and is no longer used.")


def _row(row: Any) -> dict[str, Any]:
    return {
        "name": f"{row.marker} {row.name}".strip(),
        "originals": row.originals,
        "copies": row.copies,
        "counted": row.counted,
        "remark": row.remark,
        "forms": [form.title for form in row.forms if form.title and form.title not in row.name],
    }


def _fee(fee: Fee) -> dict[str, str]:
    amount = _("Nothing to pay") if fee.free else fee.amount
    head = ": ".join(filter(None, [fee.kind, amount]))
    return {"head": head, "note": fee.note or _unstated(fee), "exemption": fee.exemption}


def _unstated(fee: Fee) -> str:
    return "" if fee.free or fee.amount else _("The source states no amount")


def _notes(rows: tuple[ChannelRow, ...]) -> Iterator[dict[str, str]]:
    """Yield each remark on channels once, with the channels that it is on."""
    notes: dict[str, list[str]] = {}
    for row in rows:
        for note in row.notes:
            notes.setdefault(note.text, []).extend(note.kinds or row.kinds)
    for text, kinds in notes.items():
        yield {"label": ", ".join(unique(kinds)), "text": text}


def _agency(line: AgencyLine) -> dict[str, str]:
    if line.ended:
        return {"name": line.name, "phone": "", "how": line.ended}
    agency = line.agency
    how = " · ".join(filter(None, (agency.address, " ".join(agency.hours.split()))))
    return {"name": line.name, "phone": agency.phone, "how": how}


def _basis(basis: LegalBasis) -> dict[str, str]:
    document = basis.document
    day = date_format(document.signed_on, "SHORT_DATE_FORMAT") if document.signed_on else ""
    rest = (document.full_title, day, document.issuer)
    return {"number": str(document), "rest": " · ".join(filter(None, rest))}
