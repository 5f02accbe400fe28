"""What the database says of pages, rows and files, as records: written or compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Revision,
)

from home.models import ChangeNote
from portal.transfer import identities
from portal.transfer.archive import Record, dumps
from portal.transfer.references import Data
from procedures.models import ImportedRecord, Phrasing, ProcedurePage

PAGES_AT_ONCE = 200


def hashed(record: Any) -> str:
    """Return what a record says as one number; the identities of blocks say nothing."""
    return hashlib.sha256(dumps(_without_ids(json.loads(dumps(record)))).encode()).hexdigest()


def _without_ids(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _without_ids(value) for name, value in data.items() if name not in {"id", "owner"}}
    return [_without_ids(value) for value in data] if isinstance(data, list) else data


def raw(instance: Model) -> Data:
    """Return the data of a page or row, its references as the keys of this database."""
    model = type(instance)
    if isinstance(instance, ClusterableModel):
        return from_revision(model, instance.serializable_data())
    return from_revision(model, get_serializable_data_for_fields(instance))


def from_revision(model: type[Model], data: Data) -> Data:
    """Return what is moved of data as revisions have it: streams as lists, nothing of this database's own."""
    kept: Data = {}
    children = identities.children(model)
    for name, field in identities.fields(model).items():
        stored = "pk" if field.primary_key else name
        if stored in data:
            value = data[stored]
            is_text = isinstance(field, StreamField) and isinstance(value, str)
            kept[name] = json.loads(value or "[]") if is_text else value
    for name in identities.choices(model):
        kept[name] = sorted(data.get(name, []), key=str)
    for name, child in children.items():
        kept[name] = [from_revision(child, row) for row in data.get(name, [])]
    return kept


def pages(pks: list[int]) -> Iterator[tuple[Page, Record]]:
    """Yield some pages with their records, in the order given; references are keys of this database.

    A number of queries for each `PAGES_AT_ONCE` of them, however many those are.
    """
    for start in range(0, len(pks), PAGES_AT_ONCE):
        some = pks[start : start + PAGES_AT_ONCE]
        found = {page.pk: page for page in _specific(some)}
        beside = _beside(some, found)
        for pk in some:
            if pk in found:
                yield found[pk], _page(found[pk]) | beside[pk]


def _specific(pks: list[int]) -> Iterator[Page]:
    types = Page.objects.filter(pk__in=pks).values_list("content_type", flat=True).distinct().order_by()
    for key in types:
        model: Any = ContentType.objects.get_for_id(key).model_class()
        relations = [*identities.children(model), *identities.choices(model)]
        yield from (
            model.objects.filter(pk__in=pks)
            .select_related("latest_revision")
            .prefetch_related(*relations, "wagtail_admin_comments")
        )


def _page(page: Page) -> Record:
    """Return what is public of a page, and its newest draft where that is another."""
    model = type(page)
    newest: Revision | None = page.latest_revision
    live = raw(page) if page.live else None
    draft = None
    if not page.live or page.has_unpublished_changes:
        draft = from_revision(model, newest.content) if newest else raw(page)
        if live and hashed(draft) == hashed(live):
            draft = None
    return {
        "type": model._meta.label_lower,
        "live": live,
        "draft": draft,
        "state": {
            "first_published_at": page.first_published_at,
            "last_published_at": page.last_published_at,
            "expired": page.expired,
            "scheduled": bool(newest and newest.approved_go_live_at),
        },
    }


def _beside(pks: list[int], found: dict[int, Page]) -> dict[int, Record]:
    """Return what is stored beside pages: privacy, public notes, phrasings, the record of an import."""
    said: dict[int, Record] = {pk: {"restriction": None, "notes": [], "phrasings": []} for pk in pks}
    for note in ChangeNote.objects.filter(page__in=pks).order_by("at", "pk"):
        one = {"at": note.at, "text": note.text, "is_major": note.is_major}
        said[note.page_id]["notes"].append(one)
    closed = PageViewRestriction.objects.filter(page__in=pks).prefetch_related("groups")
    for restriction in closed:
        said[restriction.page_id]["restriction"] = privacy(restriction)
    procedures = [pk for pk in pks if isinstance(found.get(pk), ProcedurePage)]
    if not procedures:
        return said
    for line in Phrasing.objects.filter(procedure__in=procedures).order_by("text"):
        one = {"text": line.text, "enabled": line.enabled, "seeded": line.seeded}
        said[line.procedure_id]["phrasings"].append(one)
    for known in ImportedRecord.objects.filter(page__in=procedures):
        names = ("code", "record_hash", "importer_version", "parts", "imported_at")
        is_current = known.revision_id == found[known.page_id].latest_revision_id
        values = {name: getattr(known, name) for name in names}
        said[known.page_id]["imported"] = values | {"current": is_current}
    return said


def privacy(restriction: PageViewRestriction) -> Record:
    """Return who may see a page. A password stays here: the page asks for a login where it arrives."""
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return {"type": "groups", "groups": sorted(group.name for group in restriction.groups.all())}
    return {"type": "login"}


def rows(model: type[Model], pks: Iterable[Any]) -> Iterator[tuple[Any, Data]]:
    """Yield rows with their data; references are keys of this database."""
    found: Any = model._default_manager.filter(pk__in=list(pks)).order_by("pk")
    for row in found.prefetch_related(*identities.children(model)):
        yield row, raw(row)


class Collections:
    """The collections of pictures and files, by the names above them."""

    def __init__(self) -> None:
        every = list(Collection.objects.order_by("path"))
        closed = set(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
        names: dict[str, list[str]] = {}
        self.names: dict[int, list[str]] = {}
        self.private: set[int] = set()
        for one in every:
            above = names.get(one.path[: -Collection.steplen])
            names[one.path] = [] if above is None else [*above, one.name]
            self.names[one.pk] = names[one.path]
            if any(one.path.startswith(path) for path in closed):
                self.private.add(one.pk)


def media(one: Any, collections: Collections) -> Record:
    """Return what is said of a picture or a file, without what is in it."""
    data = get_serializable_data_for_fields(one)
    kept = {name: value for name, value in data.items() if name not in identities.MEDIA_LEFT_OUT | {"pk"}}
    return {
        "type": type(one)._meta.label_lower,
        "fields": kept,
        "tags": sorted(tag.name for tag in one.tags.all()),
        "collection": collections.names[one.collection_id],
        "private": collections.private.__contains__(one.collection_id),
    }


def is_document(model: type[Any]) -> bool:
    """Tell whether a model holds files, not pictures."""
    return issubclass(model, AbstractDocument)
