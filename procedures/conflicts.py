"""Conflicts of an import with an editor's work: what differs, part by part, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.importing import IMPORTER_VERSION, parts, wording
from procedures.importing.assigning import assign
from procedures.importing.catalogue import Catalogue
from procedures.importing.drafting import Draft, draft
from procedures.importing.parts import PARTS
from procedures.importing.revising import Comparison, compare, remember, save
from procedures.importing.side_by_side import Row, rows
from procedures.importing.survey import Survey
from procedures.models import ImportConflict, ProcedurePage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True)
class Difference:
    """A part of which the page and the record say different things."""

    name: str
    label: StrOrPromise
    reason: StrOrPromise
    suggestion: str
    rows: list[Row]


@dataclass(frozen=True)
class Decision:
    """What carrying out a decision did to the page."""

    page: ProcedurePage
    changed: bool
    published: bool


def differences(conflict: ImportConflict) -> list[Difference]:
    """Return what differs now: the page may have been edited again since the conflict was found."""
    with transaction.atomic():
        found = _differences(conflict)
        transaction.set_rollback(True)  # looking changes nothing, not even the catalogue
    return found


def _differences(conflict: ImportConflict) -> list[Difference]:
    found, drafted, catalogue = _compare(conflict)
    page = found.page.get_latest_revision_as_object()
    ours = {name: wording.lines(page, name) for name in found.differing}
    assign(page, drafted, catalogue, found.differing)
    base = parts.base(found.imported.parts) if found.imported else {}
    return [
        Difference(
            name,
            PARTS[name].label,
            *_reason(base.get(name), found.ours[name], found.theirs[name]),
            rows(ours[name], wording.lines(page, name)),
        )
        for name in found.differing
    ]


@transaction.atomic
def decide(conflict: ImportConflict, choices: Mapping[str, str], user: Any, *, may_publish: bool) -> Decision:
    """Carry out a decision: take the chosen parts from the record, save the page, be done with the record.

    The page is published if the user may and if nothing else waited for it: a draft that an editor had not
    finished stays one, and so does a page that was taken down.
    """
    conflict = ImportConflict.objects.select_for_update().get(pk=conflict.pk)
    found, drafted, catalogue = _compare(conflict)
    taken = [name for name in found.differing if choices.get(name) == THEIRS]
    publish = may_publish and found.page.live and not found.page.has_unpublished_changes
    saved = found.page
    if taken:
        page = found.page.get_latest_revision_as_object()
        assign(page, drafted, catalogue, taken)
        page.source_hash, page.importer_version = conflict.record_hash, IMPORTER_VERSION
        saved = save(page, taken, publish=publish, user=user)
    remember(saved, found.imported, drafted, found.theirs, conflict.record_hash)
    conflict.state = ImportConflict.State.DONE
    conflict.decided_at, conflict.decided_by = timezone.now(), user
    conflict.decisions = {name: THEIRS if name in taken else OURS for name in found.differing}
    conflict.save()
    return Decision(saved, bool(taken), bool(taken) and publish)


def _compare(conflict: ImportConflict) -> tuple[Comparison, Draft, Catalogue]:
    """Compare the record with the page as it is now; create what it refers to, if that is gone."""
    drafted = draft(conflict.record)
    survey = Survey()
    survey.add(conflict.record)
    catalogue = Catalogue()
    catalogue.complete(survey)
    return compare(conflict.page_id, drafted, catalogue), drafted, catalogue


def _reason(base: str | None, ours: str, theirs: str) -> tuple[StrOrPromise, str]:
    """Return who has changed a part since the last import, and the side that this speaks for."""
    if base is None:
        return _("No import has written this page before."), ""
    if theirs == base:
        return _("Only the page was edited; the source says what it said before."), OURS
    if ours == base:
        return _("Only the source has changed; nobody edited this part."), THEIRS
    return _("Both have changed since the last import."), ""
