"""Times things and says what it found, in milliseconds."""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Timings:
    """How long each of many calls took, in milliseconds."""

    milliseconds: tuple[float, ...]

    @classmethod
    def of(cls, call: Callable[[T], object], items: Iterable[T]) -> Self:
        """Time a call with each of the items, one after the other."""
        taken = []
        for item in items:
            start = time.perf_counter()
            call(item)
            taken.append((time.perf_counter() - start) * 1000)
        return cls(tuple(taken))

    @classmethod
    def together(
        cls, calls: Mapping[str, Callable[[T], object]], items: Iterable[T], longest: float
    ) -> dict[str, Self]:
        """Time several calls with each of the items in turn, so that what disturbs one disturbs all alike.

        Another one is the first each time. After `longest` seconds for each call it is enough.
        """
        taken: dict[str, list[float]] = {name: [] for name in calls}
        until = time.monotonic() + longest * len(calls)
        for number, item in enumerate(items):
            if time.monotonic() > until:
                break
            turn = number % len(calls)
            for name in [*calls][turn:] + [*calls][:turn]:
                start = time.perf_counter()
                calls[name](item)
                taken[name].append((time.perf_counter() - start) * 1000)
        return {name: cls(tuple(milliseconds)) for name, milliseconds in taken.items()}

    @property
    def p50(self) -> float:
        """Return the median."""
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        """Return what 95 of 100 calls stay below."""
        return statistics.quantiles(self.milliseconds, n=20)[-1]

    def __str__(self) -> str:
        return f"p50 {self.p50:7.1f} ms   p95 {self.p95:7.1f} ms   ({len(self.milliseconds)} calls)"
