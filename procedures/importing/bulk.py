"""Writes many new pages at once, row for row as `add_child` and `save_revision().publish()` would one by one.

Django creates no rows in bulk for a model with a parent, nor does Wagtail for its pages: so the rows are
written table by table here, and a test compares every table of the database with what the plain way writes.
Signals are not sent. What listens to them is done here: the reference index, the admin's search, the outbox
of the public search.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from procedures.importing import IMPORTER_VERSION, parts
from procedures.importing.assigning import assign
from procedures.importing.catalogue import Catalogue, index
from procedures.importing.drafting import Draft
from procedures.importing.placing import place
from procedures.models import (
    ImportedRecord,
    LegalBasis,
    ProcedureAgency,
    ProcedurePage,
    ProcedureSector,
)
from search.documents import mark_changed

CHILDREN: dict[str, Any] = {
    "sector_links": ProcedureSector,
    "agency_links": ProcedureAgency,
    "legal_bases": LegalBasis,
}
CHOICES = ("levels", "audiences")


@dataclass(frozen=True)
class NewPage:
    """A record that becomes a page."""

    draft: Draft
    record_hash: str


@transaction.atomic
def create(new: Sequence[NewPage], catalogue: Catalogue) -> None:
    """Create and publish the pages of records: all of them or none."""
    now = timezone.now()
    pages = [_page(item, catalogue) for item in new]
    place(pages)
    _insert_pages(pages, now)
    _insert_relations(pages)
    revisions = _insert_revisions(pages, now)
    _insert_log(pages, revisions, now)
    _insert_references(pages)
    _remember(new, pages, revisions, catalogue, now)
    index(pages)
    mark_changed([page.pk for page in pages])


def build(item: NewPage, catalogue: Catalogue) -> ProcedurePage:
    """Return the page of a record, in memory."""
    page = ProcedurePage(
        code=item.draft.values["code"], source_hash=item.record_hash, importer_version=IMPORTER_VERSION
    )
    assign(page, item.draft, catalogue)
    return page


def _page(item: NewPage, catalogue: Catalogue) -> ProcedurePage:
    page = build(item, catalogue)
    for relation in get_all_child_relations(page):  # the others are empty: nothing need be asked for them
        page._cluster_related_objects.setdefault(relation.get_accessor_name(), [])
    page.derive()
    page.draft_title = page.title
    return page


def _insert_pages(pages: list[ProcedurePage], now: datetime) -> None:
    """Write the row of each page in both tables, as it is once published."""
    published = {"first_published_at": now, "last_published_at": now, "latest_revision_created_at": now}
    names = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(
        [Page(**{name: getattr(page, name) for name in names} | published) for page in pages]
    )
    for page, row in zip(pages, rows, strict=True):
        page.id = page.page_ptr_id = row.pk
        page._state.adding = False
        page._state.db = row._state.db
    own = ProcedurePage.objects.all()
    own._for_write = True
    own._batched_insert(pages, fields=ProcedurePage._meta.local_concrete_fields, batch_size=None)


def _insert_relations(pages: list[ProcedurePage]) -> None:
    for name, model in CHILDREN.items():
        children = [child for page in pages for child in _related(page, name)]
        for child in children:
            child.procedure_id = child.procedure.pk
        model.objects.bulk_create(children)
    for name in CHOICES:
        field = ProcedurePage._meta.get_field(name)
        through = field.remote_field.through
        source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through.objects.bulk_create(
            through(**{source: page.pk, target: row.pk}) for page in pages for row in _related(page, name)
        )


def _related(page: ProcedurePage, name: str) -> Iterable[Any]:
    return page._cluster_related_objects[name]


def _insert_revisions(pages: list[ProcedurePage], now: datetime) -> list[Revision]:
    """Write a revision of each page, and make it the page's latest and live one."""
    own, base = _content_types()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=own,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=now,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    revision = Revision.objects.filter(base_content_type=base, object_id=Cast(OuterRef("pk"), CharField()))
    newest = Subquery(revision.values("pk")[:1])
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        latest_revision=newest, live_revision=newest
    )
    return list(revisions)


def _content_types() -> tuple[ContentType, ContentType]:
    return ContentType.objects.get_for_model(ProcedurePage), ContentType.objects.get_for_model(Page)


def _insert_log(pages: list[ProcedurePage], revisions: list[Revision], now: datetime) -> None:
    own, _base = _content_types()
    entries = []
    for page, revision in zip(pages, revisions, strict=True):
        common = {
            "content_type": own,
            "label": page.title,
            "timestamp": now,
            "page": page,
            "content_changed": True,
        }
        entries.append(PageLogEntry(action="wagtail.create", **common))
        entries.append(PageLogEntry(action="wagtail.publish", revision=revision, **common))
    PageLogEntry.objects.bulk_create(entries)


def _insert_references(pages: list[ProcedurePage]) -> None:
    """Write what the pages refer to. Forms of records are names without files: streams refer to nothing."""
    own, base = _content_types()
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=own,
            base_content_type=base,
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page in pages
        for to_type, to_id, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(_without_streams(page))
        )
    )


def _without_streams(page: ProcedurePage) -> ProcedurePage:
    bare = copy(page)
    for part in parts.PARTS.values():
        if part.stream:
            setattr(bare, part.stream, [])
    return bare


def _remember(
    new: Sequence[NewPage],
    pages: list[ProcedurePage],
    revisions: list[Revision],
    catalogue: Catalogue,
    now: datetime,
) -> None:
    ImportedRecord.objects.bulk_create(
        ImportedRecord(
            page=page,
            code=item.draft.full_code,
            record_hash=item.record_hash,
            importer_version=IMPORTER_VERSION,
            parts=parts.hashes(parts.of_draft(item.draft, catalogue)),
            revision_id=revision.pk,
            imported_at=now,
        )
        for item, page, revision in zip(new, pages, revisions, strict=True)
    )
