"""The feed of a collection: the newest of what it finds, each with its summary."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from home.collections.query import find
from home.collections.showing import Entry, entries
from home.feeds import ENTRIES, PageFeed, with_notes
from home.models import CollectionPage, PortalPage

NAME = "tin.atom"


class CollectionFeed(PageFeed):
    """What a collection finds, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[int, Entry] = {}

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> CollectionPage:
        """Return the collection."""
        collection: CollectionPage = kwargs["collection"]
        return collection

    def title(self, obj: CollectionPage) -> str:
        return f"{settings.WAGTAIL_SITE_NAME}: {obj.title}"

    def subtitle(self, obj: CollectionPage) -> str:
        return obj.lead

    def link(self, obj: CollectionPage) -> str:
        url: str = obj.url
        return url

    def feed_url(self, obj: CollectionPage) -> str:
        return f"{obj.url}{NAME}"

    def items(self, obj: CollectionPage) -> list[PortalPage]:  # type: ignore[override]
        rows = find(obj.query.newest(ENTRIES)).rows
        self.entries = {entry.id: entry for entry in entries(rows)}
        pages = Page.objects.in_bulk([row.pk for row in rows])
        return with_notes(pages[row.pk] for row in rows if row.pk in self.entries and row.pk in pages)

    def item_title(self, item: PortalPage) -> str:
        return self.entries[item.pk].marked_title

    def item_link(self, item: PortalPage) -> str:
        return self.entries[item.pk].url

    def summary(self, page: PortalPage) -> str:
        return self.entries[page.pk].summary

    def day(self, page: PortalPage) -> date | None:
        return self.entries[page.pk].date
