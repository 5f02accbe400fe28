"""The line to Redis for counters: nobody waits for one that does not answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar
from urllib.parse import urlsplit

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from search.breaker import Breaker

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

PATIENCE: Final = 0.2
"""Seconds that one request waits for Redis; then for `QUIET` seconds none does."""
QUIET: Final = 10.0


class Away(Exception):
    """Redis was not asked, or did not answer. `may_have_heard`: it may have done what it was told."""

    def __init__(self, *, may_have_heard: bool = False) -> None:
        self.may_have_heard = may_have_heard


class Line:
    """Asks Redis; after a failure one caller tries for all from time to time. It is safe in threads."""

    def __init__(self, quiet: float = QUIET) -> None:
        self._breaker = Breaker(most=1, rest=quiet)

    def ask(self, what: Callable[[redis.Redis], Answer]) -> Answer:
        """Return what Redis answers; `Away` where it does not."""
        if not self._breaker.allows():
            raise Away
        try:
            answer = what(client(settings.CELERY_BROKER_URL))
        except (redis.RedisError, OSError, ValueError) as error:
            self._failed(error)
            # A connection that is refused tells nobody anything; one that is slow may have.
            raise Away(may_have_heard=not isinstance(error, redis.ConnectionError)) from error
        self._breaker.worked()
        return answer

    def _failed(self, error: Exception) -> None:
        if not self._breaker.open:
            logger.warning("Redis is away, visits wait: %s", type(error).__name__)
        self._breaker.failed()


@cache
def client(url: str) -> redis.Redis:
    """Return the client for a broker's address, as Celery writes it. ValueError: it is not Redis's."""
    if urlsplit(url).scheme == "redis+socket":
        url = url.replace("redis+socket", "unix", 1).replace("virtual_host=", "db=")
    return redis.Redis.from_url(
        url,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
