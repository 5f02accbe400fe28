"""Writes the demo into the database, once: what is there already is left as it is."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.models import HomePage, InformationPage, PortalDocument, PortalImage
from home.text import document_key
from news.models import ArticlePage, ArticlePicture, ArticleRelation, NewsIndexPage
from portal.demo import catalogue, collections, furniture, pictures
from portal.demo.catalogue import day, items
from procedures import parts
from procedures.models import (
    Agency,
    DecisionIndexPage,
    DecisionPage,
    LegalBasis,
    LegalDocument,
    LifeEvent,
    ProcedureAgency,
    ProcedureIndexPage,
    ProcedureLifeEvent,
    ProcedurePage,
    ProcedureSector,
    Sector,
)

Item = dict[str, Any]


@transaction.atomic
def load() -> dict[str, int]:
    """Write all that is missing; return how many of each kind were written."""
    catalogue.load()
    furniture.load()
    return {
        "decisions": sum(_decision(item) for item in items("decisions")),
        "procedures": sum(_procedure(item) for item in items("procedures")),
        "articles": sum(_article(item) for item in items("articles")),
        "pages": sum(_page(item) for item in items("pages")),
        "journeys": sum(_journey(item) for item in items("life_events")),
        "collections": collections.load(),
    }


def _publish(page: Page, parent: Page, **sets: list[str]) -> int:
    with disable_reference_index_auto_update():  # else once for each row of the page
        parent.add_child(instance=page)
        for name, keys in sets.items():  # a set of related rows needs the page's key first
            setattr(page, name, keys)
        page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)
    return 1


PLAIN = (
    "code",
    "name",
    "summary",
    "kind",
    "status",
    "chain",
    "online_service",
    "online_reason",
    "online_url",
    "anywhere",
    "payment_online",
    "conditions",
    "receiving_address",
    "answered_none",
)
"""Fields of a procedure that the file holds as the page does."""


def _procedure(item: Item) -> int:
    if ProcedurePage.objects.filter(code=item["code"]).exists():
        return 0
    page = ProcedurePage(
        **{field: item[field] for field in PLAIN},
        code_suffix=item["suffix"],
        decision_number=item["decision"],
        issuer=_issuer(item),
        source_name="Dữ liệu minh họa của cổng Minh Bạch",
        steps=[
            parts.step_group([parts.step(**step) for step in g["steps"]], g["case"]) for g in item["steps"]
        ],
        channels=[_channel(channel) for channel in item["channels"]],
        dossier=[_dossier(case) for case in item["dossier"]],
        results=[parts.result(**result) for result in item["results"]],
    )
    page.sector_links = [ProcedureSector(sector=Sector.objects.get(slug=slug)) for slug in item["sectors"]]
    page.agency_links = [
        ProcedureAgency(role=role, agency=Agency.objects.get(slug=slug))
        for role, slugs in item["agencies"].items()
        for slug in slugs
    ]
    page.legal_bases = [
        LegalBasis(document=LegalDocument.objects.get(key=document_key(number)))
        for number in item["legal_basis"]
    ]
    page.life_event_links = [
        ProcedureLifeEvent(life_event=LifeEvent.objects.get(slug=slug)) for slug in item["life_events"]
    ]
    return _publish(
        page, ProcedureIndexPage.objects.get(), levels=item["levels"], audiences=item["audiences"]
    )


def _issuer(item: Item) -> Agency | None:
    decision = next((d for d in items("decisions") if d["number"] == item["decision"]), None)
    return Agency.objects.get(slug=decision["issuer"]) if decision else None


def _channel(item: Item) -> parts.Raw:
    fees = [parts.fee(fee.pop("amount"), **fee) for fee in (dict(fee) for fee in item["fees"])]
    return parts.channel(
        item["kind"], parts.limit(**item["limit"]), fees, case=item["case"], note=item["note"]
    )


def _dossier(item: Item) -> parts.Raw:
    rows = [
        parts.paper(
            row["name"],
            role=row["role"],
            originals=row["originals"],
            copies=row["copies"],
            forms=[parts.form(form["title"], _file(form["file"], form["title"])) for form in row["forms"]],
        )
        for row in item["documents"]
    ]
    return parts.dossier_case(rows, item["case"], item["sets"])


def _file(name: str, title: str, draw: Callable[[str], bytes] = pictures.form) -> int | None:
    """Return the key of the document of that file name, drawn if need be; None without a name."""
    if not name:
        return None
    document = PortalDocument.objects.filter(file=f"documents/{name}").first()
    if document is None:
        paper = draw(title)
        document = PortalDocument(title=title, file_size=len(paper))
        document.file.save(name, ContentFile(paper))
    return document.pk


def _decision(item: Item) -> int:
    if DecisionPage.objects.filter(number_key=document_key(item["number"])).exists():
        return 0
    page = DecisionPage(
        title=item["title"],
        number=item["number"],
        issuer=Agency.objects.get(slug=item["issuer"]),
        signer=item["signer"],
        date_signed=day(item["date_signed"]),
        date_in_force=day(item["date_in_force"]),
        purposes=item["purposes"],
        summary=item["summary"],
        body=[{"type": "text", "value": item["body_html"]}],
        files=[
            {
                "type": "file",
                "value": {"title": title, "file": _file(file["file"], title, pictures.signed_paper)},
            }
            for file in item["files"]
            if (title := file["title"])
        ],
    )
    return _publish(page, DecisionIndexPage.objects.get())


def _article(item: Item) -> int:
    if ArticlePage.objects.filter(title=item["title"]).exists():
        return 0
    page = ArticlePage(
        title=item["title"],
        lead=item["lead"],
        date=day(item["date"]),
        as_of=day(item["as_of"]),
        author=item["author"],
        office=item["office"],
        image=_image(item["image"]),
        image_alt=item["image"]["alt"],
        image_caption=item["image"]["caption"],
        body=[{"type": "text", "value": item["body_html"]}],
        source_name=item["source_name"],
        source_url=item["source_url"],
        source_state=item["source_state"],
        source_retrieved_on=day(item["source_retrieved_on"]),
    )
    page.topics.add(*item["topics"])
    page.pictures = [ArticlePicture(image=_image(each), caption=each["caption"]) for each in item["pictures"]]
    page.related_links = [ArticleRelation(related=related) for related in _related(item)]
    return _publish(page, NewsIndexPage.objects.get())


def _related(item: Item) -> list[Page]:
    """Return the procedures and decisions that an article is about."""
    keys = [document_key(number) for number in item["related_decisions"]]
    return [
        *ProcedurePage.objects.filter(code__in=item["related_procedures"]).order_by("code"),
        *DecisionPage.objects.filter(number_key__in=keys).order_by("number_key"),
    ]


def _image(item: Item) -> PortalImage:
    file = ImageFile(BytesIO(pictures.picture(item["scheme"])), name=f"{item['scheme']}.webp")
    return PortalImage.objects.create(title=item["title"], description=item["alt"], file=file)


def _page(item: Item) -> int:
    if InformationPage.objects.filter(slug=item["slug"]).exists():
        return 0
    body = [{"type": "text", "value": item["body_html"]}]
    page = InformationPage(
        title=item["title"], slug=item["slug"], lead=item["lead"], body=body, show_in_menus=True
    )
    return _publish(page, HomePage.objects.get())


def _journey(item: Item) -> int:
    """Write the steps of a life event that has none."""
    event = LifeEvent.objects.get(slug=item["slug"])
    if event.steps or not item["steps"]:
        return 0
    keys = dict(ProcedurePage.objects.values_list("code", "pk"))
    event.steps = [
        parts.journey_step(
            step["title"],
            [keys[code] for code in step["procedures"] if code in keys],
            **{name: step[name] for name in ("text", "when", "optional")},
        )
        for step in item["steps"]
    ]
    event.save()
    return 1
