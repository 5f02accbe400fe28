"""What the feeds of all apps share: Atom, the newest fifty visible pages, ids that outlive an address.

A feed in RSS is the same one with `feed_type = RSSGenerator`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape
from django.utils.translation import gettext as _

from home.models import ChangeNote, PortalPage

ENTRIES = 50


class PageFeed(Feed):
    """A feed of pages; a subclass says which, and what is their summary and their day."""

    feed_type: type[SyndicationFeed] = Atom1Feed
    item_guid_is_permalink = False
    language = settings.LANGUAGE_CODE
    author_name = settings.WAGTAIL_SITE_NAME

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed. It may be kept, but not used again without asking: privacy shows at once."""
        response: HttpResponse = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, no_cache=True)
        return response

    def pages(self) -> Any:
        """Return the visible pages, in the order of the feed."""
        raise NotImplementedError

    def summary(self, page: Any) -> str:
        """Return a few words about a page."""
        raise NotImplementedError

    def day(self, page: Any) -> date | None:
        """Return the day that the page itself is of; without one its first publication counts."""
        return None

    def items(self) -> Iterable[PortalPage]:
        return with_notes(page for page in self.pages().defer_streamfields()[:ENTRIES] if page.url)

    def item_title(self, item: PortalPage) -> str:
        title: str = item.title
        return title

    def item_description(self, item: PortalPage) -> str:
        """Return the summary, and what the public version changed, where its editor said so."""
        note = item.note_of_version
        if note is None:
            return escape(self.summary(item))
        change = _("Major change") if note.is_major else _("Minor change")
        return escape(f"{self.summary(item)} {change}: {note.text}".strip())

    def item_link(self, item: PortalPage) -> str:
        url: str = item.url
        return url

    def item_guid(self, item: PortalPage) -> str:
        """Return an id that stays when the page moves or gets another slug."""
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: PortalPage) -> datetime | None:
        if day := self.day(item):
            return datetime.combine(day, time.min, timezone.get_default_timezone())
        first: datetime | None = item.first_published_at
        return first

    def item_updateddate(self, item: PortalPage) -> datetime | None:
        return item.last_published_at or self.item_pubdate(item)


def with_notes(pages: Iterable[Any]) -> list[Any]:
    """Return the pages, each with the note on its public version, or None, as `note_of_version`."""
    listed = list(pages)
    notes = ChangeNote.objects.filter(revision__in=[page.live_revision_id for page in listed])
    of_pages = {note.page_id: note for note in notes}
    for page in listed:
        page.note_of_version = of_pages.get(page.pk)
    return listed


class RSSGenerator(Rss201rev2Feed):
    """RSS 2.0 whose items say when they were changed: RSS itself has no word for that, Atom has."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an item, and its last change."""
        super().add_item_elements(handler, item)
        if item["updateddate"] is not None:
            handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
