"""What the sums of searches tell an editor: four lists of queries, each with its history.

Each list is one query that returns queries in order; one more brings the days of all that are shown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from search.models import AskedDay
from search.opened import KEPT

PERIODS = (7, 30, 90)
SHOWN = 20
FEWEST_UNOPENED = 5
"""Searches from which it means something that nothing was opened."""
FEWEST_RISING = 5
CALM = 5.0
"""Added to both sides of a rise, so that a query that is new does not rise without end."""
POINTS = 30
COLUMNS = ("day", "words", "filters", "searches", "empty", "results", "opened", "ranks")

Key = tuple[str, str]
Queries = QuerySet[Any, Any]  # grouped and annotated


@dataclass(frozen=True)
class Period:
    """So many days until today, and the days with which a trend is told: its last ones, and those before."""

    days: int
    today: date = field(default_factory=timezone.localdate)

    @property
    def since(self) -> date:
        """Return the first day."""
        return self.today - timedelta(days=self.days - 1)

    @property
    def compared(self) -> int:
        """Return how many days are compared with as many before: there are none before ninety."""
        return min(self.days, KEPT.days // 2)

    @property
    def recent(self) -> date:
        """Return the first of the days that are compared with those before."""
        return self.today - timedelta(days=self.compared - 1)

    @property
    def before(self) -> date:
        """Return the first of the days before."""
        return self.recent - timedelta(days=self.compared)


@dataclass
class Row:
    """A query under its filters, with its sums in a period."""

    words: str
    filters: str
    period: Period
    searches: int = 0
    empty: int = 0
    opened: int = 0
    ranks: int = 0
    recent: int = 0
    before: int = 0
    results: int = 0
    results_day: date = date.min
    by_day: dict[date, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, asked: Any) -> None:
        """Add a day."""
        if asked.day >= self.period.since:
            self.searches += asked.searches
            self.empty += asked.empty
            self.opened += asked.opened
            self.ranks += asked.ranks
            self.by_day[asked.day] += asked.searches
        if asked.day >= self.period.recent:
            self.recent += asked.searches
        elif asked.day >= self.period.before:
            self.before += asked.searches
        if asked.day > self.results_day:
            self.results, self.results_day = asked.results, asked.day

    @property
    def empty_share(self) -> float:
        """Return how many of a hundred searches found nothing."""
        return 100 * self.empty / max(self.searches, 1)

    @property
    def opened_share(self) -> float:
        """Return how many results were opened for a hundred searches."""
        return 100 * self.opened / max(self.searches, 1)

    @property
    def mean_rank(self) -> float | None:
        """Return where the results stood that were opened."""
        return self.ranks / self.opened if self.opened else None

    @cached_property
    def points(self) -> str:
        """Return the line of searches over the period, for a picture of 100 by 20."""
        parts = min(self.period.days, POINTS)
        sums = [0] * parts
        for day, searches in self.by_day.items():
            sums[(day - self.period.since).days * parts // self.period.days] += searches
        highest = max([*sums, 1])
        return " ".join(
            f"{100 * place / (parts - 1):.0f},{19 - 18 * value / highest:.1f}"
            for place, value in enumerate(sums)
        )


@dataclass(frozen=True)
class Lists:
    """The four lists of a period."""

    empty: list[Row]
    unopened: list[Row]
    most: list[Row]
    rising: list[Row]


def lists(period: Period) -> Lists:
    """Return the lists."""
    orders = [_keys(queries(period)) for queries in (_empty, _unopened, _most, _rising)]
    rows = _rows({key for order in orders for key in order}, period)
    return Lists(*([rows[key] for key in order] for order in orders))


def _keys(queries: Queries) -> list[Key]:
    return [(query["words"], query["filters"]) for query in queries[:SHOWN]]


def _sums(period: Period) -> Queries:
    asked: Queries = AskedDay.objects.filter(day__gte=period.since).order_by()
    return asked.values("words", "filters").annotate(
        times=Sum("searches"), without=Sum("empty"), clicks=Sum("opened")
    )


def _empty(period: Period) -> Queries:
    return _sums(period).filter(without__gt=0).order_by("-without", "words", "filters")


def _unopened(period: Period) -> Queries:
    found = Q(times__gte=FEWEST_UNOPENED, without__lt=F("times"), clicks=0)
    return _sums(period).filter(found).order_by("-times", "words", "filters")


def _most(period: Period) -> Queries:
    return _sums(period).order_by("-times", "words", "filters")


def _rising(period: Period) -> Queries:
    asked: Queries = AskedDay.objects.filter(day__gte=period.before).order_by()
    sums = asked.values("words", "filters").annotate(
        now=Sum("searches", filter=Q(day__gte=period.recent), default=0),
        earlier=Sum("searches", filter=Q(day__lt=period.recent), default=0),
    )
    risen = sums.filter(now__gte=FEWEST_RISING, now__gt=F("earlier"))
    return risen.annotate(rise=(F("now") + CALM) / (F("earlier") + CALM)).order_by("-rise", "-now", "words")


def _rows(keys: Iterable[Key], period: Period) -> dict[Key, Row]:
    """Return the rows of queries, each with its days."""
    rows = {(words, filters): Row(words, filters, period) for words, filters in keys}
    first = min(period.since, period.before)
    words = {words for words, _filters in rows}
    days = AskedDay.objects.filter(day__gte=first, words__in=words).order_by()
    for asked in days.values_list(*COLUMNS, named=True):
        if row := rows.get((asked.words, asked.filters)):
            row.add(asked)
    return rows
