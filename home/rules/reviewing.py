"""Pages that somebody is to look at again: a report, and letters on the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

import django_filters
from django.apps import apps
from django.db.models import DateField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import DateColumn, TitleColumn, UserColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.admin_lists import register_report
from home.models import Event, MaintainedPage
from home.querysets import InRecycleBin
from home.rules.telling import tell

TITLE = _("Pages to review")
LIST, LIST_RESULTS = "reviews", "reviews_results"
AHEAD = timedelta(days=14)
"""How long before the day a page stands in the report."""
SEEN_BY = ["add", "change", "publish"]


def models() -> list[type[MaintainedPage]]:
    """Return the page types that have a day of review."""
    return [model for model in apps.get_models() if issubclass(model, MaintainedPage)]


def due(by: date) -> QuerySet[Page]:
    """Return the pages that are to be looked at by a day, with that day as `review`, the oldest first."""
    days = [
        Subquery(model.objects.filter(pk=OuterRef("pk")).values("review_on")[:1], output_field=DateField())
        for model in models()
    ]
    found = Page.objects.annotate(review=Coalesce(*days)).filter(review__lte=by)
    return found.exclude(InRecycleBin("path")).order_by("review", "pk")


def remind() -> int:
    """Tell of the pages whose day has come: the owner, the last to publish, and whom the rules name; once."""
    pages = due(timezone.localdate()).select_related("owner", "latest_revision__user")
    for page in pages:
        people = {page.owner, getattr(page.latest_revision, "user", None)} - {None}
        also = [person.email for person in people if person.is_active]
        tell(Event.REVIEW, page, f"page {page.pk} {page.review:%Y-%m-%d}", also=also)
    return len(pages)


class ReviewFilterSet(WagtailFilterSet):
    """By the day."""

    review = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = []


class ReviewReport(ReportView):
    """Those of the next two weeks and the overdue, of the pages that one may edit."""

    model = Page
    page_title = TITLE
    header_icon = "calendar-check"
    index_url_name = LIST
    index_results_url_name = LIST_RESULTS
    filterset_class = ReviewFilterSet
    any_permission_required = SEEN_BY
    no_results_message = _("No page is to be reviewed in the next two weeks.")
    list_export = ("title", "review", "owner", "full_url")
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("page"),
        "review": _("review on"),
        "owner": _("person"),
        "full_url": _("address"),
    }
    columns = (
        TitleColumn(
            "title",
            label=_("Page"),
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        DateColumn("review", label=_("Review on")),
        UserColumn("owner", label=_("Person")),
    )

    @property
    def permission_policy(self) -> Any:
        """Return who may write pages."""
        return policy_registry.get_by_type(Page)

    def get_filename(self) -> str:
        return "reviews"

    def get_queryset(self) -> QuerySet[Page]:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"change"})
        found = due(timezone.localdate() + AHEAD).filter(pk__in=own.values("pk"))
        return found.select_related("owner")


register_report(ReviewReport, "reviews", order=700)
