"""Rules in the admin, and what became of the letters."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.admin_lists import register_report
from home.models import Letter, Rule

LIST, LIST_RESULTS = "letters", "letters_results"
TITLE = _("Letters sent")


class RuleForm(WagtailAdminModelForm):
    """Wants somebody who is told."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("people") and not cleaned.get("addresses") and "addresses" not in self.errors:
            self.add_error("addresses", _("Choose a person, or write an address: otherwise nobody is told."))
        return cleaned


class RuleViewSet(SnippetViewSet):
    """Quy tắc báo tin."""

    model = Rule
    icon = "mail"
    menu_label = _("Rules")
    menu_order = 840
    add_to_settings_menu = True
    list_export: ClassVar[list[str]] = [
        "name",
        "branch",
        "events",
        "addresses",
        "get_digest_display",
        "enabled",
    ]
    list_display: ClassVar[list[Any]] = ["name", "branch", Column("digest", label=_("When")), "enabled"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            PageChooserPanel("branch"),
            FieldPanel("events"),
            FieldPanel("people", widget=CheckboxSelectMultiple),
            FieldPanel("addresses"),
            FieldRowPanel([FieldPanel("digest"), FieldPanel("enabled")]),
        ],
        base_form_class=RuleForm,
    )


register_snippet(RuleViewSet)


class LetterFilterSet(WagtailFilterSet):
    """By day, state, recipient."""

    made_at = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    state = django_filters.ChoiceFilter(label=_("State"), choices=Letter.State.choices)
    to = django_filters.CharFilter(label=_("To"), lookup_expr="icontains")

    class Meta:
        model = Letter
        fields: ClassVar[list[str]] = []


class LetterReport(ReportView):
    """The newest first, for those who make rules. What a letter says is not shown: it may be secret."""

    model = Letter
    page_title = TITLE
    header_icon = "mail"
    index_url_name = LIST
    index_results_url_name = LIST_RESULTS
    filterset_class = LetterFilterSet
    no_results_message = _("No letter was written.")
    list_export = ("made_at", "to", "subject", "state", "tries", "sent_at", "error")
    columns = (
        Column("subject", label=_("Subject")),
        Column("to", label=_("To")),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("error", label=_("Error")),
        DateColumn("made_at", label=_("Time")),
    )

    @property
    def permission_policy(self) -> Any:
        """Return who may make rules."""
        return policy_registry.get_by_type(Rule)

    permission_required = "change"

    def get_filename(self) -> str:
        return "letters"

    def get_queryset(self) -> QuerySet[Letter]:
        return Letter.objects.defer("body", "html", "headers")


register_report(LetterReport, "letters", order=740)
