"""What the home page shows of the search."""

from __future__ import annotations

from typing import Any

from django import template

from search.parameters import SearchParameters
from search.popular import frequent

register = template.Library()

FEWEST = 3
"""Popular searches below which none are named: one or two say nothing."""


@register.inclusion_tag("search/tags/popular_searches.html")
def popular_searches(number: int = 6) -> dict[str, Any]:
    """Offer what most people look for; where too little has been searched so far, a few examples instead."""
    found = frequent(number)
    return {
        "queries": [(words, SearchParameters(words=words).query_string()) for words in found]
        if len(found) >= FEWEST
        else []
    }
