"""A circuit breaker: once a server has failed a few times in a row, nobody waits for it for a while.

Not pybreaker: it holds a lock while it calls, so that a process would search one query at a time. Not
circuitbreaker: when its rest is over, it lets everyone try at once, and everyone waits.
"""

import threading
import time

from django.conf import settings

FAILURES = 3
"""Failures in a row that open it: one slow answer says nothing of the next."""


class Breaker:
    """Counts failures of this process, and says whether to ask. It is safe in threads."""

    def __init__(self, most: int = FAILURES, rest: float | None = None) -> None:
        self._most, self._rest = most, rest
        self._failures = 0
        self._next_try_at = 0.0
        self._lock = threading.Lock()

    @property
    def open(self) -> bool:
        """Tell whether nobody but one request in `rest` seconds asks."""
        return self._failures >= self._most

    @property
    def rest(self) -> float:
        """Return the seconds for which it is left alone: those of the search unless others are named."""
        return settings.SEARCH_BREAKER_SECONDS if self._rest is None else self._rest

    def allows(self) -> bool:
        """Tell whether to ask now. While it is open, one caller is let through for all, then again one."""
        with self._lock:
            if not self.open:
                return True
            now = time.monotonic()
            if now < self._next_try_at:
                return False
            self._next_try_at = now + self.rest
            return True

    def worked(self) -> None:
        """Note that the server has answered."""
        self._failures = 0

    def failed(self) -> None:
        """Note that it has not."""
        with self._lock:
            self._failures += 1
            self._next_try_at = time.monotonic() + self.rest

    def reset(self) -> None:
        """Forget what was: for tests, which change the server."""
        self._failures, self._next_try_at = 0, 0.0


breaker = Breaker()
