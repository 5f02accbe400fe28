"""The list of articles, by year and topic, paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from wagtail.images import get_image_model

from home.choosing import chosen, errors, mean_nothing, pairs
from home.paging import paged

if TYPE_CHECKING:
    from news.models import NewsIndexPage

PAGE_SIZE = 12
CARD_WIDTHS = (360, 720)
CARD_PICTURES = tuple(f"fill-{width}x{width * 9 // 16}|format-webp" for width in CARD_WIDTHS)
"""The pictures of a card; `components/article_card.html` asks for the same ones."""

Entry = dict[str, Any]
"""A year or a topic to choose: its slug, its name, and the number of its articles."""


def articles(request: HttpRequest, page: NewsIndexPage) -> dict[str, Any]:
    """Return what `news_index_page.html` shows."""
    from news.models import ArticlePage  # which imports this module

    visible = ArticlePage.objects.child_of(page).visible()
    years, topics = _years(visible), _topics(visible)
    filters = chosen(request, {"year": _names(years), "topic": _names(topics)})
    asked = pairs(filters)
    wanted = visible.none() if mean_nothing(filters) else visible
    if "year" in asked and not mean_nothing(filters):
        wanted = wanted.filter(date__year=int(asked["year"]))
    if "topic" in asked:
        wanted = wanted.filter(topics__slug=asked["topic"])
    found = paged(cards(wanted), request, asked, size=PAGE_SIZE)
    return {
        "filters": filters,
        "paged": found,
        "canonical_query": found.query,
        "errors": errors(filters, found),
        "years": years,
        "topics": topics,
    }


def _names(entries: list[Entry]) -> Any:
    """Look up the name of a year or a topic by its slug."""
    return lambda slug: next((entry["name"] for entry in entries if entry["slug"] == slug), "")


def _years(visible: Any) -> list[Entry]:
    """Return the years of the articles, the last first."""
    counted = visible.order_by().values_list("date__year").annotate(count=Count("pk"))
    return [
        {"slug": str(year), "name": str(year), "count": count}
        for year, count in counted.order_by("-date__year")
    ]


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
