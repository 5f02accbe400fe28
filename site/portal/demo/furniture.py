"""Writes the demo's furniture: banners drawn by program, links, feedback, announced maintenance."""

from datetime import datetime, time, timedelta
from io import BytesIO
from textwrap import wrap
from typing import Any, Final

from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image, ImageDraw
from wagtail.models import Page, Site

from home.furniture import announcing, working_days
from home.models import Banner, Notice, PortalImage, ProvinceSettings
from portal.demo import pictures
from portal.demo.catalogue import items

SIZE: Final = (1200, 600)
SATURDAY: Final = 5
LASTS: Final = timedelta(hours=8)


def load() -> None:
    """Write what is missing: each of the kinds only where there is none of it yet."""
    demo = items("furniture")
    _settings(demo)
    if not Banner.objects.exists():
        for place, item in enumerate(demo["banners"]):
            _banner(place, item)
    if not Notice.objects.exists():
        _maintenance(demo["maintenance"])


def _settings(demo: Any) -> None:
    settings = ProvinceSettings.for_site(Site.objects.get(is_default_site=True))
    if settings.feedback_url:
        return
    settings.feedback_url, settings.show_visits = demo["feedback_url"], True
    settings.links = [{"type": "group", "value": group} for group in demo["links"]]
    settings.save()


def _banner(place: int, item: Any) -> None:
    file = ImageFile(BytesIO(_drawn(item["text"], item["colour"])), name=f"bieu-ngu-{place + 1}.webp")
    page = Page.objects.filter(slug=item["slug"], depth=3).first() if item["slug"] else None
    Banner.objects.create(
        image=PortalImage.objects.create(title=item["text"], description=item["text"], file=file),
        alt=item["text"],
        link_page=page,
        link_url=item["url"],
        owner=item["owner"],
        sort_order=place,
    )


def _drawn(text: str, colour: str) -> bytes:
    """Return a WebP picture with a few large words, twice as wide as high."""
    image = Image.new("RGB", SIZE, getattr(pictures, colour))
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, 24, SIZE[1]], fill=pictures.GOLD)
    lines = wrap(text, 24)
    top = (SIZE[1] - len(lines) * 112) / 2
    for row, line in enumerate(lines):
        draw.text((88, top + row * 112), line, font=pictures.font(84), fill="white")
    file = BytesIO()
    image.save(file, "WEBP", quality=80)
    return file.getvalue()


def _maintenance(item: Any) -> None:
    """Announce it for the first Saturday night that lies far enough ahead."""
    today = timezone.localdate()
    day = working_days.earliest(today, announcing.DAYS, announcing.free_days())
    day += timedelta(days=(SATURDAY - day.weekday()) % 7)
    begins = datetime.combine(day, time(22), timezone.get_default_timezone())
    Notice.objects.create(kind=Notice.Kind.MAINTENANCE, starts_at=begins, ends_at=begins + LASTS, **item)
