"""The admin's report of who changed what in the search: the dictionary, best bets, and what people say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail.permissions import policy_registry

from search.admin import comparing  # noqa: F401  it registers itself
from search.admin.bets import BetViewSet
from search.admin.words import TermViewSet

TITLE = _("Changes of the search")
LIST, LIST_RESULTS = "search_changes", "search_changes_results"
VIEWSETS = {viewset.model: viewset for viewset in (TermViewSet, BetViewSet)}
PHRASINGS = "procedures.phrasings"
"""What the log of a page calls a change of what people say; the app that has them is not imported here."""
PERMISSIONS = ["add", "change", "delete", "view"]
KINDS = {
    "searchterm": _("Words of the search"),
    "bestbet": _("Best bets"),
    "phrasing": _("What people usually ask"),
}


class ChangeFilterSet(SiteHistoryReportFilterSet):
    """By what was changed, by whom, when, how."""

    object_type = None
    is_commenting_action = None
    kind = django_filters.ChoiceFilter(label=_("Type"), choices=list(KINDS.items()), method="filter_kind")

    class Meta(SiteHistoryReportFilterSet.Meta):
        fields: ClassVar[list[str]] = []

    def filter_kind(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the entries about one kind of thing."""
        if queryset.model is PageLogEntry:
            return queryset if value == "phrasing" else queryset.none()
        return queryset.filter(content_type__model=value)


class ChangesView(LogEntriesView):
    """The newest first: who, when, what, and what it was before."""

    page_title = TITLE
    filterset_class = ChangeFilterSet
    template_name = "search/admin/changes.html"
    results_template_name = "search/admin/changes_results.html"
    index_url_name = LIST
    index_results_url_name = LIST_RESULTS
    paginate_by = 20

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away who has no part in it."""
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the entries of one log that are about the search."""
        found = super().filter_queryset(queryset)
        if found.model is PageLogEntry:
            return found.filter(action=PHRASINGS)
        kinds = ContentType.objects.get_for_models(*VIEWSETS).values()
        phrasing = ContentType.objects.filter(app_label="procedures", model="phrasing")
        return found.filter(content_type__in=[*kinds, *phrasing])

    def decorate_paginated_queryset(self, queryset: QuerySet[Any]) -> list[Any]:
        """Add to each entry what changed, where Wagtail kept both versions."""
        entries: list[Any] = super().decorate_paginated_queryset(queryset)
        edited = [entry for entry in entries if isinstance(entry, ModelLogEntry) and entry.revision_id]
        before = dict(
            ModelLogEntry.objects.filter(pk__in=[entry.pk for entry in edited]).values_list(
                "pk", Revision.objects.previous_revision_id_subquery()
            )
        )
        revisions = Revision.objects.in_bulk({*before.values(), *(entry.revision_id for entry in edited)})
        for entry in edited:
            pair = revisions.get(before[entry.pk]), revisions.get(entry.revision_id)
            entry.differences = list(self._differences(*pair)) if all(pair) else []
        return entries

    def _differences(self, before: Revision, after: Revision) -> Iterable[Any]:
        """Compare two versions as Wagtail does on the page for it."""
        old, new = before.as_object(), after.as_object()
        handler = VIEWSETS[type(new)].edit_handler.bind_to_model(type(new))
        compared = handler.get_bound_panel(instance=new, request=self.request, form=None).get_comparison()
        return (difference for compare in compared if (difference := compare(old, new)).has_changed())


class ChangesMenuItem(MenuItem):
    """Shown to those who work on the search."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


def may_see(user: Any) -> bool:
    """Tell whether a person works on the dictionary or on best bets."""
    return any(
        policy_registry.get_by_type(model).user_has_any_permission(user, PERMISSIONS) for model in VIEWSETS
    )


@hooks.register("register_admin_urls")
def changes_urls() -> list[Any]:
    """Add the report to the admin."""
    return [
        path("reports/search-changes/", ChangesView.as_view(), name=LIST),
        path("reports/search-changes/results/", ChangesView.as_view(results_only=True), name=LIST_RESULTS),
    ]


@hooks.register("register_reports_menu_item")
def changes_menu_item() -> MenuItem:
    """Add the report to the menu."""
    return ChangesMenuItem(TITLE, reverse(LIST), name="search-changes", icon_name="history", order=660)
