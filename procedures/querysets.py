"""Procedures and decisions, in the words of the domain."""

import re
from typing import Self

from django.db.models import Case, F, Q, When
from wagtail.models import PageManager as WagtailPageManager

from home.querysets import PortalPageQuerySet

SUFFIX = re.compile(r"(?P<base>.+?)\.(?P<suffix>\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})")
"""A national code and what an office adds to it: `1.001193` and `000.00.00.H34`."""


def _split(code: str) -> tuple[str, str]:
    """Return a code and its suffix, "" where it has none."""
    found = SUFFIX.fullmatch(code)
    return (found["base"], found["suffix"]) if found else (code, "")


class ProcedurePageQuerySet(PortalPageQuerySet):
    """Procedures."""

    def with_code(self, code: str) -> Self:
        """Those of a code, written with its suffix (`1.001193.000.00.00.H34`) or without; the very one first.

        A suffix that no page has leads to the pages of its base code.
        """
        base, suffix = _split(code)
        exactly = Q(code=code, code_suffix="") | Q(code=base, code_suffix=suffix)
        rank = Case(When(exactly, then=0), default=1)
        return self.filter(Q(code=code) | Q(code=base)).order_by(rank, "code_suffix", "pk")

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


ProcedurePageManager = WagtailPageManager.from_queryset(ProcedurePageQuerySet)
DecisionPageManager = WagtailPageManager.from_queryset(DecisionPageQuerySet)
