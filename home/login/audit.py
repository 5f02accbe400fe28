"""Who logged in, who could not, who changed a second factor: in Wagtail's log, and as a report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, Final

import django_filters
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry
from wagtail.permissions import policy_registry

from home.admin_lists import register_report
from home.models import User
from home.networks import network

TITLE = _("Logins")
LIST, LIST_RESULTS = "logins", "logins_results"
KEPT: Final = timedelta(days=365)
"""How long the record is kept."""
ACTIONS: Final = {
    "home.login": _("Logged in"),
    "home.logout": _("Logged out"),
    "home.login_failed": _("Wrong password"),
    "home.locked_out": _("Locked out after too many wrong passwords"),
    "home.second_factor_failed": _("Wrong code of the second factor"),
    "home.second_factor_added": _("Second factor set up"),
    "home.second_factor_removed": _("Second factor removed"),
}


def note(action: str, request: HttpRequest | None, user: Any) -> None:
    """Write a line about a person of the house, with the address of who did it; other names are not kept."""
    if isinstance(user, User):
        address = network(request) if request else ""
        log(user, f"home.{action}", user=user, data={"address": address}, content_changed=False)


@receiver(user_logged_in)
def logged_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    note("login", request, user)


@receiver(user_logged_out)
def logged_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    note("logout", request, user)


@receiver(user_login_failed)
def failed(sender: Any, credentials: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    note("login_failed", request, _named(credentials.get("username")))


@receiver(user_locked_out)
def locked_out(sender: Any, request: HttpRequest, username: str, **kwargs: Any) -> None:
    note("locked_out", request, _named(username))


@receiver(authentication_failed)
def wrong_code(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    note("second_factor_failed", request, user)


@receiver(authenticator_added)
def added(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    note("second_factor_added", request, user)


@receiver(authenticator_removed)
def removed(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    note("second_factor_removed", request, user)


def _named(username: str | None) -> User | None:
    return User.objects.filter(username=username).first() if username else None


def forget() -> int:
    """Delete what is older than it is kept; return how many lines."""
    old = ModelLogEntry.objects.filter(action__in=ACTIONS, timestamp__lt=timezone.now() - KEPT)
    return old.delete()[0]


class LoginFilterSet(WagtailFilterSet):
    """By day, what happened, to whom."""

    timestamp = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    action = django_filters.ChoiceFilter(label=_("What"), choices=list(ACTIONS.items()))
    label = django_filters.CharFilter(label=_("Person"), lookup_expr="icontains")

    class Meta:
        model = ModelLogEntry
        fields: ClassVar[list[str]] = []


class LoginReport(ReportView):
    """The newest first, for those who manage people."""

    model = ModelLogEntry
    page_title = TITLE
    header_icon = "key"
    index_url_name = LIST
    index_results_url_name = LIST_RESULTS
    filterset_class = LoginFilterSet
    permission_required = "change"
    no_results_message = _("Nobody has logged in.")
    list_export = ("timestamp", "label", "what", "address")
    export_headings = {
        "timestamp": _("time"),
        "label": _("person"),
        "what": _("what"),
        "address": _("address"),
    }
    columns = (
        Column("label", label=_("Person")),
        Column("what", label=_("What"), accessor=lambda entry: ACTIONS[entry.action]),
        Column("address", label=_("Address"), accessor=lambda entry: entry.data.get("address", "")),
        DateColumn("timestamp", label=_("Time")),
    )

    @property
    def permission_policy(self) -> Any:
        """Return who may manage people."""
        return policy_registry.get_by_type(User)

    def get_filename(self) -> str:
        return "logins"

    def to_row_dict(self, item: ModelLogEntry) -> Any:
        item.what, item.address = ACTIONS[item.action], item.data.get("address", "")
        return super().to_row_dict(item)

    def get_queryset(self) -> QuerySet[ModelLogEntry]:
        return ModelLogEntry.objects.filter(action__in=ACTIONS)


register_report(LoginReport, "logins", order=730)


@hooks.register("register_log_actions")
def name_actions(actions: Any) -> None:
    """Name what happens in the histories."""
    for action, words in ACTIONS.items():
        formatter = type("LoginFormatter", (LogFormatter,), {"label": words, "message": words})
        actions.register_action(action)(formatter)
