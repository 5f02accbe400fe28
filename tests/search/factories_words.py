"""Makes lines of the dictionary, best bets, and names that the index knows."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from search import lexicons
from search.documents import SearchDocument
from search.models import BestBet, BestBetPage, SearchTerm
from search.understanding.counting import Builder


def term(words: str = "cà vẹt", official: str = "chứng nhận đăng ký xe", **fields: Any) -> SearchTerm:
    """Return a line, as it is without any rule being asked."""
    return SearchTerm.objects.create(words=words, official=official, **fields)


def bet(query: str, *pinned: Page, hidden: tuple[Page, ...] = (), **fields: Any) -> BestBet:
    """Return a best bet."""
    made = BestBet(query=query, **fields)
    made.pages = [
        *(BestBetPage(page=page, sort_order=place) for place, page in enumerate(pinned)),
        *(BestBetPage(page=page, action=BestBetPage.Action.HIDE) for page in hidden),
    ]
    made.save()
    return made


def know(*names: str) -> None:
    """Have the vocabulary of an index of these names."""
    builder = Builder()
    for place, name in enumerate(names, 1):
        builder.add(SearchDocument(id=place, type="procedure", title=name, url=f"/{place}/"))
    lexicons.store(builder.result())
