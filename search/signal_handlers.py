"""Listens to all that changes a search result, whoever does it: the admin, a command, a shell.

What sends no signal is not heard: `QuerySet.update`, `bulk_create`, `bulk_update`, SQL, and rows of a
many-to-many field that are written through their own model. Code that does so calls `mark_changed` itself, in
the same transaction; what a person does so in a shell is found and mended by the nightly check.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from django.apps import apps
from django.db import transaction
from django.db.models import ManyToManyField, Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from search import documents
from search.models import OutboxEntry
from search.outbox import mark_changed

ModelType = type[Model]
Concerned = Callable[[Any], Iterable[int]]
"""Returns the ids of the pages whose documents a row is a part of."""

_concerned: dict[ModelType, list[Concerned]] = defaultdict(list)
_branches: dict[ModelType, str] = {PageViewRestriction: "page_id", Site: "root_page_id"}
"""What decides about whole branches, and where it says which page is the top of one."""

BEFORE = "_search_pages_before"
"""Set on a row between `pre_save` and `post_save`: the pages that it belonged to."""
NONE: tuple[set[int], bool] = (set(), False)


def connect() -> None:
    """Connect the handlers, each to the models that it is about: all others are deleted without a look."""
    for model in apps.get_models():
        if issubclass(model, Page):  # publishing saves a plain `Page` as well as its own class
            pre_save.connect(note_new_address, sender=model)
            post_save.connect(note_page, sender=model)
            pre_delete.connect(note_page, sender=model)
    for source in documents.sources.values():
        _connect_choices(source)
        for relation in get_all_child_relations(source.model):
            if relation.model is not Page:  # comments
                _concerned[relation.related_model].append(partial(_parent, relation.field.attname))
        for model in source.quotes:
            _concerned[model].append(source.quoted_by)
    for model in (*_branches, *_concerned):
        pre_save.connect(remember_stored, sender=model)
        post_save.connect(note_row, sender=model)
        pre_delete.connect(note_row, sender=model)
    post_page_move.connect(note_moved)


def _connect_choices(source: documents.DocumentSource) -> None:
    """Listen to the many-to-many fields of a page type, and to the deletion of what they refer to."""
    for field in source.model._meta.many_to_many:
        if isinstance(field, ManyToManyField):
            chosen_by = partial(_chosen_by, field)
            m2m_changed.connect(
                partial(note_choice, chosen_by), sender=field.remote_field.through, weak=False
            )
            pre_delete.connect(partial(_note_choosers, chosen_by), sender=field.related_model, weak=False)


def note_new_address(instance: Page, **kwargs: Any) -> None:
    """Note all below a page whose address is about to change: Wagtail writes theirs by SQL."""
    stored = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    if stored not in (None, instance.url_path):
        note([instance.pk], subtree=True)


def note_page(instance: Page, **kwargs: Any) -> None:
    """Note a page that was saved (publishing, expiring, editing do so) or is being deleted."""
    note([instance.pk])


def note_moved(instance: Page, **kwargs: Any) -> None:
    """Note a moved page with all below it: their addresses change, and the restrictions above them."""
    note([instance.pk], subtree=True)


def remember_stored(instance: Model, **kwargs: Any) -> None:
    """See, before a row is saved, which pages it belongs to: it may come to belong to others."""
    if instance.pk is None:
        return
    wanted, _subtree = _pages_of(instance)
    saved_with_its_page = bool(wanted) and not _fresh(wanted)
    if not saved_with_its_page and (stored := type(instance)._base_manager.filter(pk=instance.pk).first()):
        setattr(instance, BEFORE, _pages_of(stored))


def note_row(instance: Model, **kwargs: Any) -> None:
    """Note the pages of a row that was saved or is being deleted: a sector, a legal basis, a privacy ..."""
    for page_ids, subtree in (instance.__dict__.pop(BEFORE, NONE), _pages_of(instance)):
        note(page_ids, subtree=subtree)


def note_choice(
    chosen_by: Concerned, instance: Model, action: str, reverse: bool, pk_set: set[Any] | None, **kwargs: Any
) -> None:
    """Note the pages whose levels or audiences changed, from either side."""
    if not reverse:
        note([instance.pk])
    elif action == "pre_clear":
        note(chosen_by(instance))
    elif pk_set:
        note(pk_set)


def note(page_ids: Iterable[int], *, subtree: bool = False) -> None:
    """Note pages, each once in a transaction: to publish one with thirty legal bases saves 31 rows."""
    if wanted := _fresh(set(page_ids), subtree=subtree):
        mark_changed(wanted, subtree=subtree)
        noted = Noted()
        _noted().update({(page_id, subtree): noted for page_id in wanted})
        transaction.on_commit(noted, robust=True)


class Noted:
    """Waits for the commit, and does nothing then: it is there for as long as what was noted with it holds.

    Django forgets it when the transaction ends, or the part of it that is rolled back.
    """

    def __call__(self) -> None:
        """Do nothing: the rows are written."""


Notes = WeakValueDictionary[tuple[int, bool], Noted]


def _noted() -> Notes:
    """Return what this transaction has noted: pages, alone or with all below."""
    connection = transaction.get_connection()
    notes: Notes | None = getattr(connection, "search_notes", None)
    if notes is None:
        notes = connection.search_notes = WeakValueDictionary()
    return notes


def _fresh(page_ids: set[int], *, subtree: bool = False) -> set[int]:
    """Return those of some pages that need a row; a test drains in the midst of a transaction."""
    notes = _noted()
    again = {pk for pk in page_ids if (pk, True) in notes or (not subtree and (pk, False) in notes)}
    rows = OutboxEntry.objects.filter(page_id__in=again) if again else OutboxEntry.objects.none()
    waiting = {page for page, whole in rows.values_list("page_id", "subtree") if whole or not subtree}
    return page_ids - (again & waiting)


def _pages_of(instance: Model) -> tuple[set[int], bool]:
    """Return the pages whose documents a row is a part of, and whether it is about all below them."""
    if top := _branches.get(type(instance)):
        return _with_aliases(getattr(instance, top)), True
    return {page for pages in _concerned[type(instance)] for page in pages(instance)}, False


def _with_aliases(page_id: int) -> set[int]:
    """Return a page with its aliases, and theirs: Wagtail serves them as it does their source."""
    found, sources = {page_id}, {page_id}
    while sources := set(Page.objects.filter(alias_of__in=sources).values_list("pk", flat=True)) - found:
        found |= sources
    return found


def _parent(attname: str, instance: Model) -> list[int]:
    return [getattr(instance, attname)]


def _chosen_by(field: Any, instance: Model) -> Iterable[int]:
    rows = field.remote_field.through._base_manager.filter(**{field.m2m_reverse_field_name(): instance.pk})
    return rows.values_list(f"{field.m2m_field_name()}_id", flat=True)


def _note_choosers(chosen_by: Concerned, instance: Model, **kwargs: Any) -> None:
    note(chosen_by(instance))
