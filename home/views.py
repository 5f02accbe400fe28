"""Answers that no page gives: what went wrong, and what a crawler may read."""

from __future__ import annotations

import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER: Final = "60"
CLOSED_TO_CRAWLERS: Final = (
    *("/admin/", "/tim-kiem/", "/goi-y/", "/danh-gia/", "/bieu-ngu/", "/api/"),
    *("/en/tim-kiem/", "/en/goi-y/", "/en/danh-gia/", "/en/bieu-ngu/"),
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, and offer the ways on."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed; where the database does not answer, that we are away for a moment.

    Neither page asks the database for anything.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that the portal is away for a moment."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})


def robots(request: HttpRequest) -> HttpResponse:
    """Let crawlers read what is published; searches and the editors' side are not for them."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_CRAWLERS), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
