"""The list of articles, by year, month and topic, paged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from home.choosing import Chosen, chosen, errors, mean_nothing, pairs
from home.paging import paged
from news import archive

if TYPE_CHECKING:
    from news.models import NewsIndexPage

PAGE_SIZE = 12
CARD_WIDTHS = (360, 720)
CARD_PICTURES = tuple(f"fill-{width}x{width * 9 // 16}|format-webp" for width in CARD_WIDTHS)
"""The pictures of a card; `components/article_card.html` asks for the same ones."""

Entry = dict[str, Any]
"""A topic to choose: its slug, its name, and the number of its articles."""


def articles(request: HttpRequest, page: NewsIndexPage) -> dict[str, Any]:
    """Return what `news_index_page.html` shows."""
    from news.models import ArticlePage  # which imports this module

    visible = ArticlePage.objects.child_of(page).visible()
    years, topics = archive.years(visible), _topics(visible)
    filters = _filters(request, years, topics)
    asked = pairs(filters)
    wanted = visible.none() if mean_nothing(filters) else _narrowed(visible, asked)
    found = paged(cards(wanted), request, asked, size=PAGE_SIZE)
    return {
        "filters": filters,
        "paged": found,
        "canonical_query": found.query,
        "errors": errors(filters, found),
        "years": years,
        "months": archive.months(years, asked.get("year", "")),
        "topics": topics,
    }


def _filters(request: HttpRequest, years: list[archive.Year], topics: list[Entry]) -> dict[str, Chosen]:
    """Return what the address asks for; a month alone means none: every year has it."""
    lookups = {"year": _names(years), "month": archive.month_name, "topic": _names(topics)}
    filters = chosen(request, lookups)
    month = filters.get("month")
    if month and not month.error and "year" not in filters:
        filters["month"] = replace(month, error=_("Choose the year of this month, too."))
    return filters


def _narrowed(visible: Any, asked: dict[str, str]) -> Any:
    if "year" in asked:
        visible = visible.filter(date__year=int(asked["year"]))
    if "month" in asked:
        visible = visible.filter(date__month=int(asked["month"]))
    if "topic" in asked:
        visible = visible.filter(topics__slug=asked["topic"])
    return visible


def _names(entries: Any) -> Any:
    """Look up the name of a year or a topic by its slug."""
    return lambda slug: next((entry["name"] for entry in entries if entry["slug"] == slug), "")


def _topics(visible: Any) -> list[Entry]:
    """Return the topics of the articles, the most frequent first."""
    from news.models import ArticleTopic

    links = ArticleTopic.objects.filter(content_object__in=visible.order_by().values("pk"))
    counted = links.order_by().values_list("tag__slug", "tag__name").annotate(count=Count("pk"))
    return [
        {"slug": slug, "name": name, "count": count}
        for slug, name, count in counted.order_by("-count", "tag__name")
    ]


def cards(visible: Any) -> QuerySet:
    """Return articles, the newest first, with what a card shows: three queries for any number of them."""
    pictures = get_image_model().objects.prefetch_renditions(*CARD_PICTURES)
    return (
        visible.defer_streamfields()
        .prefetch_related(Prefetch("image", queryset=pictures))
        .order_by("-date", "-first_published_at", "pk")
    )
