"""What the home page shows of the news."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from news import listing
from news.models import ArticlePage, NewsIndexPage

register = template.Library()


@register.inclusion_tag("news/tags/latest_articles.html", takes_context=True)
def latest_articles(context: Context, number: int = 3) -> dict[str, Any]:
    """Show the newest articles with their pictures."""
    return {
        "request": context.get("request"),
        "list_page": NewsIndexPage.objects.visible().first(),
        "articles": listing.cards(ArticlePage.objects.visible())[:number],
    }
