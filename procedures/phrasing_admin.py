"""What people say, in the admin: stored with the page's form or alone in a view of its own, and logged."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.edit import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from procedures import phrasings
from procedures.models import ProcedurePage
from procedures.phrasing_fields import FIELD, Lines, PhrasingsForm, clean
from procedures.phrasings import Change

TITLE = gettext_lazy("What people usually ask")
EDIT = "procedure_phrasings"
ADD = "add"
"""The parameter of the address that holds a line to begin with."""


class PhrasingsView(WagtailAdminTemplateMixin, FormView):
    """The lines of one procedure. They are no part of its versions: a page that is locked has them open."""

    form_class = PhrasingsForm
    template_name = "procedures/admin/phrasings.html"
    page_title = TITLE
    header_icon = "openquote"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the procedure; only who may edit it sees its lines."""
        self.page = get_object_or_404(ProcedurePage.objects.defer_streamfields(), pk=kwargs["page_id"])
        self.next_url = get_valid_next_url_from_request(request)
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Return the lines of the procedure, and the one that the address brings."""
        shown = phrasings.lines_of(self.page)
        brought = clean(self.request.GET.get(ADD, ""))
        wanted = (*shown, brought) if brought and brought not in shown else shown
        return {FIELD: Lines(shown, wanted)}

    def form_valid(self, form: PhrasingsForm) -> HttpResponse:
        """Store the lines."""
        done = phrasings.change(self.page, form.lines, self.request.user)
        saved = _("Saved. %(change)s The search knows it within a minute.") % {"change": sentence(done)}
        messages.success(self.request, saved if done else _("Nothing was changed."))
        return redirect(self.next_url or reverse(EDIT, args=[self.page.pk]))

    def form_invalid(self, form: PhrasingsForm) -> HttpResponse:
        """Show what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_page_subtitle(self) -> str:
        return f"{self.page.full_code} {self.page.get_admin_display_title()}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": edit_url(self.page), "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page=self.page,
            next_url=self.next_url,
            edit_url=edit_url(self.page),
            submit_button_label=_("Save"),
            submit_button_active_label=_("Saving…"),
            **kwargs,
        )


class PhrasingsLogFormatter(LogFormatter):
    """How a change of the lines reads in the history of a page."""

    label = gettext_lazy("Change what people ask")

    def format_message(self, log_entry: Any) -> str:
        return _("What people usually ask: %(change)s") % {"change": sentence(change_of(log_entry))}

    def format_comment(self, log_entry: Any) -> str:
        change = change_of(log_entry)
        return "\n".join([*(f"+ {line}" for line in change.added), *(f"− {line}" for line in change.removed)])


def edit_url(page: Page) -> str:
    """Return where the page itself is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def change_of(log_entry: Any) -> Change:
    """Return what an entry of the log tells of."""
    data = log_entry.data
    return Change(tuple(data.get("added", ())), tuple(data.get("removed", ())))


def sentence(change: Change) -> str:
    """Say how many lines came and went."""
    added, removed = len(change.added), len(change.removed)
    parts = [
        ngettext("%(number)d line added.", "%(number)d lines added.", added) % {"number": added},
        ngettext("%(number)d line taken out.", "%(number)d lines taken out.", removed) % {"number": removed},
    ]
    return " ".join(part for part, number in zip(parts, (added, removed), strict=True) if number)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def store(request: HttpRequest, page: Page) -> None:
    """Store the lines that the form of a page came with: here, as a preview saves the form as well."""
    form = PhrasingsForm(request.POST)
    if isinstance(page, ProcedurePage) and form.is_valid():
        phrasings.change(page, form.lines, request.user)


@hooks.register("register_log_actions")
def register_action(actions: Any) -> None:
    """Have changes of the lines in the history of the page, and in the report of all."""
    actions.register_action(phrasings.ACTION)(PhrasingsLogFormatter)


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead to the lines from the header of a procedure."""
    return _buttons(page, user, next_url)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Lead to the lines from the row of a procedure."""
    return _buttons(page, user, next_url)


def _buttons(page: Page, user: Any, next_url: str | None) -> Iterator[Button]:
    if page.specific_class is ProcedurePage and page.permissions_for_user(user).can_edit():
        url = reverse(EDIT, args=[page.pk])
        query = f"?{urlencode({'next': next_url})}" if next_url else ""
        yield Button(TITLE, url + query, icon_name="openquote", priority=12)


@hooks.register("register_admin_urls")
def phrasing_urls() -> list[Any]:
    """Add the view to the admin."""
    return [path("procedures/phrasings/<int:page_id>/", PhrasingsView.as_view(), name=EDIT)]
