"""Best bets for a query: pages that editors put first, or hide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from search import documents
from search.kept import Kept
from search.models import BestBet, BestBetPage
from search.understanding.spelling import words_of


@dataclass(frozen=True)
class Bets:
    """Pages for a query, by their ids: those that come first, in their order, and those that do not come."""

    pinned: tuple[int, ...] = ()
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Bet:
    """A best bet of today, as it is compared."""

    key: str
    exact: bool
    pages: tuple[tuple[int, str], ...]

    def fits(self, key: str) -> bool:
        return key == self.key or (not self.exact and f" {self.key} " in f" {key} ")


def bets_for(words: str) -> Bets:
    """Return the best bets of today for some words: the closest counts first, where two name one page."""
    bets = _today.get()
    if not bets or not (key := key_of(words)):
        return Bets()
    places: dict[int, str] = {}
    for bet in sorted((bet for bet in bets if bet.fits(key)), key=lambda bet: -len(bet.key)):
        for page, action in bet.pages:
            places.setdefault(page, action)
    return Bets(
        pinned=tuple(page for page, action in places.items() if action == BestBetPage.Action.PIN),
        hidden=frozenset(page for page, action in places.items() if action == BestBetPage.Action.HIDE),
    )


def key_of(words: str) -> str:
    """Return words as they are compared here: in one spelling, without marks."""
    text = documents.text()
    return text.fold(" ".join(words_of(text.normalise(words))))


def today() -> date:
    """Return the day in Vietnam, whatever the time zone of the reader."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def forget() -> None:
    """Have the best bets read anew with the next search."""
    _today.forget()


def _state() -> Any:
    counted = BestBet.objects.aggregate(Count("pk", distinct=True), Max("updated_at"), Count("pages"))
    return (today(), *counted.values())


def _bets_of(day: date) -> Iterator[_Bet]:
    """Yield the best bets of a day, the oldest first."""
    for bet in BestBet.objects.active(day).prefetch_related("pages").order_by("pk"):
        pages = tuple((page.page_id, page.action) for page in bet.pages.all())
        if pages and (key := key_of(bet.query)):
            yield _Bet(key, bet.match == BestBet.Match.EXACT, pages)


_today = Kept(_state, lambda: tuple(_bets_of(today())))
