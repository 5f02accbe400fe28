"""What the editor's forms send: a test changes a field, presses a button and looks at what came of it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from procedures.choices import AgencyRole
from procedures.models import Agency, LegalDocument, Sector

Data = dict[str, Any]


def rows(*values: Any) -> Data:
    """Return what a list of blocks sends."""
    items: Data = {str(n): {"value": v, "deleted": "", "order": str(n)} for n, v in enumerate(values)}
    return items | {"count": str(len(values))}


def channel(**fields: Any) -> Data:
    """Return what a channel sends: in person, five working days, no fees."""
    limit = {"value": "5", "unit": "ngay-lam-viec", "text": ""} | fields.pop("limit", {})
    return {"kind": "truc-tiep", "case": "", "limit": limit, "fees": rows(), "note": ""} | fields


def fee(**fields: Any) -> Data:
    """Return what a line of a tariff sends."""
    return {
        "kind": "le-phi",
        "amount": "20000",
        "currency": "VND",
        "note": "",
        "exemption": "Không có",
    } | fields


def procedure(agency: Agency | None = None, **fields: Any) -> Data:
    """Return what the editor of a procedure sends that has all its parts."""
    step = {"case": "", "steps": rows({"label": "Bước 1", "text": "Nộp hồ sơ."})}
    paper = {
        "name": "Tờ khai",
        "marker": "",
        "role": "paper",
        "originals": "1",
        "copies": "0",
        "forms": rows(),
    }
    agencies = [{"agency": agency.pk, "role": AgencyRole.IMPLEMENTING}] if agency else []
    sector = Sector.objects.get_or_create(name="Hộ tịch")[0]
    law = LegalDocument.objects.get_or_create(number="60/2014/QH13")[0]
    whole: Data = {
        "code": "9.111111",
        "name": "Cấp giấy đỗ xe",
        "status": "hieu-luc",
        "chain": "none",
        "online_service": "none",
        "anywhere": "",
        "levels": ["xa"],
        "audiences": ["cong-dan-viet-nam"],
        "answered_none": ["forms", "fees", "conditions"],
        "steps": streamfield([("steps", step)]),
        "channels": streamfield([("channel", channel())]),
        "dossier": streamfield([("case", {"case": "", "sets": "1", "documents": rows(paper)})]),
        "results": streamfield([("result", {"name": "Giấy đỗ xe", "code": ""})]),
        "sector_links": inline_formset([{"sector": sector.pk}]),
        "agency_links": inline_formset(agencies),
        "legal_bases": inline_formset([{"document": law.pk, "cited_as": ""}]),
        "life_event_links": inline_formset([]),
    }
    return whole | fields


def article(**fields: Any) -> Data:
    """Return what the editor of an article sends."""
    body = streamfield([("text", rich_text("<p>Nội dung.</p>"))])
    lists = {"pictures": inline_formset([]), "related_links": inline_formset([])}
    return {"title": "Một năm cải cách", "date": "2026-11-20", "body": body} | lists | fields


def information(**fields: Any) -> Data:
    """Return what the editor of a page of information sends."""
    return {"title": "Giới thiệu", "body": streamfield([])} | fields


def flat(data: Data, button: str = "") -> Data:
    """Return the fields as a browser names them, with the button that was pressed."""
    several = {name: value for name, value in data.items() if isinstance(value, list)}
    single = {name: value for name, value in data.items() if name not in several}
    pressed = {button: "1"} if button else {}
    return nested_form_data({"comments": inline_formset([])} | single) | several | pressed


def add(client: Client, kind: str, parent: Page, data: Data, button: str = "") -> Any:
    """Send the form of a new page; `kind` is such as "news/articlepage"."""
    return client.post(f"/admin/pages/add/{kind}/{parent.pk}/", flat(data, button))


def edit(client: Client, page: Page, data: Data, button: str = "") -> Any:
    """Send the form of a page that is there."""
    return client.post(f"/admin/pages/{page.pk}/edit/", flat({"slug": page.slug} | data, button))


def errors(response: Any) -> list[str]:
    """Return the fields, and lists of rows, at which a form that was refused has something to say."""
    form = response.context["form"]
    lists = [name for name, formset in form.formsets.items() if formset.non_form_errors()]
    return [*form.errors, *lists]
