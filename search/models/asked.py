"""What people search: sums by day. No address, no cookie, no person; nothing that looks like one is kept."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedDay(models.Model):
    """How often a query was asked on a day, under some filters, and what came of it."""

    day = models.DateField(_("day"))
    words = models.CharField(_("query"), max_length=200)
    filters = models.CharField(_("filters"), max_length=200, blank=True)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    empty = models.PositiveIntegerField(_("without a result"), default=0)
    results = models.PositiveIntegerField(_("results, the last time"), default=0)
    opened = models.PositiveIntegerField(_("results opened"), default=0)
    ranks = models.PositiveIntegerField(_("sum of their ranks"), default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-searches"]
        verbose_name = _("query of a day")
        verbose_name_plural = _("queries of a day")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "words", "filters"], name="asked_once_a_day")
        ]
        # All that the lists for editors sum up, in the order in which they do it: five times as fast.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["words", "filters", "day", "searches", "empty", "opened"], name="asked_by_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.words}"


class OpenedDay(models.Model):
    """How often a page was opened from the results on a day. A number and no foreign key: pages go."""

    day = models.DateField(_("day"))
    page_id = models.BigIntegerField(_("page"))
    opened = models.PositiveIntegerField(_("times opened"), default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-opened"]
        verbose_name = _("page of a day")
        verbose_name_plural = _("pages of a day")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "page_id"], name="opened_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.page_id}"
