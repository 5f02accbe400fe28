"""Merges rows of the catalogue that mean one thing: spellings of a sector, an agency that is there twice.

All that names the rows which go names the one that is kept afterwards, drafts and old versions of pages too.
What they were called stays known: to imports, and to addresses (`procedures.merged_addresses`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from procedures import merging_versions
from procedures.models import (
    Agency,
    AgencyPerson,
    LifeEvent,
    MergedAgency,
    MergedLifeEvent,
    MergedSector,
    ProcedureAgency,
    ProcedureLifeEvent,
    ProcedureSector,
    Sector,
    SectorAlias,
)

Row = Sector | Agency | LifeEvent
ACTION = "procedures.merge"
"""The name of a merge in the log of the row that is kept."""
OWN = {"id", "slug", "name", "kind", "parent", "successor", "ended_on", "end_reason"}
"""Fields that say what a row is: never taken over from another."""
END = ("ended_on", "end_reason", "successor_id")


class NotMergeable(Exception):
    """These rows are not one thing; the message says why, for people."""


@dataclass(frozen=True)
class Kind:
    """A kind of row that can be merged."""

    link: type[Model]
    """Joins procedures to it."""
    accessor: str
    """What a procedure calls these."""
    field: str
    merged: type[MergedSector] | type[MergedAgency] | type[MergedLifeEvent]


KINDS: dict[type[Row], Kind] = {
    Sector: Kind(ProcedureSector, "sector_links", "sector", MergedSector),
    Agency: Kind(ProcedureAgency, "agency_links", "agency", MergedAgency),
    LifeEvent: Kind(ProcedureLifeEvent, "life_event_links", "life_event", MergedLifeEvent),
}


def refusal(kept: Row, others: Iterable[Row]) -> str:
    """Return why rows cannot be merged, "" if they can."""
    others = list(others)
    if not others or kept in others:
        return _("Choose at least two different ones.")
    for other in others:
        end = _end(other)
        if any(end) and end != _end(kept):
            return _(
                "“%(name)s” has an end of its own: an agency that was merged by law stays, with its "
                "successor. If it is only written twice, keep that one."
            ) % {"name": other.name}
    return ""


@transaction.atomic
def merge(kept: Row, others: Sequence[Row], user: Any = None) -> Row:
    """Let one row stand for all and return it; the others are deleted. Its blanks are filled from them.

    Raises NotMergeable; then nothing has changed.
    """
    kept, *others = _locked(kept, others)
    if reason := refusal(kept, others):
        raise NotMergeable(reason)
    kind = KINDS[type(kept)]
    removed = _join_links(kind, kept, others)
    for other in others:
        if isinstance(kept, Agency):  # who works for both works for the one that is kept, once
            own = AgencyPerson.objects.filter(agency=kept).values("user")
            AgencyPerson.objects.filter(agency=other, user__in=own).delete()
        _move_references(kept, other)
        _remember(kind, kept, other)
        _fill_blanks(kept, other)
        log(instance=other, action="wagtail.delete", user=user, deleted=True)
    merging_versions.rewrite(kept, others)
    log(instance=kept, action=ACTION, user=user, data={"names": [other.name for other in others]})
    _move_usage(kind, kept, others, removed)
    for other in others:
        other.delete()
    kept.save()  # the search hears of all pages that name it now
    return kept


def _locked(kept: Row, others: Sequence[Row]) -> list[Row]:
    """Return the rows as they are now, the one that is kept first; nobody else merges them meanwhile."""
    keys = [kept.pk, *(other.pk for other in others)]
    rows = type(kept)._default_manager.select_for_update().order_by("pk").in_bulk(keys)
    if len(rows) < len(keys):
        raise NotMergeable(_("Somebody else has merged or deleted one of them. Choose again."))
    return [rows[key] for key in keys]


def _end(row: Row) -> tuple[Any, ...]:
    return tuple(getattr(row, name, None) or None for name in END)


def _join_links(kind: Kind, kept: Row, others: Sequence[Row]) -> list[int]:
    """Let all procedures name the row that is kept, each once in each role; return the links that went."""
    rows = kind.link._default_manager.filter(**{f"{kind.field}__in": [kept, *others]})
    same = [
        field.attname
        for field in kind.link._meta.concrete_fields
        if field.name not in {"id", "sort_order", kind.field}
    ]
    seen: set[tuple[Any, ...]] = set()
    removed = []
    for pk, *key in rows.order_by("sort_order", "pk").values_list("pk", *same):
        if tuple(key) in seen:
            removed.append(pk)
        seen.add(tuple(key))
    rows.filter(pk__in=removed).delete()
    rows.update(**{kind.field: kept})
    return removed


def _move_references(kept: Row, other: Row) -> None:
    """Let all else that refers to a row refer to the kept one: pages, aliases, parts, predecessors."""
    for relation in kept._meta.related_objects:
        field = relation.field
        rows = relation.related_model._base_manager
        rows.filter(**{field.name: other.pk}).update(**{field.name: kept.pk})
        if relation.related_model is type(kept):  # no agency is a part of itself
            rows.filter(pk=kept.pk, **{field.name: kept.pk}).update(**{field.name: None})
            if getattr(kept, field.attname) in {kept.pk, other.pk}:
                setattr(kept, field.name, None)


def _remember(kind: Kind, kept: Row, other: Row) -> None:
    """Keep the address of a row that goes, and its name."""
    called = {"name": other.name, "into": kept}
    kind.merged._default_manager.update_or_create(slug=other.slug, defaults=called)
    if isinstance(kept, Sector) and other.name != kept.name:
        SectorAlias.objects.get_or_create(
            name=other.name, defaults={"sector": kept, "sort_order": kept.aliases.count()}
        )


def _fill_blanks(kept: Row, other: Row) -> None:
    for field in kept._meta.concrete_fields:
        if field.name not in OWN and not getattr(kept, field.attname):
            setattr(kept, field.attname, getattr(other, field.attname))


def _move_usage(kind: Kind, kept: Row, others: Sequence[Row], removed: Sequence[int]) -> None:
    """Let the admin's "used by" say the same; Wagtail learns of links from saved pages only."""
    paths = [f"{kind.accessor}.{pk}.{kind.field}" for pk in removed]
    usage = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(kept),
        to_object_id__in=[row.pk for row in (kept, *others)],
    )
    usage.filter(content_path__in=paths).delete()
    usage.update(to_object_id=str(kept.pk))
