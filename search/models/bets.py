"""Best bets: what an editor puts first for a query, or hides from it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Page, RevisionMixin

from search.models.lines import one_line


class BestBetQuerySet(models.QuerySet["BestBet"]):
    """Best bets, by their days."""

    def active(self, day: date) -> BestBetQuerySet:
        """Return those that hold on a day."""
        begun = models.Q(starts_on=None) | models.Q(starts_on__lte=day)
        return self.filter(begun, models.Q(ends_on=None) | models.Q(ends_on__gte=day))


class BestBet(RevisionMixin, ClusterableModel):
    """Pages that a query has first, or not at all, between two days (both included)."""

    class Match(models.TextChoices):
        EXACT = "exact", _("The whole query")
        PHRASE = "phrase", _("A part of the query")

    query = models.CharField(_("query"), max_length=200)
    match = models.CharField(
        _("what has to match"), max_length=10, choices=Match.choices, default=Match.EXACT
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.CharField(_("reason"), max_length=255, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = BestBetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["query"]
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")

    def __str__(self) -> str:
        return self.query

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        self.tidy()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store clean text only."""
        self.tidy()
        super().save(*args, **kwargs)

    def tidy(self) -> None:
        """Bring the texts into the form in which a query comes, each on one line."""
        for name in ("query", "note"):
            setattr(self, name, one_line(getattr(self, name)))

    def is_active(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return (not self.starts_on or self.starts_on <= day) and (not self.ends_on or day <= self.ends_on)


class BestBetPage(Orderable):
    """A page of a best bet."""

    class Action(models.TextChoices):
        PIN = "pin", _("First")
        HIDE = "hide", _("Not at all")

    bet = ParentalKey(BestBet, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    action = models.CharField(_("place"), max_length=5, choices=Action.choices, default=Action.PIN)

    class Meta(Orderable.Meta):
        verbose_name = _("page of a best bet")
        verbose_name_plural = _("pages of a best bet")

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.page}"
