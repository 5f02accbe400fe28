"""The portal's own address: Wagtail keeps it in its site, from where letters and tables take it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site


def keep(**kwargs: Any) -> None:
    """Write `PUBLIC_URL`, if there is one, into the site after each migration."""
    if not settings.PUBLIC_URL:
        return
    parts = urlsplit(settings.PUBLIC_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site and (site.hostname, site.port) != (parts.hostname, port):
        site.hostname, site.port = parts.hostname, port
        site.save()
