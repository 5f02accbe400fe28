"""How many procedures the public may see, by level, sector, agency: one query each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from procedures.choices import Level
from procedures.models.catalogue import Agency, AuthorityLevel, LifeEvent, Sector

NO_LEVEL = "chua-xac-dinh"
"""The filter value for procedures whose level is not known."""


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """Procedures by level. The counts overlap (a procedure may have several levels): never add them up."""

    total: int
    by_level: tuple[tuple[str, str, int], ...]
    several: int
    unknown: int


def by_level(procedures: QuerySet) -> LevelCounts:
    """Count by level, and how many have several levels or none."""
    through = procedures.model.levels.through.objects.filter(
        procedurepage__in=procedures.order_by().values("pk")
    )
    counted = dict(through.order_by().values_list("authoritylevel").annotate(Count("pk")))
    sets = through.order_by().values("procedurepage").annotate(size=Count("pk"))
    total = procedures.count()
    with_level = sets.count()
    rows = tuple(
        (slug, str(Level(slug).label), counted[slug])
        for slug in AuthorityLevel.objects.values_list("slug", flat=True)
        if counted.get(slug)
    )
    return LevelCounts(total, rows, sets.filter(size__gt=1).count(), total - with_level)


def sectors(procedures: QuerySet) -> QuerySet:
    """Return the sectors that have a procedure, each with its `count`."""
    return _counted(Sector.objects, "procedure_links__procedure", procedures)


def agencies(procedures: QuerySet) -> QuerySet:
    """Return the agencies that have a procedure, each with its `count`."""
    return _counted(Agency.objects, "procedure_links__procedure", procedures)


def life_events(procedures: QuerySet) -> QuerySet:
    """Return the life events that have a procedure, each with its `count`."""
    return _counted(LifeEvent.objects, "procedure_links__procedure", procedures)


def _counted(catalogue: Any, path: str, procedures: QuerySet) -> QuerySet:
    seen = procedures.order_by().values("pk")
    return catalogue.filter(**{f"{path}__in": seen}).annotate(count=Count(path, distinct=True))
