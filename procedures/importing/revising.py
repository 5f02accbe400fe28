"""What an import does to a page that exists: nothing, a new revision, or a conflict for a person to decide.

Three versions of each part are compared by hash: what the last import wrote (the base), what the page says
now, drafts included (ours), and what the record says (theirs).

- Ours and theirs are the same: nothing to do.
- Nobody has changed the page since the last import: the parts that differ are written and published, by
  Wagtail's own way. Of a page that was taken down, a draft is saved.
- Somebody has: the page is left as it is, and a conflict is opened for it, if the source has changed a part
  at all since the base. So a part that a person chose to keep is asked about again only when its source
  changes.
- A page of that code that no import wrote was made by hand: then everything that differs is a conflict.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from home.models import Event
from home.rules.telling import tell
from procedures.importing import IMPORTER_VERSION, parts
from procedures.importing.assigning import assign
from procedures.importing.catalogue import Catalogue
from procedures.importing.drafting import Draft
from procedures.importing.findings import Finding, Kind
from procedures.importing.outcomes import Outcome
from procedures.importing.record import storable
from procedures.models import ImportConflict, ImportedRecord, ProcedurePage


@dataclass(frozen=True)
class Comparison:
    """A record beside the page of its code."""

    page: ProcedurePage
    imported: ImportedRecord | None
    ours: dict[str, str]
    theirs: dict[str, str]
    differing: list[str]
    asked: list[str]
    edited: bool


@dataclass(frozen=True)
class Revised:
    """What was done, with the parts that it was about."""

    outcome: Outcome
    parts: list[str]
    findings: tuple[Finding, ...] = ()


def compare(page_id: int, draft: Draft, catalogue: Catalogue) -> Comparison:
    """Compare a record with a page as its newest revision has it."""
    page = ProcedurePage.objects.select_for_update().get(pk=page_id)
    imported = ImportedRecord.objects.filter(page=page).first()
    base = parts.base(imported.parts) if imported else {}
    ours = parts.hashes(parts.of_page(page.get_latest_revision_as_object()))
    theirs = parts.hashes(parts.of_draft(draft, catalogue))
    differing = [name for name in parts.PARTS if ours[name] != theirs[name]]
    newer = imported is None or imported.revision_id != page.latest_revision_id
    return Comparison(
        page=page,
        imported=imported,
        ours=ours,
        theirs=theirs,
        differing=differing,
        asked=[name for name in differing if theirs[name] != base.get(name)],
        edited=newer or any(ours[name] != base.get(name) for name in differing),
    )


@transaction.atomic
def revise(
    page_id: int, draft: Draft, data: dict[str, Any], record_hash: str, catalogue: Catalogue, *, write: bool
) -> Revised:
    """Bring a record to the page of its code, or say what that would do."""
    found = compare(page_id, draft, catalogue)
    if found.asked and found.edited:
        if write:
            _open_conflict(found, data, record_hash)
        return Revised(Outcome.CONFLICT, found.differing)
    if not found.differing or found.edited:
        if write:
            remember(found.page, found.imported, draft, found.theirs, record_hash)
            _close_conflict(found.page)
        return Revised(Outcome.UNCHANGED, [])
    findings = () if found.page.live else (Finding(Kind.NOT_PUBLIC),)
    if write:
        _update(found, draft, record_hash, catalogue)
    return Revised(Outcome.UPDATED, found.differing, findings)


def save(page: ProcedurePage, taken: list[str], *, publish: bool, user: Any = None) -> ProcedurePage:
    """Save a page as a new revision that says which parts the source has changed, and publish it."""
    with translation.override(settings.LANGUAGE_CODE):
        labels = ", ".join(str(parts.PARTS[name].label) for name in taken)
        page.change_note = _("Changed by the source: %(parts)s.") % {"parts": labels}
    page.change_is_major = False
    revision = page.save_revision(user=user, log_action=not publish)
    if publish:
        revision.publish(user=user)
    return ProcedurePage.objects.get(pk=page.pk)


def remember(
    page: ProcedurePage,
    imported: ImportedRecord | None,
    draft: Draft,
    theirs: dict[str, str],
    record_hash: str,
) -> None:
    """Note that the page has taken this record into account: the next import of it changes nothing."""
    imported = imported or ImportedRecord(page=page, code=draft.full_code)
    imported.record_hash = record_hash
    imported.importer_version = IMPORTER_VERSION
    imported.parts = theirs
    imported.revision_id = page.latest_revision_id
    imported.imported_at = timezone.now()
    imported.save()


def _update(found: Comparison, draft: Draft, record_hash: str, catalogue: Catalogue) -> None:
    page = found.page.get_latest_revision_as_object()
    assign(page, draft, catalogue, found.differing)
    page.source_hash, page.importer_version = record_hash, IMPORTER_VERSION
    saved = save(page, found.differing, publish=found.page.live)
    remember(saved, found.imported, draft, found.theirs, record_hash)
    _close_conflict(saved)


def _open_conflict(found: Comparison, data: dict[str, Any], record_hash: str) -> None:
    """Write down the conflict, unless it is written down already."""
    conflict = ImportConflict.objects.filter(page=found.page, state=ImportConflict.State.OPEN).first()
    if conflict is None:
        conflict = ImportConflict(page=found.page)
    elif conflict.record_hash == record_hash and conflict.parts == found.differing:
        return
    conflict.record, conflict.record_hash, conflict.parts = storable(data), record_hash, found.differing
    conflict.found_at = timezone.now()
    conflict.save()
    tell(Event.CONFLICT, found.page, f"conflict {conflict.pk} {record_hash}")


def _close_conflict(page: ProcedurePage) -> None:
    """Close a conflict about which the page and the newest record now agree."""
    ImportConflict.objects.filter(page=page, state=ImportConflict.State.OPEN).update(
        state=ImportConflict.State.DONE, decided_at=timezone.now()
    )
