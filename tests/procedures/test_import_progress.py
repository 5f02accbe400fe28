"""Progress of a long run: a bar on a terminal, lines elsewhere."""

from io import StringIO

import pytest

from procedures.importing.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def count(stream: StringIO, monkeypatch: pytest.MonkeyPatch, *, total: int, seconds: float) -> str:
    """Count to a total, each step taking so long."""
    now = iter(range(10_000))
    monkeypatch.setattr("time.monotonic", lambda: next(now) * seconds)
    shown = Progress(stream)
    shown.start(total)
    for _step in range(total):
        shown.step()
    shown.finish()
    return stream.getvalue()


def test_a_bar_with_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = count(Terminal(), monkeypatch, total=10, seconds=1)
    assert "[###" in text
    assert "0:05" in text
    assert text.endswith("\n")
    assert text.count("\n") == 1


def test_lines_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = count(StringIO(), monkeypatch, total=12, seconds=1).splitlines()
    assert len(lines) == 3
    assert all("12" in line for line in lines)


def test_nothing_for_a_short_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert count(StringIO(), monkeypatch, total=3, seconds=0.01) == ""
