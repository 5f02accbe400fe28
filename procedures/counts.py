"""How many procedures the public may see, by level, sector, agency: one query each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from procedures.choices import Level
from procedures.models.catalogue import Agency, Sector

NO_LEVEL = "chua-xac-dinh"
"""The filter value for procedures whose level is not known."""


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """Procedures by level: how many are done at each set of levels, which add up to all of them."""

    by_set: tuple[tuple[tuple[str, ...], int], ...]
    """Sets of levels with the procedures done at just these, one level first, then several, then none."""

    @property
    def total(self) -> int:
        return sum(count for _levels, count in self.by_set)

    @property
    def by_level(self) -> tuple[tuple[str, str, int], ...]:
        """Return each level, its label and its procedures. These overlap: never add them up."""
        counted: Counter[str] = Counter()
        for levels, count in self.by_set:
            counted.update(dict.fromkeys(levels, count))
        return tuple((level.value, str(level.label), counted[level]) for level in Level if counted[level])

    @property
    def several(self) -> int:
        """Return how many procedures are done at more than one level."""
        return sum(count for levels, count in self.by_set if len(levels) > 1)

    @property
    def unknown(self) -> int:
        """Return of how many procedures the level is not known."""
        return sum(count for levels, count in self.by_set if not levels)


def by_level(procedures: QuerySet) -> LevelCounts:
    """Count by sets of levels: one query, as whether a page may be seen is dear where much is private."""
    links = procedures.model.levels.through.objects.filter(procedurepage=OuterRef("pk"))
    at = {f"at_{level}": Exists(links.filter(authoritylevel=level)) for level in Level.values}
    rows = (
        procedures.order_by().annotate(**at).values(*at).annotate(count=Count("pk")).values_list(*at, "count")
    )
    sets = [
        (tuple(level for level, done in zip(Level.values, row, strict=False) if done), row[-1])
        for row in rows
    ]
    order = list(Level.values).index
    return LevelCounts(
        tuple(sorted(sets, key=lambda found: (not found[0], len(found[0]), list(map(order, found[0])))))
    )


def sectors(procedures: QuerySet) -> QuerySet:
    """Return the sectors that have a procedure, each with its `count`."""
    return _counted(Sector.objects, "procedure_links__procedure", procedures)


def agencies(procedures: QuerySet) -> QuerySet:
    """Return the agencies that have a procedure, each with its `count`."""
    return _counted(Agency.objects, "procedure_links__procedure", procedures)


def _counted(catalogue: Any, path: str, procedures: QuerySet) -> QuerySet:
    seen = procedures.order_by().values("pk")
    return catalogue.filter(**{f"{path}__in": seen}).annotate(count=Count(path, distinct=True))
