"""The furniture in the admin: banners with their state and clicks, notices, and the visits of each day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.admin_lists import ReadOnlyIndexView
from home.furniture.forms import NoticeForm
from home.models import Banner, Notice, VisitDay
from home.models.furniture import KIND, State
from home.templatetags.portal_text import vn_number

STATES = tuple((state, state.label) for state in (State.SHOWN, State.PLANNED, State.ENDED))


class TimeColumn(Column):
    """A day or a moment, in figures: what is to come is not read well as "in two weeks"."""

    def get_value(self, instance: Any) -> str:
        moment = super().get_value(instance)
        if isinstance(moment, datetime):
            return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
        return date_format(moment, "SHORT_DATE_FORMAT") if moment else ""


class CountColumn(NumberColumn):
    """A number, grouped as Vietnamese does."""

    def get_value(self, instance: Any) -> str:
        return str(vn_number(super().get_value(instance)))


def state_column() -> StatusTagColumn:
    """Return the column that says where a thing is in its time."""
    return StatusTagColumn(
        "state",
        label=_("State"),
        accessor=lambda thing: thing.state().label,
        primary=lambda thing: thing.state() == State.SHOWN,
    )


def _banners_by_state(banners: QuerySet, name: str, value: str) -> QuerySet:
    today = timezone.localdate()
    over = Q(ends_on__lt=today)
    return _by_state(banners, value, over, Q(starts_on__gt=today))


def _notices_by_state(notices: QuerySet, name: str, value: str) -> QuerySet:
    now = timezone.now()
    return _by_state(notices, value, Q(ends_at__lte=now), Q(shown_from__gt=now))


def _by_state(things: QuerySet, value: str, over: Q, planned: Q) -> QuerySet:
    if value == State.ENDED:
        return things.filter(over)
    return things.exclude(over).filter(planned if value == State.PLANNED else ~planned)


class BannerFilterSet(WagtailFilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method=_banners_by_state)

    class Meta:
        model = Banner
        fields: ClassVar[list[str]] = []


class NoticeFilterSet(WagtailFilterSet):
    """By state and kind."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method=_notices_by_state)

    class Meta:
        model = Notice
        fields: ClassVar[list[str]] = ["kind"]


class BannerViewSet(SnippetViewSet):
    """Biểu ngữ."""

    model = Banner
    icon = "image"
    copy_view_enabled = False
    filterset_class = BannerFilterSet
    search_fields: ClassVar[list[str]] = ["alt", "owner"]
    search_backend_name = None
    list_display: ClassVar[list[Any]] = [
        "alt",
        state_column(),
        TimeColumn("starts_on", label=_("First day"), sort_key="starts_on"),
        TimeColumn("ends_on", label=_("Last day"), sort_key="ends_on"),
        Column("owner", label=_("Asked for by"), sort_key="owner"),
        CountColumn("clicks", label=_("Clicks"), sort_key="clicks"),
    ]
    list_export: ClassVar[list[str]] = [
        *("alt", "owner", "starts_on", "ends_on", "link_page", "link_url", "clicks")
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("image"),
            FieldPanel("alt"),
            MultiFieldPanel(
                [PageChooserPanel("link_page"), FieldPanel("link_url")],
                heading=_("Where it leads"),
                help_text=_("One of the two. A banner whose page is not public is not shown."),
            ),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("When it is shown")),
            FieldPanel("owner"),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return all banners, each with whether everybody may go where it leads."""
        return Banner.objects.with_target()


class NoticeViewSet(SnippetViewSet):
    """Thông báo."""

    model = Notice
    icon = "warning"
    copy_view_enabled = False
    filterset_class = NoticeFilterSet
    search_fields: ClassVar[list[str]] = ["text"]
    search_backend_name = None
    list_display: ClassVar[list[Any]] = [
        "__str__",
        Column("kind", label=KIND, sort_key="kind", accessor="get_kind_display"),
        state_column(),
        TimeColumn("starts_at", label=_("Begins"), sort_key="starts_at"),
        TimeColumn("ends_at", label=_("Ends"), sort_key="ends_at"),
    ]
    list_export: ClassVar[list[str]] = [
        *("kind", "text", "shown_from", "starts_at", "ends_at", "late_reason")
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldPanel("text"),
            FieldPanel("text_en"),
            FieldPanel("shown_from"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")], heading=_("When it is")),
            FieldPanel("late_reason"),
        ],
        base_form_class=NoticeForm,
    )


class VisitsPolicy(ModelPermissionPolicy):
    """Who has the permission to view them sees them; the worker alone writes them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class VisitDayViewSet(SnippetViewSet):
    """Lượt xem theo ngày."""

    model = VisitDay
    icon = "history"
    index_view_class = ReadOnlyIndexView
    copy_view_enabled = False
    list_display: ClassVar[list[Any]] = [
        "__str__",
        CountColumn("visits", label=_("Pages opened"), sort_key="visits"),
    ]
    list_export: ClassVar[list[str]] = ["day", "visits"]
    list_per_page = 31
    ordering: ClassVar[list[str]] = ["-day"]


register_permission_policy(VisitDay, VisitsPolicy(VisitDay))


class FurnitureGroup(SnippetViewSetGroup):
    """Nội dung phụ trợ: what stands around the content."""

    menu_label = _("Furniture")
    menu_icon = "clipboard-list"
    menu_order = 270
    items = (BannerViewSet, NoticeViewSet, VisitDayViewSet)


register_snippet(FurnitureGroup)
