"""How the document of a procedure is made: of stored columns, with what it quotes read once for many."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator

from home.documents import stored, strings
from procedures.choices import Level, Part, Status
from procedures.models import (
    LegalBasis,
    Phrasing,
    ProcedureAgency,
    ProcedureLifeEvent,
    ProcedurePage,
    ProcedureSector,
    SectorAlias,
)
from procedures.models.procedure import as_of
from procedures.presentation import brief
from procedures.presentation.channels import channel_rows
from search.documents import NO_LEVEL, Demotion, SearchDocument

COLUMNS = (
    *("id", "name", "url_path", "expire_at", "sort_key"),
    *("first_published_at", "last_published_at", "source_retrieved_on"),
    *("code", "code_suffix", "decision_number", "status", "local_to", "suspect", "listed", "issuer__name"),
    *("summary", "keywords", "conditions", "agencies_note", "receiving_address", "answered_none"),
)
STREAMS = {f"raw_{name}": stored(name) for name in ("steps", "channels", "dossier", "results")}

_SUMMARY_LENGTH = 300
_ENDED = {Status.REPLACED, Status.REPEALED}


class Related:
    """What the documents of some procedures quote, each kind read by one query."""

    def __init__(self, ids: Collection[int]) -> None:
        aliases = _grouped(SectorAlias.objects.order_by("sort_order", "pk").values_list("sector_id", "name"))
        sectors = ProcedureSector.objects.filter(procedure__in=ids).order_by("procedure", "sort_order", "pk")
        self.sectors = _grouped(
            (page, (slug, name, aliases[pk]))
            for page, pk, slug, name in sectors.values_list(
                "procedure_id", "sector_id", "sector__slug", "sector__name"
            )
        )
        agencies = ProcedureAgency.objects.filter(procedure__in=ids).order_by("procedure", "sort_order", "pk")
        self.agencies = _grouped(
            (page, names)
            for page, *names in agencies.values_list(
                "procedure_id", "agency__slug", "agency__name", "agency__short_name"
            )
        )
        events = ProcedureLifeEvent.objects.filter(procedure__in=ids).order_by(
            "procedure", "sort_order", "pk"
        )
        self.life_events = _grouped(events.values_list("procedure_id", "life_event__name"))
        bases = LegalBasis.objects.filter(procedure__in=ids).order_by("procedure", "sort_order", "pk")
        self.legal = _grouped(
            (page, names)
            for page, *names in bases.values_list(
                "procedure_id", "document__number", "document__kind", "document__title", "cited_as"
            )
        )
        phrasings = Phrasing.objects.filter(procedure__in=ids, enabled=True)
        self.phrasings = _grouped(phrasings.values_list("procedure_id", "text"))
        levels = ProcedurePage.levels.through.objects.filter(procedurepage__in=ids)
        self.levels = _grouped(levels.values_list("procedurepage_id", "authoritylevel_id"))
        audiences = ProcedurePage.audiences.through.objects.filter(procedurepage__in=ids)
        self.audiences = _grouped(audiences.values_list("procedurepage_id", "audience_id"))


def _grouped(pairs: Iterable[tuple[int, Any]]) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def _lines(values: Iterable[str]) -> str:
    return "\n".join(_unique(values))


def document_of(row: dict[str, Any], url: str, related: Related) -> SearchDocument:
    """Return the document of a procedure."""
    foreign = ProcedurePage(local_to=row["local_to"]).foreign if row["local_to"] else False
    return SearchDocument(
        id=row["id"],
        type="procedure",
        title=" ".join(row["name"].split()),
        url=url,
        date=as_of(row["first_published_at"], row["last_published_at"], row["source_retrieved_on"]),
        expires=row["expire_at"],
        code=row["code"],
        codes=_unique([row["code"], row["code_suffix"] and f"{row['code']}.{row['code_suffix']}"]),
        status=row["status"],
        conditions=row["conditions"],
        issuer=row["issuer__name"] or "",
        place=row["local_to"] if foreign else "",
        sort_key=row["sort_key"],
        demotions=_demotions(row, foreign),
        **_parts(row),
        **_quoted(row, related),
    )


def _parts(row: dict[str, Any]) -> dict[str, Any]:
    """Return the texts of the parts that are lists."""
    steps, channels, dossier, results = (json.loads(row[name] or "[]") for name in STREAMS)
    what = _lines(strings(results, "name"))
    how = _lines(strings(steps, "case", "label", "text"))
    return {
        "channels": _unique(channel["value"]["kind"] for channel in channels),
        "results": what,
        "steps": how,
        "dossier": _lines(strings(dossier, "case", "name", "title")),
        "body": _lines(
            [*strings(channels, "case", "text", "note"), row["agencies_note"], row["receiving_address"]]
        ),
        "summary": row["summary"] or Truncator(what or how).chars(_SUMMARY_LENGTH),
        **_in_brief(channels, none=Part.FEES in row["answered_none"]),
    }


def _in_brief(channels: list[dict[str, Any]], *, none: bool) -> dict[str, str]:
    """Return how long it takes and what it costs. They are texts of the page, in its language."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = channel_rows(channels)
        return {"limit": brief.limit(rows), "fee": brief.fee(rows, none=none)}


def _quoted(row: dict[str, Any], related: Related) -> dict[str, Any]:
    """Return what is said in rows of their own: catalogue and legal basis."""
    pk = row["id"]
    sectors, agencies, legal = related.sectors[pk], related.agencies[pk], related.legal[pk]
    aliases = [name for *_rest, names in sectors for name in names]
    numbers = [number for number, _kind, _title, cited in legal for number in (number, cited)]
    return {
        "numbers": _unique([row["decision_number"], *numbers]),
        "sectors": _unique(slug for slug, *_rest in sectors),
        "sector_names": _unique(name for _slug, name, _aliases in sectors),
        "levels": tuple(level for level in Level.values if level in related.levels[pk]) or (NO_LEVEL,),
        "agencies": _unique(slug for slug, *_rest in agencies),
        "agency_names": _unique(name for _slug, *names in agencies for name in names),
        "audiences": tuple(sorted(related.audiences[pk])),
        "phrasings": tuple(related.phrasings[pk]),
        "keywords": _lines([row["keywords"], *related.life_events[pk], *aliases]),
        "legal": _lines(
            " ".join(filter(None, (kind, number, title))) for number, kind, title, _cited in legal
        ),
    }


def _demotions(row: dict[str, Any], foreign: bool) -> tuple[Demotion, ...]:
    reasons = {
        Demotion.FOREIGN: foreign,
        Demotion.SUSPECT: bool(row["suspect"]),
        Demotion.ENDED: row["status"] in _ENDED,
        Demotion.UNLISTED: not row["listed"],
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
