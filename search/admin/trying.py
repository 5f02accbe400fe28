"""Trying a line of the dictionary: the results of a query with it and without it, nothing saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from search import service
from search.models import SearchTerm
from search.parameters import WordsField
from search.trial import try_term

TITLE = _("Try words")
TRY, TRY_RESULTS = "search_try", "search_try_results"
PERMISSIONS = ["add", "change", "view"]


class TryForm(forms.Form):
    """A query, and the line as it stands in the form, saved or not; its fields have these names."""

    words = forms.CharField(label=_("what people say"), max_length=120)
    official = forms.CharField(label=_("official words"), max_length=200)
    both_ways = forms.BooleanField(label=_("both ways"), required=False)
    query = WordsField(label=_("A query"))
    term = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """Ask for one: without words all pages would be found."""
        words: str = self.cleaned_data["query"]
        if not words:
            raise forms.ValidationError(self.fields["words"].error_messages["required"])
        return words

    def line(self) -> SearchTerm:
        """Return the line, which is not in the database like this."""
        given = self.cleaned_data
        term = SearchTerm(
            pk=given["term"],
            words=given["words"],
            official=given["official"],
            both_ways=given["both_ways"],
        )
        term.tidy()
        return term

    def results(self) -> dict[str, Any]:
        """Return what is shown of the trial, if only what is missing."""
        if not self.is_valid():
            return {
                "sentences": [f"{capfirst(field.label)}: {error}" for field in self for error in field.errors]
            }
        try:
            return {"trial": try_term(self.cleaned_data["query"], self.line())}
        except service.SearchUnavailable:
            return {"sentences": [service.UNAVAILABLE]}


class TryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page for it."""

    model = SearchTerm
    any_permission_required = PERMISSIONS
    page_title = TITLE
    header_icon = "search"
    template_name = "search/admin/try.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Try what the address says, if it says anything."""
        form = TryForm(self.request.GET or None)
        tried = form.results() if form.is_bound else {}
        return super().get_context_data(form=form, **tried, **kwargs)


class TryResultsView(PermissionCheckedMixin, TemplateView):
    """The same as a piece of the page on which a line is edited; its whole form comes here."""

    model = SearchTerm
    any_permission_required = PERMISSIONS

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer in sentences, and always with success: the page shows nothing else."""
        return render(request, "search/admin/try_results.html", TryForm(request.POST).results())


class TryMenuItem(MenuItem):
    """Shown to those who work on the dictionary."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(SearchTerm)
        return bool(policy.user_has_any_permission(request.user, PERMISSIONS))


@hooks.register("register_admin_urls")
def try_urls() -> list[Any]:
    """Add the page and its piece to the admin."""
    return [
        path("search-words/try/", TryView.as_view(), name=TRY),
        path(
            "search-words/try/results/", TryResultsView.as_view(http_method_names=["post"]), name=TRY_RESULTS
        ),
    ]


@hooks.register("register_search_menu_item")
def try_menu_item() -> MenuItem:
    """Add the page to the menu of the search."""
    return TryMenuItem(TITLE, reverse(TRY), name="search-try", icon_name="search", order=50)
