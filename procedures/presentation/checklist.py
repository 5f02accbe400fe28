"""What one person brings: the papers, limits and fees of the cases and of the channel that they chose."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from procedures.choices import ChannelKind
from procedures.presentation.cases import Situation, same
from procedures.presentation.channels import (
    ChannelRow,
    LimitGroup,
    Note,
    Tariff,
    channel_rows,
    limit_groups,
    tariffs,
    unique,
)
from procedures.presentation.dossier import DossierCase
from procedures.presentation.raw import Raw, blocks, text

if TYPE_CHECKING:
    from procedures.presentation import ShownProcedure

LONG_NOTE = 400
"""Characters of a remark on a channel that is left to the page of the procedure."""


@dataclass(frozen=True)
class Checklist:
    """A choice, and what follows from it; `channel` is blank where all are of interest."""

    cases: tuple[Situation, ...]
    channel: str
    dossier: tuple[DossierCase, ...]
    rows: tuple[ChannelRow, ...]

    @property
    def channel_label(self) -> str:
        return str(ChannelKind(self.channel).label) if self.channel else ""

    @cached_property
    def limits(self) -> tuple[LimitGroup, ...]:
        return limit_groups(self.rows)

    @cached_property
    def tariffs(self) -> tuple[Tariff, ...]:
        return tariffs(self.rows)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return short remarks on how it is done, each once."""
        found = unique(note for row in self.rows for note in row.notes)
        return tuple(note for note in found if len(note.text) <= LONG_NOTE)

    @property
    def papers(self) -> int:
        return sum(case.papers for case in self.dossier)

    @property
    def by_desk(self) -> bool:
        """Tell whether the dossier may go to an office."""
        return self.channel != ChannelKind.ONLINE

    @property
    def online(self) -> bool:
        return self.channel in {"", ChannelKind.ONLINE}

    def query(self, version: str = "") -> str:
        """Return the choice as an address has it; with a version where a paper leads back to it."""
        pairs = [("case", str(case.number)) for case in self.cases]
        pairs += [("channel", self.channel)] if self.channel else []
        return urlencode(pairs + ([("version", version)] if version else []))


def checklist(shown: ShownProcedure, numbers: Collection[int], channel: str) -> Checklist:
    """Return the list for a choice; `numbers` are those of `ShownProcedure.situations`."""
    cases = tuple(case for case in shown.situations if case.number in numbers)
    return Checklist(
        cases=cases,
        channel=channel,
        dossier=tuple(case for case in shown.dossier if case.common or case.number in numbers),
        rows=channel_rows(_fitting(shown.page.channels, channel, {same(case.title) for case in cases})),
    )


def _fitting(stream: Any, channel: str, titles: Collection[str]) -> list[dict[str, Raw]]:
    """Return the blocks of a channel, "" for all; of a kind that knows the chosen case those for it alone."""
    values = [value for value in blocks(stream) if channel in {"", value.get("kind")}]
    tied = {value.get("kind") for value in _of_cases(values, titles)}
    ours = [value for value in values if value.get("kind") not in tied or same(text(value, "case")) in titles]
    return [{"value": value} for value in ours]


def _of_cases(values: Iterable[Raw], titles: Collection[str]) -> Iterable[Raw]:
    return (value for value in values if text(value, "case") and same(text(value, "case")) in titles)
