"""The admin's report of links that lead nowhere: since when, what they answer, and where they stand."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.admin_lists import register_report
from home.models import OutsideLink

TITLE = _("Dead links")
LIST, LIST_RESULTS = "dead_links", "dead_links_results"
SEEN_BY = ["add", "change", "publish"]


class LinkFilterSet(WagtailFilterSet):
    """By the day on which it was first seen dead, and by words of the address."""

    dead_since = django_filters.DateFromToRangeFilter(label=_("Dead since"), widget=DateRangePickerWidget)
    url = django_filters.CharFilter(label=_("Address"), lookup_expr="icontains")

    class Meta:
        model = OutsideLink
        fields: ClassVar[list[str]] = []


class LinkColumn(Column):
    """The address, with the pages that link to it."""

    cell_template_name = "home/admin/dead_link_cell.html"


class DeadLinksReport(ReportView):
    """Those that pages which one may edit link to, the longest dead first."""

    model = OutsideLink
    page_title = TITLE
    header_icon = "link"
    index_url_name = LIST
    index_results_url_name = LIST_RESULTS
    filterset_class = LinkFilterSet
    any_permission_required = SEEN_BY
    list_export = ("url", "said", "dead_since", "checked_at", "where")
    export_headings: ClassVar[dict[str, Any]] = {"where": _("pages"), "said": _("answer")}
    columns = (
        LinkColumn("url", label=_("Address"), width="50%"),
        Column("said", label=_("Answer")),
        DateColumn("dead_since", label=_("Dead since")),
        DateColumn("checked_at", label=_("Last asked")),
    )

    @property
    def permission_policy(self) -> Any:
        """Return who may write pages."""
        return policy_registry.get_by_type(Page)

    @property
    def no_results_message(self) -> Any:
        """Return what an empty list means: nothing is dead, or nothing was asked yet."""
        if OutsideLink.objects.filter(checked_at__isnull=False).exists():
            return _("Every link to another site leads somewhere.")
        return _("No link was checked yet: that is done at night.")

    def get_filename(self) -> str:
        return "dead-links"

    def to_row_dict(self, item: OutsideLink) -> Any:
        item.where = ", ".join(page.full_url or page.title for page in item.pages.all())  # type: ignore[attr-defined]
        return super().to_row_dict(item)

    def get_queryset(self) -> QuerySet[OutsideLink]:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"change"})
        dead = OutsideLink.objects.filter(dead_since__isnull=False, pages__in=own.values("pk"))
        return dead.distinct().prefetch_related("pages").order_by("dead_since", "pk")


register_report(DeadLinksReport, "dead-links", order=705)
