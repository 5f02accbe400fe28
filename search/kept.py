"""What each search needs of the database, and few change: kept in the process until it has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.conf import settings

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """A value at most `SEARCH_LEXICON_SECONDS` behind the database.

    `state` is a small query whose answer changes with every change; only then is `read` called again. While
    one request reads, others use the old value; the very first ones wait.
    """

    def __init__(self, state: Callable[[], Any], read: Callable[[], Value]) -> None:
        self._state, self._read = state, read
        self._value: Value
        self._read_for: Any = None
        self._checked_at = -1e9
        self._lock = threading.Lock()

    def get(self) -> Value:
        """Return the value."""
        due = time.monotonic() - self._checked_at > settings.SEARCH_LEXICON_SECONDS
        if due and self._lock.acquire(blocking=self._read_for is None):
            try:
                self._refresh()
            finally:
                self._lock.release()
        return self._value

    def _refresh(self) -> None:
        state = self._state()
        if state != self._read_for:
            self._value, self._read_for = self._read(), state
        self._checked_at = time.monotonic()

    def forget(self) -> None:
        """Have the database asked with the next use."""
        self._checked_at = -1e9
