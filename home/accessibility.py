"""The statement on how accessible the portal is: one text, with the office of the province to turn to."""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home import sitemaps

REVIEWED: Final = date(2026, 11, 26)
"""The day on which what the statement says was last held against the portal."""


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """Say what the portal promises, how that is tested, what falls short, and where to report it."""
    return render(request, "home/accessibility.html", {"reviewed": REVIEWED})


class StatementSitemap(sitemaps.PortalSitemap):
    """The one address of the statement."""

    def items(self) -> list[str]:
        return ["accessibility"]

    def location(self, item: str) -> str:
        return reverse(item)

    def lastmod(self, item: str) -> date:
        return REVIEWED


sitemaps.register("accessibility", StatementSitemap)
