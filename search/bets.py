"""Best bets for a query: pages that editors put first, or hide."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from search import documents
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


class _Current:
    """The best bets of today in this process, and what they were read from."""

    def __init__(self) -> None:
        self.bets: tuple[_Bet, ...] = ()
        self.state: Any = None
        self.checked_at = -1e9
        self.lock = threading.Lock()


_current = _Current()


def bets_for(words: str) -> Bets:
    """Return the best bets of today for some words: the closest counts first, where two name one page."""
    bets = _bets()
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
    _current.checked_at = -1e9


def _bets() -> tuple[_Bet, ...]:
    """Return the best bets of today. While one request reads them anew, others use the old."""
    due = time.monotonic() - _current.checked_at > settings.SEARCH_LEXICON_SECONDS
    if due and _current.lock.acquire(blocking=_current.state is None):
        try:
            _refresh()
            _current.checked_at = time.monotonic()
        finally:
            _current.lock.release()
    return _current.bets


def _refresh() -> None:
    day = today()
    counted = BestBet.objects.aggregate(Count("pk", distinct=True), Max("updated_at"), Count("pages"))
    state = (day, *counted.values())
    if state != _current.state:
        _current.bets = tuple(_read(day))
        _current.state = state


def _read(day: date) -> Iterator[_Bet]:
    """Yield the best bets of a day, the oldest first."""
    for bet in BestBet.objects.active(day).prefetch_related("pages").order_by("pk"):
        pages = tuple((page.page_id, page.action) for page in bet.pages.all())
        if pages and (key := key_of(bet.query)):
            yield _Bet(key, bet.match == BestBet.Match.EXACT, pages)
