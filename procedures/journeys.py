"""Life events: what happens in a life or a business, as steps over several procedures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation

from procedures.choices import LifeEventKind, Part
from procedures.models.catalogue import LifeEvent
from procedures.models.merged import MergedLifeEvent, living
from procedures.models.relations import ProcedureLifeEvent
from procedures.presentation import ENDED, brief
from procedures.presentation.channels import channel_rows
from procedures.presentation.raw import blocks, text

if TYPE_CHECKING:
    from procedures.models import ProcedurePage


@dataclass(frozen=True, slots=True)
class Task:
    """A procedure of a step, with its limit and its fee in a few Vietnamese words, "" where not known."""

    page: ProcedurePage
    limit: str
    fee: str

    @property
    def ended(self) -> bool:
        """Tell whether nobody can use this procedure any more."""
        return self.page.status in ENDED


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """A step as its event's page shows it."""

    title: str
    when: str
    text: str
    optional: bool
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """A life event with its steps, and the procedures of it that no step names."""

    event: LifeEvent
    steps: tuple[JourneyStep, ...]
    others: tuple[Task, ...]

    @property
    def takes(self) -> int:
        """Return how many procedures there are in it."""
        return len({task.page.pk for step in self.steps for task in step.tasks}) + len(self.others)


@dataclass(frozen=True, slots=True)
class EventGroup:
    """The life events of citizens, or those of businesses."""

    kind: str
    label: str
    events: tuple[LifeEvent, ...]


def groups() -> list[EventGroup]:
    """Return the life events that lead to something, each with its `takes` and `step_count`: three queries.

    An event leads to the procedures that are linked to it or named in a step, as far as all may see them.
    """
    events = list(LifeEvent.objects.all())
    named: defaultdict[int, set[int]] = defaultdict(set)
    for event_id, page_id in ProcedureLifeEvent.objects.values_list("life_event_id", "procedure_id"):
        named[event_id].add(page_id)
    for event in events:
        named[event.pk].update(_keys(event))
    seen = set(_visible(set().union(*named.values())).values_list("pk", flat=True))
    for event in events:
        event.takes, event.step_count = len(named[event.pk] & seen), len(event.steps.raw_data)
    found = [event for event in events if event.takes]
    grouped = [
        EventGroup(kind, str(label), tuple(event for event in found if event.kind == kind))
        for kind, label in LifeEventKind.choices
    ]
    return [group for group in grouped if group.events]


def find(slug: str) -> LifeEvent:
    """Return the life event of an address; raise Http404 without one."""
    event: LifeEvent = living(LifeEvent.objects.all(), MergedLifeEvent, slug)
    return event


def journey(event: LifeEvent) -> Journey:
    """Return an event with all that its page shows: two queries."""
    linked = list(event.procedure_links.order_by("pk").values_list("procedure_id", flat=True))
    in_steps = list(_keys(event))
    with translation.override(settings.LANGUAGE_CODE):  # these are texts of the pages, in their language
        tasks = {page.pk: _task(page) for page in _pages({*linked, *in_steps})}
    steps = tuple(
        JourneyStep(
            title=text(value, "title"),
            when=text(value, "when"),
            text=text(value, "text"),
            optional=bool(value.get("optional")),
            tasks=_of(tasks, _page_keys(value)),
        )
        for value in blocks(event.steps)
    )
    return Journey(event, steps, _of(tasks, (pk for pk in linked if pk not in in_steps)))


def _of(tasks: dict[int, Task], keys: Iterable[int]) -> tuple[Task, ...]:
    return tuple(tasks[key] for key in dict.fromkeys(keys) if key in tasks)


def _keys(event: LifeEvent) -> Iterator[int]:
    """Yield the keys of the pages that the steps name, hidden ones too."""
    for value in blocks(event.steps):
        yield from _page_keys(value)


def _page_keys(step: dict[str, Any]) -> Iterator[int]:
    """Yield the pages of a step, stored with a wrapper or bare; one that was deleted may be None."""
    for item in step.get("procedures") or ():
        if key := item.get("value") if isinstance(item, dict) else item:
            yield int(key)


def _visible(keys: Collection[int]) -> Any:
    from procedures.models import ProcedurePage  # which imports the list of procedures, and that this module

    return ProcedurePage.objects.visible().filter(pk__in=keys)


def _pages(keys: Collection[int]) -> Any:
    """Return pages with what a task shows of them."""
    return _visible(keys).defer("steps", "dossier", "results")


def _task(page: ProcedurePage) -> Task:
    rows = channel_rows(page.channels)
    return Task(page, brief.limit(rows), brief.fee(rows, none=Part.FEES in page.answered_none))
