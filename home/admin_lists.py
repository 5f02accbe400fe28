"""What lists and reports of the admin have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views.reports.base import ReportView
from wagtail.snippets.views.snippets import IndexView


class ReadOnlyIndexView(IndexView):
    """A list of which nothing can be done to several rows at once."""

    @cached_property
    def columns(self) -> list[Column]:
        """Return the columns without the one of the boxes."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class ReportMenuItem(MenuItem):
    """Leads to a report, and is shown to those who may see it."""

    def __init__(self, view: type[ReportView], name: str, order: int) -> None:
        self.view = view
        address = reverse(view.index_url_name)
        super().__init__(view.page_title, address, name=name, icon_name=view.header_icon, order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask what the report itself asks of who opens it."""
        wanted = [self.view.permission_required] if self.view.permission_required else []
        wanted += self.view.any_permission_required or []
        return bool(self.view().permission_policy.user_has_any_permission(request.user, set(wanted)))


def register_report(view: type[ReportView], place: str, *, name: str = "", order: int) -> None:
    """Add a report to the admin at `reports/<place>/`, and to the menu of reports."""

    def urls() -> list[Any]:
        return [
            path(f"reports/{place}/", view.as_view(), name=view.index_url_name),
            path(
                f"reports/{place}/results/",
                view.as_view(results_only=True),
                name=view.index_results_url_name,
            ),
        ]

    hooks.register("register_admin_urls", urls)
    hooks.register("register_reports_menu_item", lambda: ReportMenuItem(view, name or place, order))
