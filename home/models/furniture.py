"""What stands around the content: banners, notices, and how many pages were opened on a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Orderable, Page

from home import alternatives
from home.fields import NormalCharField, NormalTextField
from home.furniture.fields import WebAddressField
from home.querysets import PortalPageQuerySet

SMALLEST = (800, 400)
"""Pixels, width and height, that the picture of a banner has at least: it is shown twice as wide as high."""

KIND = pgettext_lazy("notice", "Kind")
LONGEST_NAME = 90
"""Characters of a notice that lists name it by."""


class State(models.TextChoices):
    """Where a banner or a notice is in its time."""

    PLANNED = "planned", _("planned")
    SHOWN = "shown", _("shown")
    ENDED = "ended", _("ended")
    ASTRAY = "astray", _("target not public")


class BannerQuerySet(models.QuerySet):
    """Banners, in the words of the portal."""

    def begun(self) -> Self:
        """Return those that have been shown: of one that is planned nobody knows yet."""
        return self.filter(starts_on__lte=timezone.localdate())

    def current(self) -> Self:
        """Return those whose time is now: the first day and the last count whole, in Vietnam's time."""
        return self.begun().filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))

    def leading(self) -> Self:
        """Return those that lead to where everybody may go."""
        return self.with_target().filter(leads=True)

    def with_target(self) -> Self:
        """Note of each whether everybody may go where it leads: `leads`."""
        visible = PortalPageQuerySet(Page).visible().filter(pk=OuterRef("link_page"))
        outside = When(~Q(link_url=""), then=Value(True))
        return self.annotate(
            leads=Case(outside, default=Exists(visible), output_field=models.BooleanField())
        ).select_related("link_page")


class Banner(Orderable):
    """A picture on the home page that leads somewhere."""

    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("image"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("At least 800 by 400 pixels. It is shown twice as wide as high, around its focal point."),
    )
    alt = NormalCharField(
        _("text alternative"),
        max_length=200,
        validators=[alternatives.validate_alternative],
        help_text=_("All that the picture says, in words: read aloud, and shown where the picture is not."),
    )
    link_page = models.ForeignKey(
        Page,
        verbose_name=_("page of this portal"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_url = WebAddressField(_("address outside"), blank=True)
    starts_on = models.DateField(_("first day"), default=timezone.localdate)
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("This day counts whole. Empty: without end.")
    )
    owner = NormalCharField(_("asked for by"), max_length=200, help_text=_("An agency or a person."))
    clicks = models.PositiveBigIntegerField(_("clicks"), default=0, editable=False)

    objects: ClassVar[Any] = BannerQuerySet.as_manager()

    class Meta(Orderable.Meta):
        ordering: ClassVar[list[str]] = ["sort_order", "pk"]
        verbose_name = _("banner")
        verbose_name_plural = _("banners")

    def __str__(self) -> str:
        return self.alt

    def clean(self) -> None:
        """Ask for one target, possible dates, a picture that is large enough, and words for it."""
        super().clean()
        if bool(self.link_page_id) == bool(self.link_url):
            raise ValidationError(
                {"link_page": _("Choose a page of this portal or write an address outside: one of the two.")}
            )
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})
        if self.image_id:
            self._check_picture()

    def _check_picture(self) -> None:
        width, height = SMALLEST
        if self.image.width < width or self.image.height < height:
            sentence = _("This picture has %(has)s pixels; a banner needs at least %(needs)s.")
            sizes = {"has": f"{self.image.width} × {self.image.height}", "needs": f"{width} × {height}"}
            raise ValidationError({"image": ValidationError(sentence, params=sizes)})
        if alternatives.is_name_of(self.alt, self.image.file.name):
            raise ValidationError({"alt": alternatives.sentence(self.alt)})

    def state(self) -> State:
        """Return where it is in its time, today in Vietnam."""
        today = timezone.localdate()
        if self.ends_on and self.ends_on < today:
            return State.ENDED
        if self.starts_on > today:
            return State.PLANNED
        return State.SHOWN if getattr(self, "leads", True) else State.ASTRAY


class NoticeQuerySet(models.QuerySet):
    """Notices, in the words of the portal."""

    def shown(self) -> Self:
        """Return those that are announced and not over, maintenance first."""
        now = timezone.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), shown_from__lte=now)


class Notice(models.Model):
    """Something that everyone should know, above the content of every page."""

    class Kind(models.TextChoices):
        """What a notice is about; the order is that of the pages."""

        MAINTENANCE = "1-maintenance", _("Maintenance")
        WARNING = "2-warning", _("Please note")
        INFORMATION = "3-information", _("Notice")

    kind = models.CharField(KIND, max_length=20, choices=Kind.choices, default=Kind.INFORMATION)
    text = NormalTextField(_("text"), max_length=500, help_text=_("A sentence or two."))
    text_en = NormalTextField(
        _("text in English"),
        max_length=500,
        blank=True,
        help_text=_("For the English pages; without it they show the Vietnamese text."),
    )
    shown_from = models.DateTimeField(_("announced from"), default=timezone.now)
    starts_at = models.DateTimeField(
        _("begins"), null=True, blank=True, help_text=_("When what the notice is about begins.")
    )
    ends_at = models.DateTimeField(
        _("ends"), null=True, blank=True, help_text=_("From this moment on the notice is not shown.")
    )
    late_reason = NormalTextField(
        _("reason for short notice"),
        max_length=300,
        blank=True,
        help_text=_("Only where maintenance is announced later than seven working days before it begins."),
    )
    announced_at = models.DateTimeField(editable=False, null=True)
    """When readers first saw the time that it is for: a new time is a new announcement."""

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "-shown_from", "pk")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(fields=["shown_from", "ends_at"], name="home_notice_shown")]

    def __str__(self) -> str:
        return Truncator(self.text).chars(LONGEST_NAME)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.announced_at = self.announcement()
        super().save(*args, **kwargs)

    def announcement(self) -> datetime:
        """Return when readers see its time: never before it was written, nor before it is shown."""
        stored = type(self).objects.filter(pk=self.pk, starts_at=self.starts_at) if self.pk else None
        first = stored.values_list("announced_at", flat=True).first() if stored else None
        return max(self.shown_from, first or timezone.now())

    def state(self) -> State:
        """Return where it is in its time."""
        now = timezone.now()
        if self.ends_at and self.ends_at <= now:
            return State.ENDED
        return State.PLANNED if self.shown_from > now else State.SHOWN


class VisitDay(models.Model):
    """How many pages were opened on a day, and how far Redis' own count of it is in that."""

    day = models.DateField(_("day"), primary_key=True)
    visits = models.PositiveBigIntegerField(_("pages opened"), default=0)
    source = models.CharField(max_length=32, blank=True, editable=False)
    """Which count of Redis: one that has begun anew has another name."""
    moved = models.PositiveBigIntegerField(default=0, editable=False)
    """How much of that count is in `visits`."""

    class Meta:
        ordering = ("-day",)
        verbose_name = _("visits of a day")
        verbose_name_plural = _("visits by day")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"

    def add(self, source: str, count: int) -> None:
        """Bring in a count of Redis as it stands now: as often as you like, it goes in once."""
        self.visits += self.new_in(source, count)
        self.source, self.moved = source, count

    def new_in(self, source: str, count: int) -> int:
        """Return how much of a count is not in `visits`; one that fell back has lost what is here."""
        return max(count - self.moved, 0) if source == self.source else count
