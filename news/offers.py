"""Says which pages the addresses are that the search has found, in the editor of an article."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from home.querysets import PortalPageQuerySet
from news.models.parts import RELATED_TYPES

MOST: Final = 50
"""Addresses in one question."""


@require_safe
def pages(request: HttpRequest) -> JsonResponse:
    """Return the public pages at these addresses that an article can lead to, in their order."""
    site = Site.find_for_request(request)
    above = site.root_page.url_path.rstrip("/") if site else ""
    asked = request.GET.getlist("address")[:MOST]
    paths = [above + address for address in asked if "\0" not in address]  # which PostgreSQL refuses
    found = PortalPageQuerySet(Page).visible().filter(url_path__in=paths).select_related("content_type")
    known = {page.url_path: page for page in found if page.cached_content_type and _fits(page)}
    listed = [known[path] for path in dict.fromkeys(paths) if path in known]
    return JsonResponse({"pages": [_said(page) for page in listed]})


def _fits(page: Page) -> bool:
    return page.specific_class is not None and page.specific_class._meta.label in RELATED_TYPES


def _said(page: Page) -> dict[str, object]:
    return {
        "id": page.pk,
        "title": page.get_admin_display_title(),
        "type": str(page.page_type_display_name),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
