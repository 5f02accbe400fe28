"""What the sitemap names beside pages: the ways in to procedures, agencies and life events."""

from __future__ import annotations

from home import sitemaps
from home.documents import Addresses
from procedures import agency_pages, journeys
from procedures.models import ProcedureIndexPage

LISTS = ("linh-vuc/", "cap/", "co-quan/", "su-kien/", "a-z/", "moi/")


class WaySitemap(sitemaps.PortalSitemap):
    """Addresses below the list of procedures, as far as this list may be seen."""

    def items(self) -> list[str]:
        """Return the addresses: those of the lists, then of each agency and each life event."""
        page = ProcedureIndexPage.objects.visible().first()
        above = Addresses()(page.url_path) if page else None
        if page is None or above is None:
            return []
        agencies = [f"co-quan/{agency['slug']}/" for agency in agency_pages.every(page)]
        events = [f"su-kien/{event.slug}/" for group in journeys.groups() for event in group.events]
        return [f"{above}{below}" for below in (*LISTS, *agencies, *events)]

    def location(self, item: str) -> str:
        return item


def register() -> None:
    """Tell the sitemap of them."""
    sitemaps.register("ways", WaySitemap)
