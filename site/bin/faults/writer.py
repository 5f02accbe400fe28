"""Somebody who changes pages all the time, in a thread of its own: creates, changes, unpublishes, deletes."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType

from django.db import connection
from wagtail.models import Page

from faults.subjects import an_information_page, some_procedures, word
from home.models import InformationPage


class Writer(threading.Thread):
    """Makes so many edits a second until the block ends, or `edits` in all; `done` counts them by kind."""

    def __init__(self, edits_a_second: float, edits: int | None = None) -> None:
        super().__init__(daemon=True)
        self.pause = 1 / edits_a_second
        self.edits = edits
        self.done: Counter[str] = Counter()
        self.failed = ""
        self.seconds = 0.0
        self._ended = threading.Event()
        self._own: list[InformationPage] = []

    def __enter__(self) -> "Writer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        """Edit in turn, at even intervals."""
        turn = (self._create, self._change, self._unpublish, self._change, self._publish, self._remove)
        acts = itertools.cycle(turn)
        started = time.monotonic()
        try:
            for number in itertools.count(1):
                self._act(next(acts))
                if number == self.edits:
                    break
                if self._ended.wait(max(0, started + number * self.pause - time.monotonic())):
                    break
        except Exception as error:
            self.failed = f"{type(error).__name__}: {error}"
        finally:
            self.seconds = time.monotonic() - started
            connection.close()

    def _act(self, act: Callable[[], None]) -> None:
        act()
        self.done[act.__name__.strip("_")] += 1

    def _create(self) -> None:
        self._own.append(an_information_page(f"Trang viết trong lúc dựng lại {word()}"))

    def _change(self) -> None:
        [page] = some_procedures(1)
        page.name = f"{page.name.partition(' zq')[0]} {word()}"
        page.save_revision().publish()

    def _unpublish(self) -> None:
        [page] = some_procedures(1)
        page.unpublish()

    def _publish(self) -> None:
        page = Page.objects.filter(live=False, depth__gt=2).order_by("?").first()
        if page:
            page.specific.save_revision().publish()

    def _remove(self) -> None:
        own = self._own.pop(0)
        InformationPage.objects.get(pk=own.pk).delete()
