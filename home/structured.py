"""What a page is, in the words of schema.org, as JSON-LD for machines that read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from home.models import CollectionPage, HomePage, PortalPage, ProvinceSettings

Data = dict[str, Any]

_ESCAPES: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
"""What could end the element, or a line of a script: the same signs as Django's own json_script."""


def script(data: Mapping[str, Any]) -> SafeString:
    """Return an element with the data, without what is empty; nothing where there is none."""
    said = without_empty(data)
    if not said:
        return mark_safe("")
    text = json.dumps({"@context": "https://schema.org"} | said, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(  # noqa: S308  no sign of markup is left
        f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>\n'
    )


def without_empty(value: Any) -> Any:
    """Return data without empty texts and lists, and without objects that only say what type they are."""
    if isinstance(value, Mapping):
        kept = {name: part for name, each in value.items() if (part := without_empty(each)) not in _NOTHING}
        return {} if kept.keys() <= {"@type"} else kept
    if isinstance(value, list | tuple):
        return [part for each in value if (part := without_empty(each)) not in _NOTHING]
    return value


_NOTHING: Final[tuple[Any, ...]] = (None, "", [], {})


@singledispatch
def structured_data(page: PortalPage, request: HttpRequest, context: Mapping[str, Any]) -> Data:
    """Return what a page is; each app registers its types. `context` is that of the page's template."""
    return {}


@structured_data.register
def portal(page: HomePage, request: HttpRequest, context: Mapping[str, Any]) -> Data:
    """Return the portal, its search, and the office that runs it."""
    address = request.build_absolute_uri(page.get_url(request))
    search = request.build_absolute_uri(reverse("search"))
    return {
        "@graph": [
            {
                "@type": "WebSite",
                "name": settings.WAGTAIL_SITE_NAME,
                "url": address,
                "inLanguage": ["vi", "en"],
                "publisher": {"@id": f"{address}#co-quan"},
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
                    "query-input": "required name=search_term_string",
                },
            },
            organization(request) | {"@id": f"{address}#co-quan"},
        ]
    }


@structured_data.register
def collection(page: CollectionPage, request: HttpRequest, context: Mapping[str, Any]) -> Data:
    """Return a collection with the pages that this part of it shows."""
    paged = context["paged"]
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": entry.marked_title,
            "url": request.build_absolute_uri(entry.url),
        }
        for place, entry in enumerate(context["entries"], paged.page.start_index())
    ]
    return {
        "@type": "CollectionPage",
        "name": page.title,
        "description": page.lead,
        "url": request.build_absolute_uri(page.get_url(request)),
        "inLanguage": settings.LANGUAGE_CODE,
        "mainEntity": {"@type": "ItemList", "numberOfItems": paged.total, "itemListElement": items},
    }


def organization(request: HttpRequest) -> Data:
    """Return the office that runs the portal."""
    office = ProvinceSettings.for_request(request)
    return {
        "@type": "GovernmentOrganization",
        "name": office.agency_name or settings.WAGTAIL_SITE_NAME,
        "url": request.build_absolute_uri("/"),
        "address": office.address,
        "telephone": office.phone,
        "email": office.email,
        "areaServed": province(request),
    }


def province(request: HttpRequest) -> Data:
    """Return the province as an area."""
    name = ProvinceSettings.for_request(request).province
    return {"@type": "AdministrativeArea", "name": name}


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Data:
    """Return the way to a page by names and full addresses, nothing where it is no way.

    Search engines want two steps at least; the last one may be the page itself, without its address.
    """
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items} if len(items) > 1 else {}
