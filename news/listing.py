"""The list of articles, paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from news.models import NewsIndexPage


def articles(request: HttpRequest, page: NewsIndexPage) -> dict[str, Any]:
    """Return what `news_index_page.html` shows."""
    return {}
