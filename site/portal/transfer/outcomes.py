"""What becomes of each record of an import, and how that is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

ACTION: Final = "portal.import"
"""The action in the log of a page, row or file by which the next import knows what the last one wrote."""


class Outcome(StrEnum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class Result:
    """A record, and what became of it."""

    outcome: Outcome
    kind: str
    name: str
    reason: str = ""


@dataclass
class Report:
    """All results, and warnings of what was left empty."""

    results: list[Result] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome, kind: str, name: str, reason: str = "") -> None:
        """Note a result."""
        self.results.append(Result(outcome, kind, name, reason))

    def counts(self) -> Counter[Outcome]:
        """Return how many records ended in which way."""
        return Counter(result.outcome for result in self.results)


@dataclass(frozen=True)
class Remembered:
    """What the last import brought, and what was here right after it."""

    theirs: str
    ours: str


def decide(ours: str, theirs: str, base: Remembered | None, *, take_theirs: bool) -> Outcome:
    """Return what becomes of a record whose thing is here; all three are hashes of the same form."""
    if theirs == ours or (base and base.theirs == theirs):
        return Outcome.UNCHANGED
    if take_theirs or (base and base.ours == ours):
        return Outcome.UPDATED
    return Outcome.CONFLICT


def remember(instance: Any, theirs: str, ours: str) -> None:
    """Write into the log of a thing what an import brought."""
    more = {"revision": instance.latest_revision} if isinstance(instance, Page) else {}
    log(instance, ACTION, data={"theirs": theirs, "ours": ours}, content_changed=True, **more)


def remembered(model: type[Model], pks: Iterable[Any]) -> dict[str, Remembered]:
    """Return what the log says of the last import of some things, by their keys as text."""
    wanted = [str(pk) for pk in pks]
    if issubclass(model, Page):
        entries = PageLogEntry.objects.filter(page__in=wanted, action=ACTION).values_list("page_id", "data")
    else:
        kind = ContentType.objects.get_for_model(model)
        rows = ModelLogEntry.objects.filter(content_type=kind, object_id__in=wanted, action=ACTION)
        entries = rows.values_list("object_id", "data")
    found = entries.order_by("timestamp", "pk")
    return {str(pk): Remembered(data["theirs"], data["ours"]) for pk, data in found}
