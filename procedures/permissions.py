"""Who may touch a procedure or a decision: people of an agency only what is their agency's.

What a person may do comes from groups, each with its branch (Wagtail's own). Who works for agencies
(`Agency.people`) may do it, among procedures and decisions, only with those of their agencies: of the
agencies themselves, of their parts, and of those that they succeed. Who works for none is not bound.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, PagePermissionTester

from procedures.choices import AgencyRole
from procedures.models.catalogue import Agency, AgencyPerson

RESPONSIBLE = (AgencyRole.IMPLEMENTING, AgencyRole.COMPETENT)
"""Roles that make a procedure an agency's own; who only receives or coordinates does not write it."""

_CACHED = "_agencies_and_their_pages"


class AgencyPermissionTester(PagePermissionTester):
    """Wagtail's, for which a page of another agency is as one in a branch without any right."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.is_foreign = not may_touch(user, page)
        if self.is_foreign:
            self.permissions: set[str] = set()

    def can_edit(self) -> bool:
        """Refuse a foreign page to its author and its reviewers, too."""
        return not self.is_foreign and super().can_edit()

    def can_submit_for_moderation(self) -> bool:
        """Refuse a foreign page, which Wagtail leaves to the form that offers it."""
        return not self.is_foreign and super().can_submit_for_moderation()

    def can_lock(self) -> bool:
        """Refuse a foreign page to its reviewers."""
        return not self.is_foreign and super().can_lock()

    def can_unlock(self) -> bool:
        """Refuse a foreign page to its reviewers, and to who locked it."""
        return not self.is_foreign and super().can_unlock()


def agencies_of(user: Any) -> frozenset[int]:
    """Return the keys of the agencies whose pages a person may touch; none for who is not bound."""
    return _bounds(user)[0]


def may_touch(user: Any, page: Page) -> bool:
    """Tell whether a page is of no other agency than the person's."""
    if user.is_superuser or not user.is_active:
        return True  # Wagtail decides about both before it looks at anything
    agencies, pages = _bounds(user)
    return not agencies or page.pk is None or page.pk in pages


def foreign_below(user: Any, page: Page) -> bool:
    """Tell whether below a page lie procedures or decisions of other agencies than the person's."""
    agencies, pages = _bounds(user)
    if user.is_superuser or not agencies or page.is_leaf():
        return False
    kinds = ContentType.objects.get_for_models(*map(_model, ("ProcedurePage", "DecisionPage"))).values()
    below = page.get_descendants().filter(content_type__in=kinds).values_list("pk", flat=True)
    return not pages.issuperset(below)


def _model(name: str) -> type[Any]:
    """Return a model of this app, which imports this module."""
    return apps.get_model("procedures", name)


def _bounds(user: Any) -> tuple[frozenset[int], frozenset[int]]:
    """Return the agencies that a person is bound to, and the pages of these: read once for a request."""
    bounds: tuple[frozenset[int], frozenset[int]] | None = getattr(user, _CACHED, None)
    if bounds is None:
        agencies = _with_parts_and_predecessors(
            AgencyPerson.objects.filter(user=user).values_list("agency", flat=True)
        )
        bounds = agencies, _pages_of(user, agencies) if agencies else frozenset()
        setattr(user, _CACHED, bounds)
    return bounds


def _with_parts_and_predecessors(own: Any) -> frozenset[int]:
    found, new = set[int](), set(own)
    while new:
        found |= new
        below = Agency.objects.filter(Q(parent__in=new) | Q(successor__in=new))
        new = set(below.values_list("pk", flat=True)) - found
    return frozenset(found)


def _pages_of(user: Any, agencies: frozenset[int]) -> frozenset[int]:
    """Return the procedures and decisions of agencies, and a person's drafts that name none yet."""
    ProcedurePage, DecisionPage, ProcedureAgency = map(
        _model, ("ProcedurePage", "DecisionPage", "ProcedureAgency")
    )
    named = ProcedureAgency.objects.filter(procedure=OuterRef("pk"), role__in=RESPONSIBLE)
    procedures = ProcedurePage.objects.annotate(
        is_own=Exists(named.filter(agency__in=agencies)), is_named=Exists(named)
    ).filter(Q(is_own=True) | Q(is_named=False, owner=user))
    decisions = DecisionPage.objects.filter(Q(issuer__in=agencies) | Q(issuer=None, owner=user))
    return frozenset(
        [*procedures.values_list("pk", flat=True), *decisions.values_list("pk", flat=True)],
    )
