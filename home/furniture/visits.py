"""Counts opened pages: in Redis as they are opened, and from there, day by day, in the database.

Redis holds one growing count for each day, under a name of its own (`source`). The database notes how much of
which count it has: to bring it up to date is one row, any number of times, by any number of workers, and a
worker that is killed has done it or has not. A Redis that begins anew begins a count with another name.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import redis
from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils import timezone

from home.furniture.line import Away, Line
from home.models import VisitDay

PREFIX: Final = "minh-bach:visits"
DAY_SECONDS: Final = 86_400
KEPT_DAYS: Final = 31
"""Days for which Redis keeps a count: so long may the worker be away."""
STEP, STEPS = 30, 10
"""Who is here is noted in steps of 30 seconds, and counted over ten of them: five minutes."""
BITS: Final = 20
"""Bits of a hash that are noted. Thousands of readers of the world share each: not even one who has the
salt can say who was here; and two of a thousand who read at once hardly ever do."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the home page shows; `online` is None where Redis does not answer."""

    today: int
    month: int
    total: int
    online: int | None = None


class Visits:
    """The counts of this process: its line to Redis, and what it could not tell yet."""

    def __init__(self, line: Line | None = None) -> None:
        self.line = line or Line()
        self._waiting: Counter[date] = Counter()
        self._lock = threading.Lock()
        self._salt = (date.min, "")

    def count(self, reader: str) -> None:
        """Count a page that a reader opens; while Redis is away it waits here."""
        with self._lock:
            self._waiting[timezone.localdate()] += 1
            told, self._waiting = self._waiting, Counter()
        try:
            mark = self._mark(reader)
            self.line.ask(lambda client: self._tell(client, told, mark))
        except Away as away:
            if not away.may_have_heard:
                with self._lock:
                    self._waiting += told

    def online(self, client: redis.Redis, pipe: Any) -> None:
        """Ask a pipeline how many readers have opened a page in the last five minutes."""
        now = int(time.time()) // STEP
        pipe.pfcount(*(f"{PREFIX}:online:{step}" for step in range(now - STEPS + 1, now + 1)))

    def _tell(self, client: redis.Redis, told: Counter[date], mark: int) -> None:
        pipe = client.pipeline(transaction=False)
        for day, pages in told.items():
            key = day_key(day)
            pipe.hsetnx(key, "source", secrets.token_hex(8))
            pipe.hincrby(key, "count", pages)
            pipe.expire(key, KEPT_DAYS * DAY_SECONDS)
        online = f"{PREFIX}:online:{int(time.time()) // STEP}"
        pipe.pfadd(online, mark)
        pipe.expire(online, STEP * (STEPS + 1))
        pipe.execute()

    def _mark(self, reader: str) -> int:
        """Return a few bits of a reader's hash, with a salt that lasts a day and is only in Redis."""
        day, salt = self._salt
        if day != timezone.localdate():
            self._salt = day, salt = self._salt_of(timezone.localdate())
        digest = hashlib.sha256(f"{salt}:{reader}".encode()).digest()
        return int.from_bytes(digest[:4]) >> (32 - BITS)

    def _salt_of(self, day: date) -> tuple[date, str]:
        key = f"{PREFIX}:salt:{day}"
        try:
            self.line.ask(lambda client: client.set(key, secrets.token_hex(), nx=True, ex=DAY_SECONDS))
            return day, str(self.line.ask(lambda client: client.get(key)))
        except Away as away:
            raise Away from away  # whatever Redis has heard, it was no visit


visits = Visits()


def day_key(day: date) -> str:
    """Return where Redis has the count of a day."""
    return f"{PREFIX}:day:{day}"


def figures(before: int = 0) -> Figures | None:
    """Return what was counted, with `before` in the total: one query and one question to Redis.

    None where nothing was counted yet.
    """
    today = timezone.localdate()
    on_day = Q(day=today)
    kept = VisitDay.objects.aggregate(
        total=Sum("visits", default=0),
        month=Sum("visits", filter=Q(day__gte=today.replace(day=1)), default=0),
        today=Sum("visits", filter=on_day, default=0),
        moved=Sum("moved", filter=on_day, default=0),
        source=Max("source", filter=on_day, default=""),
    )
    try:
        online, new = visits.line.ask(lambda client: _live(client, today, kept))
    except Away:
        online, new = None, 0
    # PostgreSQL's sums are decimals.
    day, month, total = (int(kept[name]) + new for name in ("today", "month", "total"))
    found = Figures(day, month, total + before, online)
    return found if found.total else None


def _live(client: redis.Redis, today: date, kept: dict[str, Any]) -> tuple[int, int]:
    """Return who is here, and the pages of today that the database does not have yet."""
    pipe = client.pipeline(transaction=False)
    visits.online(client, pipe)
    pipe.hmget(day_key(today), "source", "count")
    online, (source, count) = pipe.execute()
    row = VisitDay(source=kept["source"], moved=kept["moved"])
    return online, row.new_in(source, int(count)) if source and count else 0


def keep() -> int:
    """Bring the database up to what Redis has counted; return how many days it was behind.

    `Away`: Redis does not answer, and keeps it.
    """
    line = Line()
    today = timezone.localdate()
    days = [today - timedelta(days=number) for number in range(KEPT_DAYS)]
    counts = line.ask(lambda client: [_count_of(client, day) for day in days])
    stored = VisitDay.objects.in_bulk([day for day, found in zip(days, counts, strict=True) if found])
    behind = [
        day
        for day, found in zip(days, counts, strict=True)
        if found and (day not in stored or (stored[day].source, stored[day].moved) != found)
    ]
    for day in behind:
        _keep(line, day)
    return len(behind)


def _keep(line: Line, day: date) -> None:
    """Bring one day up to date. Redis is asked while the row is held: nobody writes an older answer."""
    VisitDay.objects.get_or_create(day=day)
    with transaction.atomic():
        row = VisitDay.objects.select_for_update().get(day=day)
        if found := line.ask(lambda client: _count_of(client, day)):
            row.add(*found)
            row.save()


def _count_of(client: redis.Redis, day: date) -> tuple[str, int] | None:
    """Return the name and the count of a day, if there is one."""
    source, count = client.hmget(day_key(day), ["source", "count"])
    return (str(source), int(count)) if source and count else None
