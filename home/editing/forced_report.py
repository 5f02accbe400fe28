"""The admin's report of pages that were published without review: which, when, by whom, why."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from home.admin_lists import register_report
from home.editing.forcing import ACTION

TITLE = _("Published without review")
LIST, LIST_RESULTS = "forced_publications", "forced_publications_results"
SEEN_BY = ["publish"]


class ForcedFilterSet(WagtailFilterSet):
    """By day."""

    timestamp = django_filters.DateFromToRangeFilter(
        label=_("Date"), widget=django_filters.widgets.DateRangeWidget
    )

    class Meta:
        model = PageLogEntry
        fields: ClassVar[list[str]] = []


class ForcedReport(ReportView):
    """The newest first, of the pages that one may publish."""

    model = PageLogEntry
    page_title = TITLE
    header_icon = "warning"
    index_url_name = LIST
    index_results_url_name = LIST_RESULTS
    any_permission_required = SEEN_BY
    no_results_message = _("No page was published without review.")
    list_export = ("timestamp", "label", "user_display_name", "reason")
    export_headings = {
        "timestamp": _("time"),
        "label": _("page"),
        "user_display_name": _("person"),
        "reason": _("reason"),
    }
    columns = (
        TitleColumn(
            "label",
            label=_("Page"),
            get_url=lambda entry: reverse("wagtailadmin_pages:history", args=[entry.page_id]),
        ),
        Column("reason", label=_("Reason"), accessor=lambda entry: entry.data.get("reason", "")),
        UserColumn("user", label=_("Person")),
        DateColumn("timestamp", label=_("Time")),
    )

    @property
    def permission_policy(self) -> Any:
        """Return who may publish pages."""
        return policy_registry.get_by_type(Page)

    def get_filename(self) -> str:
        return "published-without-review"

    def to_row_dict(self, item: PageLogEntry) -> Any:
        item.reason = item.data.get("reason", "")
        return super().to_row_dict(item)

    def get_queryset(self) -> QuerySet[PageLogEntry]:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, set(SEEN_BY))
        return PageLogEntry.objects.filter(action=ACTION, page__in=own.values("pk")).select_related("user")


register_report(ForcedReport, "forced", order=720)
