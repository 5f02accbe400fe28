"""How the index is, in figures of the database: for the metrics, the admin and the command."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet
from django.utils import timezone

from search.models import IndexCheck, OutboxEntry, Rebuild


@dataclass(frozen=True)
class Health:
    """The figures of this moment; ages are seconds, None where there is nothing that could have an age."""

    waiting: int
    """Changes that the index lacks."""
    oldest_seconds: float
    """How long the oldest of them waits; 0 when none does."""
    refused: int
    """Pages whose document was refused."""
    check_seconds: float | None
    """Since the last check ended."""
    check_failed: bool
    check_missing: int
    check_stale: int
    check_ghosts: int
    check_from_the_future: int
    check_left: int
    """Pages that differed when the last check was over."""
    rebuild_seconds: float | None
    """Since the index was last rebuilt."""
    rebuild_took_seconds: float | None


def read() -> Health:
    """Read the figures from the database: four small queries."""
    now = timezone.now()
    waiting = waiting_changes()
    oldest = waiting.aggregate(oldest=Min("created_at"))["oldest"]
    check = last_check() or IndexCheck()
    rebuild = Rebuild.objects.filter(state=Rebuild.State.DONE).first()
    return Health(
        waiting=waiting.count(),
        oldest_seconds=max(_since(oldest, now) or 0.0, 0.0),
        refused=refused_documents().count(),
        check_seconds=_since(check.finished_at, now),
        check_failed=bool(check.error),
        check_missing=check.missing,
        check_stale=check.stale,
        check_ghosts=check.ghosts,
        check_from_the_future=check.from_the_future,
        check_left=check.left,
        rebuild_seconds=_since(rebuild.heartbeat_at, now) if rebuild else None,
        rebuild_took_seconds=_since(rebuild.started_at, rebuild.heartbeat_at) if rebuild else None,
    )


def waiting_changes() -> QuerySet[OutboxEntry]:
    """Return the changes that were not tried yet."""
    return OutboxEntry.objects.filter(attempts=0)


def refused_documents() -> QuerySet[OutboxEntry]:
    """Return the rows of refused documents, each with its reason."""
    return OutboxEntry.objects.exclude(attempts=0)


def last_check() -> IndexCheck | None:
    """Return the last check that came to an end."""
    return IndexCheck.objects.exclude(finished_at=None).first()


def _since(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else round((now - moment).total_seconds(), 1)
