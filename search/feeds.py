"""The feed of a search: `/tim-kiem/tin.atom`, with the parameters of the page, the last published first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from wagtail.models import Page

from search import listed, whole
from search.file_views import no_file
from search.parameters import SearchParameters, parse
from search.results import localised

ENTRIES = 50


@dataclass(frozen=True)
class Entry:
    """A result, and what the database alone knows of its page."""

    title: str
    summary: str
    path: str
    key: UUID
    published: datetime | None
    updated: datetime | None


class SearchFeed(Feed):
    """What a search finds, the last published first."""

    feed_type = Atom1Feed
    language = settings.LANGUAGE_CODE
    author_name = settings.WAGTAIL_SITE_NAME

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed; with a sentence if the address is not right."""
        parsed = parse(request.GET)
        if parsed.errors:
            return no_file(request, [text for _field, text in parsed.sentences], 400)
        newest = replace(parsed.parameters, sort="newest", page=1)
        response: HttpResponse = super().__call__(request, *args, parameters=newest, **kwargs)
        patch_cache_control(response, no_cache=True)  # privacy shows at once
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SearchParameters:
        """Return the search."""
        parameters: SearchParameters = kwargs["parameters"]
        return parameters

    def title(self, obj: SearchParameters) -> str:
        return f"{settings.WAGTAIL_SITE_NAME}: {listed.in_words(obj)}"

    def link(self, obj: SearchParameters) -> str:
        return f"{reverse('search')}?{obj.query_string()}"

    def feed_url(self, obj: SearchParameters) -> str:
        return f"{reverse('search_feed')}?{replace(obj, sort='').query_string()}"

    def items(self, obj: SearchParameters) -> list[Entry]:
        hits = whole.last_published(obj, ENTRIES)
        columns = ("pk", "translation_key", "first_published_at", "last_published_at")
        pages = Page.objects.filter(pk__in=[hit["id"] for hit in hits]).values_list(*columns)
        known = {pk: times for pk, *times in pages}
        return [
            Entry(hit["title"], hit.get("summary", ""), localised(hit["url"]), *known[hit["id"]])
            for hit in hits
            if hit["id"] in known
        ]

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return escape(item.summary)

    def item_link(self, item: Entry) -> str:
        return item.path

    def item_guid(self, item: Entry) -> str:
        """Return an id that stays when the page moves: the one that it has in the other feeds."""
        return f"urn:uuid:{item.key}"

    def item_pubdate(self, item: Entry) -> datetime | None:
        return item.published

    def item_updateddate(self, item: Entry) -> datetime | None:
        return item.updated or item.published
