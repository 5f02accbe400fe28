"""Listens to all that changes a search result, whoever does it: the admin, a command, a shell."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from search import documents
from search.outbox import mark_changed

MOVED = "_search_address_changed"
"""Set on a page between `pre_save` and `post_save` when its address is about to change."""


def connect() -> None:
    """Connect the handlers. None has a sender: publishing saves a `Page` as well as its own class."""
    pre_save.connect(remember_address)
    post_save.connect(note_saved)
    pre_delete.connect(note_quoting)
    post_delete.connect(note_deleted)
    post_page_move.connect(note_moved)


def remember_address(instance: Model, **kwargs: Any) -> None:
    """See, before a page with pages below is saved, whether their addresses change with its own.

    Wagtail writes those by SQL, and no signal tells of them.
    """
    if not isinstance(instance, Page) or instance.pk is None or not instance.numchild:
        return
    stored = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    setattr(instance, MOVED, stored not in (None, instance.url_path))


def note_saved(instance: Model, **kwargs: Any) -> None:
    """Note a saved page (publishing, expiring, editing save it), or a branch under a restriction."""
    if isinstance(instance, Page):
        mark_changed([instance.pk], subtree=instance.__dict__.pop(MOVED, False))
    elif isinstance(instance, PageViewRestriction):
        mark_changed([instance.page_id], subtree=True)
    elif isinstance(instance, Site):
        mark_changed([instance.root_page_id], subtree=True)
    else:
        note_quoting(instance)


def note_quoting(instance: Model, **kwargs: Any) -> None:
    """Note the pages that quote a row, after it was saved and before it is deleted."""
    for source in documents.sources.values():
        if isinstance(instance, source.quotes):
            mark_changed(source.quoted_by(instance))


def note_deleted(instance: Model, **kwargs: Any) -> None:
    """Note a deleted page (Django tells of each page below it, too), or a lifted restriction."""
    if isinstance(instance, Page):
        mark_changed([instance.pk])
    elif isinstance(instance, PageViewRestriction):
        mark_changed([instance.page_id], subtree=True)


def note_moved(instance: Page, **kwargs: Any) -> None:
    """Note a moved page with all below it: their addresses change, and the restrictions above them."""
    mark_changed([instance.pk], subtree=True)
