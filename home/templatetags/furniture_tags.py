"""What stands around the content; each shows nothing where there is nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Prefetch
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from home.furniture import visits as counting
from home.models import Banner, Notice, ProvinceSettings
from home.templatetags.home_tags import foreign_chrome

register = template.Library()

MOST_BANNERS = 6
PICTURES = tuple(
    f"fill-{width}x{width // 2}|format-{name}|avifquality-65"
    for width in (400, 800)
    for name in ("avif", "webp")
)
"""The pictures of a banner; `home/furniture/banners.html` asks for the same ones."""


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in the language of the frame; `lang` is set where its text is in another."""

    strong: str
    text: str
    lang: str
    kind: str


@register.inclusion_tag("home/furniture/notices.html")
def site_notices() -> dict[str, Any]:
    """Show what everyone should know: one query, whatever there is."""
    return {"notices": [_said(notice) for notice in Notice.objects.shown()]}


@register.inclusion_tag("home/furniture/banners.html", takes_context=True)
def banners(context: Context) -> dict[str, Any]:
    """Show the banners whose time is now: three queries, however many."""
    pictures = get_image_model().objects.prefetch_renditions(*PICTURES)
    shown = Banner.objects.current().leading().prefetch_related(Prefetch("image", queryset=pictures))
    return {"request": context.get("request"), "banners": shown[:MOST_BANNERS]}


@register.inclusion_tag("home/furniture/visits.html", takes_context=True)
def visits(context: Context) -> dict[str, Any]:
    """Show how many pages were opened, if the site's settings say so."""
    request = context.get("request")
    site = ProvinceSettings.for_request(request) if request else None
    return {"figures": counting.figures(site.visits_before) if site and site.show_visits else None}


def _said(notice: Notice) -> Said:
    english = foreign_chrome() and bool(notice.text_en)
    return Said(
        strong=_time(notice),
        text=notice.text_en if english else notice.text,
        lang=settings.LANGUAGE_CODE if foreign_chrome() and not english else "",
        kind="" if notice.kind == Notice.Kind.INFORMATION else "warning",
    )


def _time(notice: Notice) -> str:
    """Return what a notice is about, with its time if it has one."""
    kind = notice.get_kind_display()
    begin, end = (_moment(moment) for moment in (notice.starts_at, notice.ends_at))
    if begin and end:
        return _("%(kind)s from %(begin)s to %(end)s:") % {"kind": kind, "begin": begin, "end": end}
    if begin:
        return _("%(kind)s from %(begin)s:") % {"kind": kind, "begin": begin}
    return _("%(kind)s:") % {"kind": kind}


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
