"""Whether the links of a page lead somewhere: to what is public here, and to what still answers elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.linkcheck.finding import links_of, values_of
from home.models import OutsideLink
from home.preflight import Finding
from home.querysets import PortalPageQuerySet

_INNER: Final = re.compile(
    r"""<a[^>]*linktype=["']page["'][^>]*?\bid=["'](\d+)|<a[^>]*\bid=["'](\d+)["'][^>]*linktype=["']page"""
)


def outside(page: Any) -> Iterator[Finding]:
    """Find links to addresses that did not answer when they were asked last."""
    links = list(links_of(page))
    dead = {
        link.url: link
        for link in OutsideLink.objects.filter(
            url__in={url for _f, _b, url in links}, dead_since__isnull=False
        )
    }
    for field, block, url in links:
        if (link := dead.get(url)) and link.dead_since:
            day = date_format(localtime(link.dead_since), "SHORT_DATE_FORMAT")
            sentence = _("%(url)s leads nowhere: %(answer)s since %(day)s.")
            yield Finding(field, sentence % {"url": url, "answer": link.said, "day": day}, block=block)


def inside(page: Any) -> Iterator[Finding]:
    """Find links to pages of ours that the public does not see: they become plain text."""
    links = list(_inner_links(page))
    keys = {key for _f, _b, key in links}
    visible = set(PortalPageQuerySet(Page).visible().filter(pk__in=keys).values_list("pk", flat=True))
    titles = dict(Page.objects.filter(pk__in=keys - visible).values_list("pk", "title"))
    for field, block, key in links:
        if key not in visible:
            title = titles.get(key, str(key))
            sentence = _("The link to “%(title)s” is plain text for the public: that page is not public.")
            yield Finding(field, sentence % {"title": title}, block=block)


def _inner_links(page: Any) -> Iterator[tuple[str, int | None, int]]:
    for field, number, value in values_of(page):
        for first, second in _INNER.findall(str(value)):
            yield field, number, int(first or second)
