"""The list of articles, paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from wagtail.images import get_image_model

from home.paging import paged

if TYPE_CHECKING:
    from news.models import NewsIndexPage

PAGE_SIZE = 12
CARD_WIDTHS = (360, 720)
CARD_PICTURES = tuple(f"fill-{width}x{width * 9 // 16}|format-webp" for width in CARD_WIDTHS)
"""The pictures of a card; `news/card.html` asks for the same ones."""


def articles(request: HttpRequest, page: NewsIndexPage) -> dict[str, Any]:
    """Return what `news_index_page.html` shows."""
    from news.models import ArticlePage  # which imports this module

    visible = ArticlePage.objects.child_of(page).visible()
    found = paged(cards(visible), request, size=PAGE_SIZE)
    errors = [("page", found.error)] if found.error else []
    return {"paged": found, "canonical_query": found.query, "errors": errors}


def cards(visible: Any) -> QuerySet:
    """Return articles, the newest first, with what a card shows: three queries for any number of them."""
    pictures = get_image_model().objects.prefetch_renditions(*CARD_PICTURES)
    return (
        visible.defer_streamfields()
        .prefetch_related(Prefetch("image", queryset=pictures))
        .order_by("-date", "-first_published_at", "pk")
    )
