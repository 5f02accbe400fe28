"""Procedures and decisions, in the words of the domain."""

from datetime import date
from typing import Self

from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import PageManager as WagtailPageManager

from home.querysets import PortalPageQuerySet


class ProcedurePageQuerySet(PortalPageQuerySet):
    """Procedures."""

    def with_code(self, code: str) -> Self:
        """Those of a code, written with its suffix (`1.001193.000.00.00.H34`) or without."""
        base = ".".join(code.split(".")[:2])
        return self.filter(Q(code=code) | Q(code=base)).order_by("-code", "pk")

    def in_sector(self, slug: str) -> Self:
        return self.filter(sector_links__sector__slug=slug).distinct()

    def at_level(self, slug: str) -> Self:
        return self.filter(levels=slug)

    def of_agency(self, slug: str) -> Self:
        return self.filter(agency_links__agency__slug=slug).distinct()


class DecisionPageQuerySet(PortalPageQuerySet):
    """Decisions."""

    def newest(self) -> Self:
        return self.order_by(F("date_signed").desc(nulls_last=True), "-pk")

    def in_force(self, on: date | None = None) -> Self:
        """Those in force on a day, today by default."""
        return self.filter(date_in_force__lte=on or timezone.localdate())


ProcedurePageManager = WagtailPageManager.from_queryset(ProcedurePageQuerySet)
DecisionPageManager = WagtailPageManager.from_queryset(DecisionPageQuerySet)
