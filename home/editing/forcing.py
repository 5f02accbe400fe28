"""Publishing without the legal review: possible for who may publish, with a reason that stays on record.

Wagtail lets who may publish do so past the workflow. Here the button saves the draft and leads to a page that
asks why; ways that publish several pages at once, or a copy, lead back to the editor of each page.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page, PageLogEntry

from home import preflight
from home.models import Event, ReviewTask
from home.rules.telling import tell

ACTION = "home.force_publish"
VIEW = "force_publish"


class ReasonForm(forms.Form):
    """Asks why a page is not reviewed first."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it published without review?"),
        help_text=gettext_lazy("Stays on record and stands in the report of such publications."),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Give the reason."),
            "min_length": gettext_lazy("Give the reason in a sentence."),
        },
    )


def needs_review(page: Page) -> bool:
    """Tell whether the way of a page to the public leads over a review."""
    workflow = page.get_workflow()
    return workflow is not None and ReviewTask.objects.filter(workflow_tasks__workflow=workflow).exists()


class ForceView(View):
    """Asks for the reason, and publishes the newest version of a page or schedules it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Turn away who may not publish the page, or may not touch it now."""
        self.page: Any = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        permissions = self.page.permissions_for_user(request.user)
        if not permissions.can_publish() or permissions.page_locked():
            raise PermissionDenied
        self.revision = self.page.get_latest_revision()
        if self.revision is None or self.page.alias_of_id:
            raise PermissionDenied
        self.draft = self.revision.as_object()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Show what will be published, and ask why."""
        return self._form(request, ReasonForm())

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Publish, and write the reason into the page's history."""
        form = ReasonForm(request.POST)
        if not form.is_valid() or preflight.blocking(self.draft):
            return self._form(request, form)
        log(self.page, ACTION, user=request.user, revision=self.revision, data=form.cleaned_data)
        tell(Event.FORCED, self.page, f"version {self.revision.pk}", form.cleaned_data["reason"])
        PublishPageRevisionAction(self.revision, user=request.user).execute()
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[self.page.pk]), _("Edit"))
        title = self.draft.get_admin_display_title()
        said = _("“%(title)s” goes public without review. The reason is on record.") % {"title": title}
        messages.success(request, said, buttons=[edit])
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)

    def _form(self, request: HttpRequest, form: ReasonForm) -> HttpResponse:
        context = {
            "page": self.draft,
            "form": form,
            "workflow": self.page.get_workflow(),
            "blocking": preflight.blocking(self.draft),
        }
        return TemplateResponse(request, "home/admin/force_publish.html", context)


@hooks.register("before_publish_page")
def ask_why(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask for the reason before a page goes past its review: the draft is saved by now."""
    if not needs_review(page):
        return None
    if page.live and page.live_revision_id is None and page.first_published_at is None:
        page.live, page.has_unpublished_changes = False, True  # Wagtail adds a new page as a live one
        page.save(clean=False)
    return redirect(VIEW, page.pk)


@hooks.register("before_bulk_action")
def not_several_at_once(request: HttpRequest, action: str, objects: Any, view: Any) -> HttpResponse | None:
    """Publish no pages at once that are to be reviewed."""
    waiting = [page for page in objects if isinstance(page, Page) and needs_review(page)]
    if action != "publish" or not waiting:
        return None
    sentence = _("%(title)s is to be reviewed: open it to submit it, or to publish it with a reason.")
    messages.error(request, sentence % {"title": waiting[0].get_admin_display_title()})
    return redirect("wagtailadmin_explore", waiting[0].get_parent().pk)


@hooks.register("before_copy_page")
def no_public_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Copy a page as a draft only: a public copy, or an alias, would never have been reviewed there."""
    wanted = {"publish_copies", "alias"} & set(request.POST)
    if request.method != "POST" or not wanted or not needs_review(page):
        return None
    messages.error(
        request, _("Copy it as a draft, without “publish” and “alias”: the copy is to be reviewed.")
    )
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("register_admin_urls")
def force_urls() -> list[Any]:
    """Add the page that asks for the reason."""
    return [path("pages/<int:page_id>/force/", ForceView.as_view(), name=VIEW)]


@hooks.register("register_log_actions")
def force_action(actions: Any) -> None:
    """Name it in the histories."""

    @actions.register_action(ACTION)
    class ForceFormatter(LogFormatter):
        label = gettext_lazy("Publish without review")

        def format_message(self, entry: PageLogEntry) -> SafeString:
            """Say it with the reason."""
            return format_html("{}: {}", _("Published without review"), entry.data.get("reason", ""))
