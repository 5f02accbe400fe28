"""Progress of a long run: a bar with rate and time left on a terminal, a line every few seconds elsewhere."""

import time
from typing import TextIO

from django.utils.translation import gettext as _

BAR = 30
TERMINAL_SECONDS, LOG_SECONDS = 0.2, 5.0


class Progress:
    """Counts what is done and shows it, not too often."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.terminal = stream.isatty()
        self.total = self.done = 0
        self.started = self.shown = time.monotonic()

    def start(self, total: int) -> None:
        """Begin to count."""
        self.total, self.done = total, 0
        self.started = self.shown = time.monotonic()

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        now = time.monotonic()
        if now - self.shown >= (TERMINAL_SECONDS if self.terminal else LOG_SECONDS):
            self.shown = now
            self._show(now)

    def finish(self) -> None:
        """Show the end, if there was anything to see before."""
        if self.shown != self.started:
            self._show(time.monotonic())
            if self.terminal:
                self.stream.write("\n")

    def _show(self, now: float) -> None:
        rate = self.done / max(now - self.started, 0.001)
        left = (self.total - self.done) / rate
        text = _("%(done)d of %(total)d, %(rate)d a second, %(left)s left") % {
            "done": self.done,
            "total": self.total,
            "rate": rate,
            "left": f"{left // 60:.0f}:{left % 60:02.0f}",
        }
        if self.terminal:
            filled = BAR * self.done // max(self.total, 1)
            self.stream.write(f"\r\033[K[{'#' * filled}{'.' * (BAR - filled)}] {text}")
        else:
            self.stream.write(f"{text}\n")
        self.stream.flush()
