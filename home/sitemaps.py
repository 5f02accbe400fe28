"""The sitemap: what the public may see, a section for each type of page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from wagtail.models import get_page_models

from home.documents import Addresses
from home.models import PortalPage
from home.templatetags.home_tags import in_language


class PortalSitemap(Sitemap):
    """Addresses that every language has."""

    limit = 5000

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Name each address in every language. Django's own way to do so reads all for a part of them."""
        urls: list[dict[str, Any]] = super().get_urls(*args, **kwargs)
        for url in urls:
            path = self.location(url["item"])
            host = url["location"].removesuffix(path)
            url["alternates"] = [
                {"location": host + in_language(path, code), "lang_code": code}
                for code, _name in settings.LANGUAGES
            ]
        return urls


_others: dict[str, type[PortalSitemap]] = {}


def register(section: str, sitemap: type[PortalSitemap]) -> None:
    """Add a section of addresses that are no pages of the tree."""
    _others[section] = sitemap


class PageSitemap(PortalSitemap):
    """Pages of one type, by their addresses and the times of their last publication."""

    def __init__(self, model: type[PortalPage], address: Addresses) -> None:
        self.model = model
        self.address = address

    def items(self) -> QuerySet:
        """Return what is on the site, in an order that a new page does not change."""
        return self._visible().order_by("pk").values_list("url_path", "last_published_at")

    def location(self, item: tuple[str, datetime | None]) -> str:
        return self.address(item[0]) or "/"

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        """Return when a page of this type was last published: one query for all of them."""
        latest: datetime | None = self._visible().aggregate(latest=Max("last_published_at"))["latest"]
        return latest

    def _visible(self) -> QuerySet:
        on_site = Q(pk__in=[])
        for root in self.address.roots:
            on_site |= Q(url_path__startswith=root)
        return self.model.objects.visible().filter(on_site)


# Privacy and expiry must show at once, so neither answer may be used again without asking.


@cache_control(no_cache=True)
def index(request: HttpRequest) -> HttpResponse:
    """List the sections, and the parts of those that are long."""
    return views.index(request, _sections(), sitemap_url_name="sitemap_section")


@cache_control(no_cache=True)
def section(request: HttpRequest, section: str) -> HttpResponse:
    """List the pages of a section, of a long one the part that `p` asks for."""
    return views.sitemap(request, _sections(), section)


def _sections() -> dict[str, Any]:
    address = Addresses()
    models = [model for model in get_page_models() if issubclass(model, PortalPage) and model.is_creatable]
    pages = {model._meta.model_name: PageSitemap(model, address) for model in models}
    return pages | {section: sitemap() for section, sitemap in _others.items()}
