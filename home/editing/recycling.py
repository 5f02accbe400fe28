"""The recycle bin in the admin: deleting leads into it, a report lists what is there and puts it back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home import recycling
from home.admin_lists import register_report
from home.editing.citing import citing
from home.models import BinnedPage, RecycleBin

TITLE = gettext_lazy("Recycle bin")
LIST, LIST_RESULTS, RESTORE, DELETE = "bin", "bin_results", "bin_restore", "bin_delete"
SEEN_BY = {"add", "change", "publish"}


@hooks.register("before_delete_page")
def into_the_bin(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Move the page into the bin where Wagtail deletes it; from the bin it is deleted for good."""
    if recycling.inside(page):
        return None
    parent = page.get_parent()
    if request.method != "POST":
        branch = page.get_descendants(inclusive=True)
        context = {
            "page": page,
            "below": branch.count() - 1,
            "citing": citing(branch),
            "days": recycling.DAYS,
        }
        return TemplateResponse(request, "home/admin/confirm_bin.html", context)
    recycling.put_in(page, request.user)
    _say_where(request, 1, page.get_admin_display_title())
    return redirect("wagtailadmin_explore", parent.pk)


@hooks.register("before_bulk_action")
def several_into_the_bin(request: HttpRequest, action: str, objects: Any, view: Any) -> HttpResponse | None:
    """Move pages into the bin where Wagtail deletes several at once."""
    pages = [page for page in objects if isinstance(page, Page) and not recycling.inside(page)]
    if action != "delete" or not pages:
        return None
    parent = pages[0].get_parent()
    with transaction.atomic():
        for page in sorted(pages, key=lambda page: -page.depth):
            recycling.put_in(Page.objects.get(pk=page.pk).specific, request.user)
    _say_where(request, len(pages), pages[0].get_admin_display_title())
    return redirect("wagtailadmin_explore", parent.pk)


def _say_where(request: HttpRequest, number: int, title: str) -> None:
    sentence = ngettext(
        "“%(title)s” is in the recycle bin for %(days)s days.",
        "%(number)s pages are in the recycle bin for %(days)s days.",
        number,
    )
    to_bin = messages.button(reverse(LIST), _("Recycle bin"))
    said = sentence % {"title": title, "number": number, "days": recycling.DAYS}
    messages.success(request, said, buttons=[to_bin])


@hooks.register("before_edit_page")
@hooks.register("before_copy_page")
def only_restoring(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Let nobody work on what is in the bin: it could become public there without a place."""
    return _to_the_bin(request) if recycling.inside(page) else None


@hooks.register("before_move_page")
def not_by_hand(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Let nobody move pages into the bin or out of it: what they were would be forgotten."""
    return _to_the_bin(request) if recycling.inside(page) or recycling.inside(destination) else None


@hooks.register("before_bulk_action")
def not_several_by_hand(request: HttpRequest, action: str, objects: Any, view: Any) -> HttpResponse | None:
    """Let nobody do anything but delete with several pages that are in the bin."""
    concerned = [page for page in objects if isinstance(page, Page) and recycling.inside(page)]
    return _to_the_bin(request) if concerned and action != "delete" else None


def _to_the_bin(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("This page is in the recycle bin: restore it first."))
    return redirect(LIST)


class BinView(ReportView):
    """What is in the bin of the branches that one may write in, the newest first."""

    model = BinnedPage
    page_title = TITLE
    header_icon = "bin"
    index_url_name = LIST
    index_results_url_name = LIST_RESULTS
    any_permission_required = sorted(SEEN_BY)
    no_results_message = gettext_lazy("The recycle bin is empty.")
    list_export = ("page.title", "address", "deleted_at", "deleted_by")
    export_headings = {
        "page.title": gettext_lazy("page"),
        "address": gettext_lazy("address"),
        "deleted_at": gettext_lazy("deleted at"),
        "deleted_by": gettext_lazy("deleted by"),
    }

    @property
    def permission_policy(self) -> Any:
        """Return who may write pages."""
        return policy_registry.get_by_type(Page)

    @property
    def columns(self) -> list[Column]:
        """Return the columns; the first has the buttons."""
        return [
            BinColumn("page", label=_("Page"), width="50%"),
            UserColumn("deleted_by", label=_("Deleted by")),
            DateColumn("deleted_at", label=_("Deleted at")),
        ]

    def get_filename(self) -> str:
        return "recycle-bin"

    def get_queryset(self) -> QuerySet[BinnedPage]:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, SEEN_BY)
        in_bin = Page.objects.descendant_of(RecycleBin.load())
        found = BinnedPage.objects.filter(Q(parent__in=own.values("pk")) | Q(parent__in=in_bin.values("pk")))
        if self.request.user.is_superuser:
            found = BinnedPage.objects.all()
        return found.select_related("page__content_type", "parent", "deleted_by")


class BinColumn(Column):
    """The title with the address that it had, and what can be done with it."""

    cell_template_name = "home/admin/bin_cell.html"

    def get_cell_context_data(self, instance: BinnedPage, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        user = parent_context["request"].user
        context["may_restore"], context["may_delete"] = (
            may_restore(user, instance),
            may_delete(user, instance),
        )
        context["csrf_token"] = get_token(parent_context["request"])
        return context


def may_restore(user: Any, binned: BinnedPage) -> bool:
    """Tell whether a person may put a page back: who may change it, and publish it if it was public."""
    place = recycling.place(binned)
    if user.is_superuser or place is None:
        return bool(user.is_superuser)
    above = place.permissions_for_user(user)
    own = "add" in above.permissions and binned.page.owner_id == user.pk
    allowed = above.can_publish_subpage() if binned.live else own or "change" in above.permissions
    return allowed and not getattr(binned.page.permissions_for_user(user), "is_foreign", False)


def may_delete(user: Any, binned: BinnedPage) -> bool:
    """Tell whether a person may delete a page for good: who may delete whole branches where it was."""
    place = recycling.place(binned)
    if user.is_superuser or place is None:
        return bool(user.is_superuser)
    return "bulk_delete" in place.permissions_for_user(user).permissions


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a page back."""
    binned = get_object_or_404(BinnedPage, pk=pk)
    if not may_restore(request.user, binned):
        raise PermissionDenied
    try:
        page = recycling.restore(binned, request.user)
    except recycling.CannotRestore as reason:
        messages.error(request, str(reason))
        return redirect(LIST)
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))
    title = page.specific.get_admin_display_title()
    messages.success(request, _("“%(title)s” is back in its place.") % {"title": title}, buttons=[edit])
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a page for good."""
    binned = get_object_or_404(BinnedPage, pk=pk)
    if not may_delete(request.user, binned):
        raise PermissionDenied
    title = binned.page.specific.get_admin_display_title()
    recycling.delete(binned, request.user)
    messages.success(request, _("“%(title)s” is deleted for good.") % {"title": title})
    return redirect(LIST)


@hooks.register("register_admin_urls")
def bin_urls() -> list[Any]:
    """Add what can be done with what is in the bin."""
    return [
        path("reports/bin/<int:pk>/restore/", restore, name=RESTORE),
        path("reports/bin/<int:pk>/delete/", delete, name=DELETE),
    ]


register_report(BinView, "bin", order=900)


@hooks.register("register_log_actions")
def bin_actions(actions: Any) -> None:
    """Name what happens to a page in the histories."""

    @actions.register_action(recycling.DELETED)
    class DeletedFormatter(LogFormatter):
        label = gettext_lazy("Into the recycle bin")
        message = gettext_lazy("Moved into the recycle bin")

    @actions.register_action(recycling.RESTORED)
    class RestoredFormatter(LogFormatter):
        label = gettext_lazy("Restore from the recycle bin")
        message = gettext_lazy("Restored from the recycle bin")
