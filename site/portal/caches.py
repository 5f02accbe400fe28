"""The cache of several web processes: Redis, and each process's own memory while Redis does not answer."""

import logging
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from search.breaker import Breaker

logger = logging.getLogger(__name__)


class FallingBackCache(RedisCache):
    """Redis, if it answers. A page must not fail because something that can be worked out anew is not kept.

    Not django-redis with its errors ignored: with a Redis that hangs each use would wait, a page has several.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._own = LocMemCache("falling-back", params)
        self._breaker = Breaker(most=1)

    def _ask(self, method: str, *args: Any, **kwargs: Any) -> Any:
        if self._breaker.allows():
            was_away = self._breaker.open
            try:
                answer = getattr(super(), method)(*args, **kwargs)
            except (RedisError, OSError) as error:
                self._breaker.failed()
                logger.warning("The cache is away, each process keeps its own: %s", type(error).__name__)
            else:
                self._breaker.worked()
                if was_away:
                    self._own.clear()
                return answer
        return getattr(self._own, method)(*args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set", *args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("add", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("incr", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("has_key", *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get_many", *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set_many", *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete_many", *args, **kwargs)

    def clear(self) -> Any:
        return self._ask("clear")
