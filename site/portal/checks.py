"""Start-up checks of the project: what must hold before anything is served."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}


@register
def demo_stays_at_home(**kwargs: Any) -> list[CheckMessage]:
    """Keep the demo on loopback: its passwords are public."""
    outside = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if not settings.DEMO or not outside:
        return []
    return [
        Error(
            f"These settings have the demo's public passwords, yet they answer for {', '.join(outside)}.",
            hint="Serve others with portal.settings.production (see site/docs/runbook.md).",
            id="portal.E001",
        )
    ]


@register
def address_is_whole(**kwargs: Any) -> list[CheckMessage]:
    """Know the portal's own address, by which letters lead to it."""
    parts = urlsplit(settings.PUBLIC_URL)
    if not settings.PUBLIC_URL or (parts.scheme in {"http", "https"} and parts.hostname):
        return []
    sentence = f"PUBLIC_URL is {settings.PUBLIC_URL!r}: write it whole, such as https://thutuc.example.vn."
    return [Error(sentence, id="portal.E003")]


@register
def pages_are_asked_one_way(**kwargs: Any) -> list[CheckMessage]:
    """Every page type has the manager that knows `visible()`: lists, feeds and the index all ask it."""
    from wagtail.models import get_page_models

    from home.querysets import PortalPageQuerySet

    return [
        Error(
            f"{model._meta.label} has no visible(): derive it from home.models.PortalPage.", id="portal.E002"
        )
        for model in get_page_models()
        if model._meta.app_label != "wagtailcore" and not isinstance(model.objects.none(), PortalPageQuerySet)
    ]
