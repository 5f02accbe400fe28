"""The admin's report of import conflicts, and the page on which a person decides about one."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports.base import ReportView
from wagtail.permissions import policy_registry

from home.editing import dashboard
from home.editing.forcing import needs_review
from procedures.conflicts import OURS, THEIRS, Decision, Difference, decide, differences
from procedures.importing.parts import PARTS
from procedures.models import ImportConflict, ProcedurePage

TITLE = gettext_lazy("Import conflicts")
LIST, LIST_RESULTS, DECIDE = "import_conflicts", "import_conflicts_results", "import_conflict"


class DecisionForm(forms.Form):
    """One choice a part. Refuses to decide about another page or record than the one that was shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    record = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, conflict: ImportConflict, found: list[Difference], data: Any = None) -> None:
        self.shown = {"revision": conflict.page.latest_revision_id, "record": conflict.record_hash}
        super().__init__(data, initial=dict(self.shown))
        for difference in found:
            self.fields[difference.name] = forms.ChoiceField(
                label=difference.label,
                choices=[(OURS, _("Keep what the page says")), (THEIRS, _("Take what the record says"))],
                initial=difference.suggestion or None,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the two.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if any(cleaned.get(name) != value for name, value in self.shown.items()):
            raise forms.ValidationError(
                _("The page or the record has changed since you opened this. Look at the differences again.")
            )
        return cleaned


class ConflictReport(ReportView):
    """The open conflicts of the pages that one may edit."""

    model = ImportConflict
    page_title = TITLE
    header_icon = "warning"
    index_url_name = LIST
    index_results_url_name = LIST_RESULTS
    any_permission_required = ("add", "change", "publish")
    list_export = ("page.full_code", "page.title", "labels", "found_at")
    export_headings: ClassVar[dict[str, Any]] = {
        "page.full_code": gettext_lazy("code"),
        "page.title": gettext_lazy("procedure"),
        "labels": gettext_lazy("parts that differ"),
    }
    no_results_message = gettext_lazy("No import is in conflict with an edited page.")
    columns = (
        TitleColumn(
            "page",
            label=gettext_lazy("procedure"),
            accessor=lambda conflict: f"{conflict.page.full_code} {conflict.page.title}",
            get_url=lambda conflict: reverse(DECIDE, args=[conflict.pk]),
        ),
        Column(
            "parts", label=gettext_lazy("parts that differ"), accessor=lambda conflict: labels(conflict.parts)
        ),
        DateColumn("found_at", label=gettext_lazy("found")),
    )

    @cached_property
    def permission_policy(self) -> Any:
        """Return who may edit procedures: a conflict has no permissions of its own."""
        return policy_registry.get_by_type(ProcedurePage)

    def get_filename(self) -> str:
        return "import-conflicts"

    def to_row_dict(self, item: ImportConflict) -> Any:
        item.labels = labels(item.parts)  # type: ignore[attr-defined]
        return super().to_row_dict(item)

    def get_queryset(self) -> QuerySet[ImportConflict]:
        return open_conflicts(self.request.user).select_related("page")


class ConflictView(WagtailAdminTemplateMixin, View):
    """What the page says and what the record says, side by side, with a choice for each part."""

    template_name = "procedures/admin/conflict.html"
    header_icon = "warning"
    page_title = gettext_lazy("Import conflict")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the conflict; only who may edit its page may see it."""
        super().setup(request, *args, **kwargs)
        self.conflict = get_object_or_404(
            ImportConflict.objects.select_related("page", "decided_by"), pk=kwargs["pk"]
        )
        self.permissions = self.conflict.page.permissions_for_user(request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away who may not edit the page, and whoever comes too late."""
        if not self.permissions.can_edit():
            raise PermissionDenied
        if self.conflict.state != ImportConflict.State.OPEN:
            messages.info(request, _("This conflict has been decided already."))
            return redirect(LIST)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show both sides."""
        return self._show(DecisionForm(self.conflict, self.found))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out the choices."""
        form = DecisionForm(self.conflict, self.found, request.POST)
        if self.permissions.page_locked():
            form.add_error(None, _("The page is locked. Nothing was changed."))
        if not form.is_valid():
            return self._show(form)
        decision = decide(
            self.conflict,
            form.cleaned_data,
            request.user,
            may_publish=self.permissions.can_publish() and not needs_review(self.conflict.page),
        )
        messages.success(request, _said(decision))
        return redirect(LIST)

    @cached_property
    def found(self) -> list[Difference]:
        """Return what differs now."""
        return differences(self.conflict)

    def get_page_subtitle(self) -> str:
        return self.conflict.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": TITLE},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def _show(self, form: DecisionForm) -> HttpResponse:
        context = self.get_context_data(
            conflict=self.conflict,
            form=form,
            differences=[(difference, form[difference.name]) for difference in self.found],
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.conflict.page_id]),
        )
        return self.render_to_response(context, status=200 if form.is_valid() or not form.is_bound else 422)


def open_conflicts(user: Any) -> QuerySet[ImportConflict]:
    """Return the conflicts of pages that a person may edit."""
    editable = policy_registry.get_by_type(ProcedurePage).instances_user_has_permission_for(user, "change")
    return ImportConflict.objects.filter(state=ImportConflict.State.OPEN, page__in=editable.values("pk"))


class ConflictMenuItem(MenuItem):
    """Shown to those who may edit procedures."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(ProcedurePage)
        return bool(policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


def labels(names: list[str]) -> str:
    """Return what parts are called."""
    return ", ".join(str(PARTS[name].label) for name in names if name in PARTS)


def _said(decision: Decision) -> str:
    if not decision.changed:
        return _("Decided: the page stays as it is.")
    if decision.published:
        return _("Decided: the page has been published with the parts taken from the record.")
    return _(
        "Decided: the parts taken from the record are saved as a draft. Publish the page when it is ready."
    )


@hooks.register("register_admin_urls")
def conflict_urls() -> list[Any]:
    """Add the report and its pages to the admin."""
    return [
        path("reports/import-conflicts/", ConflictReport.as_view(), name=LIST),
        path(
            "reports/import-conflicts/results/", ConflictReport.as_view(results_only=True), name=LIST_RESULTS
        ),
        path("reports/import-conflicts/<int:pk>/", ConflictView.as_view(), name=DECIDE),
    ]


@hooks.register("register_reports_menu_item")
def conflict_menu_item() -> MenuItem:
    """Add the report to the menu."""
    return ConflictMenuItem(TITLE, reverse(LIST), name="import-conflicts", icon_name="warning", order=700)


@dashboard.register
def conflicts_waiting(request: HttpRequest) -> dashboard.Task | None:
    """Say on the first page of the admin how many conflicts wait for a decision."""
    number = open_conflicts(request.user).count()
    text = ngettext("%(number)s conflict waits", "%(number)s conflicts wait", number)
    return dashboard.Task(text % {"number": number}, reverse(LIST)) if number else None
