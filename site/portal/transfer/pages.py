"""Brings the pages of an archive in, once all are placed: what is new, what changed there and not here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published, page_unpublished

from home.editing import notes
from home.models import ChangeNote
from home.rules import listening
from portal.transfer import identities, records, shapes
from portal.transfer.archive import Reader, Record, Refused
from portal.transfer.local import Lacking, Local
from portal.transfer.outcomes import Outcome, Remembered, Report, decide, remember, remembered
from portal.transfer.placing import Placed, Places
from portal.transfer.references import Data, Unknown
from procedures.models import ImportedRecord, Phrasing

CONTENTS = ("live", "draft")


def _is_worked_on(page: Page) -> bool:
    """Tell whether somebody here has locked a page, or it is in review: to publish would end that."""
    return page.locked or page.workflow_in_progress


@dataclass(frozen=True)
class Theirs:
    """A record of the archive as it can be here, its references as keys."""

    where: str
    key: str
    placed: Placed
    said: Record
    hash: str


@contextmanager
def telling_nobody() -> Iterator[None]:
    """Publish without letters to people and without new notes: the notes come with the pages."""
    receivers = (
        (page_published, listening.published),
        (page_published, notes.keep),
        (page_unpublished, listening.taken_down),
    )
    for signal, receiver in receivers:
        signal.disconnect(receiver)
    try:
        yield
    finally:
        for signal, receiver in receivers:
            signal.connect(receiver)


@dataclass
class Pages:
    """The pages of an archive beside those of this database."""

    archive: Reader
    local: Local
    report: Report
    places: Places
    take_theirs: bool

    def bring(self) -> None:
        """Write what is to be written. Raises `Refused`."""
        some: list[Theirs] = []
        with telling_nobody():
            for where, record in self.archive.lines("pages.jsonl"):
                if theirs := self._known(where, record):
                    some.append(theirs)
                if len(some) == records.PAGES_AT_ONCE:
                    self._bring(some)
                    some = []
            self._bring(some)

    def _known(self, where: str, record: Record) -> Theirs | None:
        placed = self.places.found.get(record["key"])
        if placed is None:
            return None
        name = self.local.names[record["key"]]

        def warn(sentence: str) -> None:
            self.report.warnings.append(f"{name}: {sentence}")

        try:
            said: Record = {"type": record["type"]} | shapes.beside(placed.model, record)
            for part in CONTENTS:
                content = record[part]
                said[part] = self.local.known(placed.model, content, warn) if content else None
        except Unknown as error:
            raise Refused(f"{where} ({name}): {error}.") from error
        except Lacking as error:
            self._refuse(record, placed, str(error))
            return None
        if not placed.is_top:
            said["parent"] = record["parent"]
        return Theirs(where, record["key"], placed, said, records.hashed(said))

    def _refuse(self, record: Record, placed: Placed, reason: str) -> None:
        name = self.local.names[record["key"]]
        if placed.is_new:
            # Others refer to it by now, and what they would say is not known any more.
            raise Refused(f"{name}: {reason}.")
        self.report.add(Outcome.REFUSED, record["type"], name, reason)

    def _bring(self, some: list[Theirs]) -> None:
        pages, ours = self._ours([one.placed.pk for one in some])
        bases = remembered(Page, pages)
        hashes = {pk: records.hashed(said) for pk, said in ours.items()}
        written: list[Theirs] = []
        for one in some:
            pk = one.placed.pk
            base = bases.get(str(pk)) or self._untouched(one, pages[pk], hashes[pk])
            outcome = decide(hashes[pk], one.hash, base, take_theirs=self.take_theirs)
            if one.placed.is_new:
                outcome = Outcome.CREATED
            if outcome is Outcome.UPDATED and not self.take_theirs and _is_worked_on(pages[pk]):
                outcome = Outcome.CONFLICT
            outcome, reason = self._do(outcome, one, pages[pk], ours[pk])
            if outcome in {Outcome.CREATED, Outcome.UPDATED}:
                written.append(one)
            elif outcome is Outcome.UNCHANGED and str(pk) not in bases:
                remember(pages[pk], one.hash, hashes[pk])
            self.report.add(outcome, one.said["type"], self.local.names[one.key], reason)
        pages, ours = self._ours([one.placed.pk for one in written])
        for one in written:
            remember(pages[one.placed.pk], one.hash, records.hashed(ours[one.placed.pk]))

    def _untouched(self, one: Theirs, page: Page, ours: str) -> Remembered | None:
        """Let a page be written that the portal made itself and nobody has edited."""
        if one.placed.by_address and page.latest_revision_id is None:
            return Remembered(theirs="", ours=ours)
        return None

    def _ours(self, pks: list[int]) -> tuple[dict[int, Page], dict[int, Record]]:
        found = list(records.pages(pks))
        contents = [(page, part, said[part]) for page, said in found for part in CONTENTS if said[part]]
        named = self.local.keys.translated((type(page), content) for page, _part, content in contents)
        self.local.keys.lost.clear()
        ours = {page.pk: said for page, said in found}
        for (page, part, _content), content in zip(contents, named, strict=True):
            ours[page.pk][part] = content
        tops = {one.pk for one in self.places.found.values() if one.is_top}
        above = {page.path[: -Page.steplen] for page, _said in found if page.pk not in tops}
        parents = dict(Page.objects.filter(path__in=above).values_list("path", "pk"))
        self.local.keys.load(Page, parents.values())
        for page, said in found:
            if page.pk not in tops:
                said["parent"] = self.local.keys.known[Page][parents[page.path[: -Page.steplen]]]
        return {page.pk: page for page, _said in found}, ours

    def _do(self, outcome: Outcome, one: Theirs, page: Page, ours: Record) -> tuple[Outcome, str]:
        if outcome is Outcome.CONFLICT:
            return outcome, "edited, locked or in review here, or never imported: left as it is"
        if outcome is Outcome.UNCHANGED:
            return outcome, ""
        try:
            with transaction.atomic():
                self._write(one, page, ours)
        except ValidationError as error:
            reason = " ".join(error.messages)
            if one.placed.is_new:
                raise Refused(f"{one.where} ({self.local.names[one.key]}): {reason}") from error
            return Outcome.REFUSED, reason
        except (TypeError, ValueError) as error:
            raise Refused(f"{one.where} ({self.local.names[one.key]}): {error}") from error
        return outcome, ""

    def _write(self, one: Theirs, page: Page, ours: Record) -> None:
        said, pk = one.said, page.pk
        self._close(page, said["restriction"], ours["restriction"])
        if not one.placed.is_top and said["parent"] != ours.get("parent"):
            page.move(Page.objects.get(pk=self.local.pks[Page][said["parent"]]), pos="last-child")
            page = one.placed.model.objects.get(pk=pk)
        changed = {part: records.hashed(said[part]) != records.hashed(ours[part]) for part in CONTENTS}
        is_draft_gone = bool(ours["draft"] and not said["draft"])
        if said["live"] and (one.placed.is_new or changed["live"] or is_draft_gone):
            with disable_reference_index_auto_update():  # else once for each row of the page
                self._saved(page, said["live"]).publish(log_action=False)
            page = one.placed.model.objects.get(pk=pk)
            ReferenceIndex.create_or_update_for_object(page)
        elif not said["live"] and page.live:
            page.unpublish(log_action=False)
            page = one.placed.model.objects.get(pk=pk)
        if said["draft"] and (one.placed.is_new or changed["draft"] or changed["live"]):
            revision = self._saved(page, said["draft"])
            if said["state"]["scheduled"]:
                revision.publish(log_action=False)
        times = {
            name: parse_datetime(value) if (value := said["state"][name]) else None for name in shapes.TIMES
        }
        Page.objects.filter(pk=pk).update(**times, expired=said["state"]["expired"])
        self._beside(pk, said, ours)

    def _saved(self, page: Page, content: Data) -> Any:
        """Return a new revision of a page."""
        model = type(page)
        resolved = self.local.resolved(model, content)
        for name in identities.children(model):
            resolved[name] = [row | {"pk": None} for row in resolved.get(name, [])]
        return page.with_content_json(resolved | {"pk": page.pk}).save_revision()

    def _close(self, page: Page, theirs: Record | None, ours: Record | None) -> None:
        """Close or open a page; a password that it has here stays."""
        if theirs == ours:
            return
        PageViewRestriction.objects.filter(page=page).delete()
        if theirs is None:
            return
        closed = PageViewRestriction.objects.create(page=page, restriction_type=theirs["type"])
        closed.groups.set(Group.objects.filter(name__in=theirs.get("groups", [])))

    def _beside(self, pk: int, said: Record, ours: Record) -> None:
        """Write what is stored beside a page, where it differs."""
        if said["notes"] != ours["notes"]:
            ChangeNote.objects.filter(page=pk).delete()
            ChangeNote.objects.bulk_create(
                ChangeNote(page_id=pk, **(note | {"at": datetime.fromisoformat(note["at"])}))
                for note in said["notes"]
            )
        if said["phrasings"] != ours["phrasings"]:
            kept = {line["text"] for line in said["phrasings"]}
            Phrasing.objects.filter(procedure=pk).exclude(text__in=kept).delete()
            for line in said["phrasings"]:
                values = {"enabled": line["enabled"], "seeded": line["seeded"]}
                Phrasing.objects.update_or_create(procedure_id=pk, text=line["text"], defaults=values)
        if known := said.get("imported"):
            self._remember_catalogue(pk, known)

    def _remember_catalogue(self, pk: int, known: Record) -> None:
        """Note what the catalogue said last, so that its next import here is no conflict."""
        if ImportedRecord.objects.filter(code=known["code"]).exclude(page=pk).exists():
            self.report.warnings.append(
                f"{known['code']}: another page here has that record of the catalogue"
            )
            return
        names = ("code", "record_hash", "importer_version", "parts")
        newest = Page.objects.values_list("latest_revision_id", flat=True).get(pk=pk)
        values = {name: known[name] for name in names} | {
            "imported_at": parse_datetime(known["imported_at"]),
            "revision_id": newest if known["current"] else None,
        }
        ImportedRecord.objects.update_or_create(page_id=pk, defaults=values)
