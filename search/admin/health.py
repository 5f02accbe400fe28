"""The admin's report of how the index is: what waits, what is refused, rebuilds, checks; and a panel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic.base import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from search import health
from search.models import IndexCheck, OutboxEntry, Rebuild
from search.outbox import schedule_drain

TITLE = _("State of the index")
REPORT, RETRY = "search_health", "search_health_retry"
LISTED, REFUSED_LISTED = 10, 100
CHECK_DUE = timedelta(hours=36)
"""Checks come every night: one that is older has been missed."""
KINDS = {"missing": _("Missing"), "stale": _("Out of date"), "ghosts": _("Not to be seen")}


def may(user: Any, *actions: str) -> bool:
    """Tell whether a person may do one of these with the changes for the index."""
    return bool(ModelPermissionPolicy(OutboxEntry).user_has_any_permission(user, actions))


class HealthView(WagtailAdminTemplateMixin, TemplateView):
    """One page for those who look after the index."""

    template_name = "search/admin/health.html"
    page_title = TITLE
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away all others."""
        if not may(request.user, "view", "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the figures, and the newest rows of each kind."""
        rows = list(health.refused_documents()[:REFUSED_LISTED])
        pages = Page.objects.in_bulk({row.page_id for row in rows})
        return super().get_context_data(
            **state(),
            refused=[(row, pages.get(row.page_id)) for row in rows],
            rebuilds=[(run, run.heartbeat_at - run.started_at) for run in Rebuild.objects.all()[:LISTED]],
            checks=[(check, _differences(check)) for check in IndexCheck.objects.all()[:LISTED]],
            may_retry=may(self.request.user, "change"),
            **kwargs,
        )


def state() -> dict[str, Any]:
    """Return what the report and the panel both begin with."""
    figures = health.read()
    check = health.last_check()
    return {
        "figures": figures,
        "oldest": timezone.now() - timedelta(seconds=figures.oldest_seconds),
        "check": check,
        "worry": _worry(check),
    }


def _worry(check: IndexCheck | None) -> Promise | str:
    """Return what is wrong with the last check, in a sentence; nothing if it is as it should be."""
    since = timezone.now() - CHECK_DUE
    if check is None:
        return _("The index was never checked.") if Rebuild.objects.filter(started_at__lt=since) else ""
    if check.error:
        return _("The last check came to no result.")
    if check.left:
        return _("The last check found differences that were not repaired.")
    if check.started_at < since:
        return _("The last check was more than 36 hours ago: does the clock of the tasks run?")
    return ""


def _differences(check: IndexCheck) -> list[tuple[Promise, int, list[int]]]:
    return [
        (label, count, check.examples.get(kind, []))
        for kind, label in KINDS.items()
        if (count := getattr(check, kind))
    ]


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Have refused documents tried again now: the one whose row is named, or all."""
    if not may(request.user, "change"):
        raise PermissionDenied
    rows = health.refused_documents()
    if named := request.POST.get("row"):
        rows = rows.filter(pk=named) if named.isdecimal() else rows.none()
    with transaction.atomic():
        count = rows.update(retry_at=None)
        schedule_drain()
    messages.success(
        request,
        ngettext(
            "%(count)s document is tried again now. Look here again in a moment.",
            "%(count)s documents are tried again now. Look here again in a moment.",
            count,
        )
        % {"count": count}
        if count
        else gettext("This document is not refused any more."),
    )
    return redirect(REPORT)


class HealthPanel(Component):
    """On the dashboard of those who look after the index: what waits, and how the last check ended."""

    name = "search_health"
    template_name = "search/admin/health_panel.html"
    order = 220

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        """Return nothing for all others."""
        context = parent_context or {}
        return super().render_html(context) if may(context["request"].user, "view", "change") else ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        return state()


class HealthMenuItem(MenuItem):
    """Shown to those who look after the index."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "view", "change")


@hooks.register("register_admin_urls")
def health_urls() -> list[Any]:
    """Add the report to the admin."""
    return [
        path("reports/index/", HealthView.as_view(), name=REPORT),
        path("reports/index/retry/", retry, name=RETRY),
    ]


@hooks.register("register_reports_menu_item")
def health_menu_item() -> MenuItem:
    """Add the report to the menu."""
    return HealthMenuItem(TITLE, reverse(REPORT), name="search-health", icon_name="view", order=670)


@hooks.register("construct_homepage_panels")
def health_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Add the panel to the dashboard."""
    panels.append(HealthPanel())


@hooks.register("register_permissions")
def health_permissions() -> QuerySet[Permission]:
    """Let groups be given the report."""
    return Permission.objects.filter(
        content_type__app_label="search", codename__in=["view_outboxentry", "change_outboxentry"]
    )
