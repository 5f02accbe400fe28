"""The admin's report of procedures for which nobody has written what people say, the most opened first."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import NumberColumn, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.permissions import policy_registry

from home.admin_lists import register_report
from procedures.models import Phrasing, ProcedurePage
from procedures.phrasing_admin import EDIT
from procedures.snippets import EDITING
from search.documents import opened_counts

TITLE = gettext_lazy("Procedures without what people ask")
OPENED = gettext_lazy("opened in 90 days")
LIST, LIST_RESULTS = "phrasings_missing", "phrasings_missing_results"
MOST_OPENED = 500
"""How many pages are put in the order of how often they are opened; the others follow by name."""


class MissingReport(ReportView):
    """Those that the public sees and that one may edit."""

    model = ProcedurePage
    page_title = TITLE
    header_icon = "openquote"
    index_url_name = LIST
    index_results_url_name = LIST_RESULTS
    any_permission_required = EDITING
    no_results_message = gettext_lazy("For each procedure it is known what people ask.")
    list_export = ("full_code", "title", "opened", "full_url")
    export_headings = {
        "full_code": gettext_lazy("code"),
        "title": gettext_lazy("name"),
        "opened": OPENED,
        "full_url": gettext_lazy("address"),
    }
    columns = (
        TitleColumn(
            "title",
            label=gettext_lazy("procedure"),
            accessor=lambda page: f"{page.full_code} {page.title}",
            get_url=lambda page: address(page),
        ),
        NumberColumn("opened", label=OPENED),
    )

    @cached_property
    def permission_policy(self) -> Any:
        """Return who may edit procedures."""
        return policy_registry.get_by_type(ProcedurePage)

    def get_filename(self) -> str:
        return "procedures-without-phrasings"

    def get_queryset(self) -> QuerySet[ProcedurePage]:
        editable = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        said = Phrasing.objects.filter(procedure=OuterRef("pk"), enabled=True)
        missing = ProcedurePage.objects.visible().filter(~Exists(said), pk__in=editable.values("pk"))
        ranked = missing.defer_streamfields().annotate(opened=_number(opened_counts(MOST_OPENED)))
        return ranked.order_by("-opened", "sort_key", "pk")


def address(page: ProcedurePage) -> str:
    """Return where the lines of a procedure are written, and from where one comes back to the report."""
    return f"{reverse(EDIT, args=[page.pk])}?{urlencode({'next': reverse(LIST)})}"


def _number(counts: Mapping[int, int]) -> Case:
    """Count in the database what was counted elsewhere."""
    cases = (When(pk=page_id, then=Value(times)) for page_id, times in counts.items())
    return Case(*cases, default=Value(0), output_field=IntegerField())


register_report(MissingReport, "phrasings", name="phrasings-missing", order=710)
