"""Shows scores as a table, each beside its change."""

from collections.abc import Iterator

from portal.judging.judging import Summary
from portal.judging.scoring import HEADINGS, NAMES

SMALLEST_CHANGE = 0.0005
"""What three digits cannot show is no change."""


def lines(title: str, summary: Summary, before: Summary | None) -> Iterator[str]:
    """Yield a table for the terminal."""
    refused = f"; {summary.refused} refused" if summary.refused else ""
    yield f"{title}: {summary.queries['all']} queries; {times(summary)}{refused}"
    yield f"{'':<15}{'n':>4}  " + "".join(f"{heading:<15}" for heading in HEADINGS.values())
    for name, number in summary.queries.items():
        cells = "".join(f"{cell(summary, before, name, score):<15}" for score in NAMES)
        yield f"{name:<15}{number:>4}  {cells}".rstrip()


def markdown(summary: Summary, before: Summary | None) -> Iterator[str]:
    """Yield a table for a document."""
    yield f"| class | n | {' | '.join(HEADINGS.values())} |"
    yield f"| --- {'| ---: ' * (len(NAMES) + 1)}|"
    for name, number in summary.queries.items():
        cells = " | ".join(cell(summary, before, name, score) for score in NAMES)
        yield f"| {name} | {number} | {cells} |"


def cell(summary: Summary, before: Summary | None, name: str, score: str) -> str:
    """Return a score and, where it was recorded before, its change."""
    now = summary.scores[name][score]
    then = before.scores.get(name) if before else None
    if then is None:
        return f"{now:.3f}"
    change = now - then[score]
    return f"{now:.3f} ({change:+.3f})" if abs(change) >= SMALLEST_CHANGE else f"{now:.3f} (=)"


def times(summary: Summary) -> str:
    """Return how long an answer takes."""
    return f"an answer takes p50 {summary.p50:.0f} ms, p95 {summary.p95:.0f} ms"
