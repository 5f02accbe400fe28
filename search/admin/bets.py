"""Best bets in the admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import UserColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from search import bets
from search.admin.columns import YesNoColumn
from search.models import BestBet

QUERY_HELP = gettext_lazy(
    "As people type it. Marks and capital letters make no difference: “hoa giai” is “hòa giải”."
)
DAYS_HELP = gettext_lazy("Both days are included, in Vietnamese time; without a day there is no limit.")


class BetForm(WagtailAdminModelForm):
    """Belongs to whoever makes it, unless said otherwise; names each page once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.for_user:
            self.initial["owner"] = self.for_user.pk

    def clean(self) -> dict[str, Any]:
        """Refuse a page that is named twice, first and not at all above all, and a query without a word."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("query") and not bets.key_of(cleaned["query"]):
            self.add_error("query", _("There is no word in this."))
        seen: dict[int, str] = {}
        for row in self.formsets["pages"].forms:
            given = row.cleaned_data if row.is_valid() else {}
            if given.get("DELETE") or not given.get("page"):
                continue
            page, action = given["page"], given["action"]
            if seen.setdefault(page.pk, action) != action:
                row.add_error("page", ValidationError(_("This page is to come first and not at all.")))
                self.add_error(None, _("“%(page)s” is to come first and not at all.") % {"page": page.title})
        return cleaned

    def save(self, commit: bool = True) -> BestBet:
        """Save it; it works in this process at once, in others within a minute."""
        saved: BestBet = super().save(commit=commit)
        transaction.on_commit(bets.forget)
        return saved


class NoAutosaveMixin:
    """Wagtail would save a best bet every half second while it is typed, and people would see it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.autosave_enabled = False
        return super().get_context_data(**kwargs)  # type: ignore[misc]


class BetCreateView(NoAutosaveMixin, CreateView):
    """A new one; the address may bring its query, as the list of failed searches does."""

    def get_initial(self) -> dict[str, Any]:
        """Take the query from the address."""
        given = {"query": self.request.GET["query"]} if "query" in self.request.GET else {}
        return super().get_initial() | given


class BetEditView(NoAutosaveMixin, EditView):
    """A best bet."""


class BetViewSet(SnippetViewSet):
    """Kết quả ghim."""

    model = BestBet
    icon = "pick"
    copy_view_enabled = False
    add_view_class = BetCreateView
    edit_view_class = BetEditView
    list_display = [
        "query",
        "match",
        "starts_on",
        "ends_on",
        UserColumn("owner", label=gettext_lazy("Owner")),
        YesNoColumn(
            "active", label=gettext_lazy("Active today"), accessor=lambda bet: bet.is_active(bets.today())
        ),
    ]
    list_filter = ["match", "owner"]
    list_export = ["query", "match", "starts_on", "ends_on", "owner", "note", "updated_at"]
    search_fields = ["query", "note"]
    edit_handler = ObjectList(
        [
            FieldPanel("query", help_text=QUERY_HELP),
            FieldPanel("match"),
            InlinePanel(
                "pages",
                heading=gettext_lazy("Pages"),
                label=gettext_lazy("Page"),
                panels=[FieldPanel("page"), FieldPanel("action")],
                min_num=1,
            ),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], help_text=DAYS_HELP),
            FieldPanel("owner"),
            FieldPanel("note"),
        ],
        base_form_class=BetForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[BestBet]:
        """Return all of them, with their owners."""
        return BestBet.objects.select_related("owner__wagtail_userprofile")
