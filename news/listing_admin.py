"""The editors' list of articles: by topic, day, and who has them in hand."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from news.models import ArticlePage, ArticleTopic

LIVE, CHANGED, DRAFT = "live", "changed", "draft"
STATES = ((LIVE, _("public")), (CHANGED, _("public, with changes that are not")), (DRAFT, _("not public")))


def _topics(request: Any) -> QuerySet:
    """Return the topics that articles have."""
    return Tag.objects.filter(pk__in=ArticleTopic.objects.values("tag")).order_by("name")


def _day(page: Any) -> str:
    return date_format(page.date, "SHORT_DATE_FORMAT")


class ArticleFilterSet(PageFilterSet):
    """Narrows the list."""

    topics = django_filters.ModelMultipleChoiceFilter(
        label=_("Topic"), queryset=_topics, widget=CheckboxSelectMultiple
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    date = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)

    class Meta:
        model = ArticlePage
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("has_child_pages", "site"):  # an article has none, and there is one site
            del self.filters[name]

    def in_state(self, pages: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what is public, what is and has changes that are not, or what is not."""
        if value == CHANGED:
            return pages.filter(live=True, has_unpublished_changes=True)
        return pages.filter(live=value == LIVE)


class ArticleListingViewSet(PageListingViewSet):
    """All articles in one list, in the menu."""

    model = ArticlePage
    icon = "doc-full"
    menu_label = _("News")
    menu_order = 120
    add_to_admin_menu = True
    filterset_class = ArticleFilterSet
    columns = [
        *(column for column in IndexView.base_columns if column.name != "parent"),
        Column("date", label=_("Date"), accessor=_day, sort_key="date", width="12%"),
    ]


articles = ArticleListingViewSet("articles")
