"""What waits for a person, on the first page of the admin: each line leads to the report that has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from home.editing import forced_report, forcing
from home.linkcheck import report as dead_links
from home.models import Letter, OutsideLink, Rule
from home.rules import admin as letters
from home.rules import reviewing

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits, how much of it, and where."""

    text: str
    url: str


Waiting = Callable[[HttpRequest], Task | None]
_waiting: list[Waiting] = []


def register(waiting: Waiting) -> Waiting:
    """Have a line on the first page: a function that returns None where nothing waits for the person."""
    _waiting.append(waiting)
    return waiting


class TasksPanel(Component):
    """The lines; nothing where there are none."""

    order = 150
    template_name = "home/admin/tasks_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Add what waits for the person."""
        request = parent_context["request"]
        return {"tasks": [task for waiting in _waiting if (task := waiting(request))]}


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Put the panel before Wagtail's own."""
    panels.append(TasksPanel())


def _own(request: HttpRequest, action: str) -> Any:
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_any_permission_for(request.user, {action}).values("pk")


@register
def reviews(request: HttpRequest) -> Task | None:
    """Say how many pages are to be looked at again."""
    number = reviewing.due(timezone.localdate()).filter(pk__in=_own(request, "change")).count()
    text = ngettext("%(number)s page is to be reviewed", "%(number)s pages are to be reviewed", number)
    return Task(text % {"number": number}, reverse(reviewing.LIST)) if number else None


@register
def links(request: HttpRequest) -> Task | None:
    """Say how many links of one's pages lead nowhere."""
    dead = OutsideLink.objects.filter(dead_since__isnull=False, pages__in=_own(request, "change"))
    number = dead.distinct().count()
    text = ngettext("%(number)s link leads nowhere", "%(number)s links lead nowhere", number)
    return Task(text % {"number": number}, reverse(dead_links.LIST)) if number else None


@register
def forced(request: HttpRequest) -> Task | None:
    """Say how many pages were published without review in the last month."""
    entries = PageLogEntry.objects.filter(action=forcing.ACTION, timestamp__gt=timezone.now() - MONTH)
    number = entries.filter(page__in=_own(request, "publish")).count()
    text = ngettext(
        "%(number)s page was published without review in 30 days",
        "%(number)s pages were published without review in 30 days",
        number,
    )
    return Task(text % {"number": number}, reverse(forced_report.LIST)) if number else None


@register
def unsent(request: HttpRequest) -> Task | None:
    """Say how many letters of the last month were not sent, or only perhaps."""
    if not policy_registry.get_by_type(Rule).user_has_permission(request.user, "change"):
        return None
    states = (Letter.State.FAILED, Letter.State.UNCLEAR)
    number = Letter.objects.filter(state__in=states, made_at__gt=timezone.now() - MONTH).count()
    text = ngettext("%(number)s letter was not sent", "%(number)s letters were not sent", number)
    return Task(text % {"number": number}, reverse(letters.LIST)) if number else None
