"""When maintenance has to be announced: seven whole working days before it begins, or with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone
from wagtail.models import Site

from home.furniture.working_days import FreeDays, between, earliest
from home.models import Notice, ProvinceSettings

DAYS: Final = 7
"""Working days that lie between the announcement of maintenance and its beginning."""


@dataclass(frozen=True, slots=True)
class ShortNotice:
    """How short an announcement is."""

    days: int
    """Whole working days that it leaves."""
    earliest: date
    """The first day on which the maintenance could begin without a reason."""


def short_notice(notice: Notice) -> ShortNotice | None:
    """Tell of maintenance that is announced too late; None where it is in time, or no maintenance."""
    if notice.kind != Notice.Kind.MAINTENANCE or notice.starts_at is None:
        return None
    announced = timezone.localdate(notice.announcement())
    free = free_days()
    days = between(announced, timezone.localdate(notice.starts_at), free)
    return ShortNotice(days, earliest(announced, DAYS, free)) if days < DAYS else None


def free_days() -> FreeDays:
    """Return the free days of the site's settings."""
    site = Site.objects.filter(is_default_site=True).first()
    return FreeDays.of(ProvinceSettings.for_site(site).free_days if site else "")
