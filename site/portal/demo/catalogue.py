"""Writes what the demo's pages refer to: the province, sectors, agencies, legal documents, life events."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from wagtail.models import Site

from home.models import ProvinceSettings
from home.text import document_key
from procedures.models import Agency, LegalDocument, LifeEvent, Sector, SectorAlias

RELATIONS = ("parent", "successor")


def items(name: str) -> Any:
    """Return what `<name>.json` beside this module holds."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text())


def day(text: str | None) -> date | None:
    """Return a date of those files."""
    return date.fromisoformat(text) if text else None


def load() -> None:
    """Write what is missing."""
    _province()
    _sectors()
    _agencies()
    for item in items("legal_documents"):
        fields = {key: item[key] for key in ("number", "title", "kind", "issuer", "url")}
        LegalDocument.objects.get_or_create(
            key=document_key(item["number"]), defaults=fields | {"signed_on": day(item["date"])}
        )
    for item in items("life_events"):
        fields = {"name": item["title"], "kind": item["kind"], "description": item["description"]}
        LifeEvent.objects.get_or_create(slug=item["slug"], defaults=fields)


def _province() -> None:
    item = items("site")
    settings = ProvinceSettings.for_site(Site.objects.get(is_default_site=True))
    if settings.province:
        return
    settings.province, settings.tagline = item["province"], item["tagline"]
    settings.phone, settings.email, settings.address = item["hotline"], item["email"], item["address"]
    settings.footer_note = item["footer_note"]
    settings.save()


def _sectors() -> None:
    for item in items("sectors"):
        fields = {"name": item["name"], "description": item["description"]}
        sector, created = Sector.objects.get_or_create(slug=item["slug"], defaults=fields)
        if created:
            for alias in item["aliases"]:
                SectorAlias.objects.get_or_create(name=alias, defaults={"sector": sector})


def _agencies() -> None:
    """Write the agencies first, then what they are to each other."""
    new = []
    for item in items("agencies"):
        own = {key: value for key, value in item.items() if key not in {*RELATIONS, "slug", "level"}}
        agency, created = Agency.objects.get_or_create(
            slug=item["slug"], defaults=own | {"level_id": item["level"]}
        )
        if created:
            new.append((agency, item))
    for agency, item in new:
        for relation in RELATIONS:
            if item[relation]:
                setattr(agency, relation, Agency.objects.get(slug=item[relation]))
        agency.save()
