"""What an article shows beside its text: pictures, what it is about, how long it takes to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.html import strip_tags
from wagtail.images import get_image_model
from wagtail.models import Page

from home.querysets import PortalPageQuerySet

if TYPE_CHECKING:
    from news.models import ArticlePage

WIDTHS: Final = (400, 800)
LARGE: Final = "max-1600x1600|format-webp"
PICTURES: Final = tuple(
    f"fill-{width}x{width * 3 // 4}|format-{kind}|avifquality-60"
    for width in WIDTHS
    for kind in ("avif", "webp")
)
"""The pictures of a gallery as `news/pictures.html` asks for them; each leads to the whole one, `LARGE`."""

SYLLABLES_A_MINUTE: Final = 240
"""What an adult reads of Vietnamese, in syllables: its words are written apart."""


def pictures(page: ArticlePage) -> list[Any]:
    """Return the pictures below an article: three queries for any number of them, also in a preview."""
    rows = list(page.pictures.all())
    images = get_image_model().objects.prefetch_renditions(*PICTURES, LARGE)
    prefetch_related_objects(rows, Prefetch("image", queryset=images))
    return rows


def related(page: ArticlePage) -> list[Any]:
    """Return the procedures and decisions that an article is about, as its editors ordered them.

    What the public may not see is left out. One query for all, one for each of the two types.
    """
    keys = [row.related_id for row in page.related_links.all()]
    if not keys:
        return []
    found = PortalPageQuerySet(Page).visible().filter(pk__in=keys)
    by_key = {each.pk: each for each in found.defer_streamfields().specific()}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]


def minutes(page: ArticlePage) -> int:
    """Return how many minutes it takes to read an article, 0 where it is less than one."""
    texts = (str(block["value"]) for block in page.body.raw_data if block["type"] in ("text", "quote"))
    syllables = sum(len(strip_tags(text).split()) for text in texts)
    return round(syllables / SYLLABLES_A_MINUTE)
