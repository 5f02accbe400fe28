"""Links to other sites, and whether they still lead anywhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

ANSWERS = {
    "private": _("not asked: not a public host"),
    "certificate": _("no valid certificate"),
    "timeout": _("no answer in time"),
    "unreachable": _("no connection"),
    "redirects": _("too many redirects"),
}
"""What came of a question where there is no status of HTTP."""


class OutsideLink(models.Model):
    """An address outside that public pages link to."""

    url = models.URLField(_("address"), max_length=1000, unique=True)
    host = models.CharField(max_length=255, db_index=True)
    checked_at = models.DateTimeField(_("last asked"), null=True, db_index=True)
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    dead_since = models.DateTimeField(_("dead since"), null=True, db_index=True)
    """When it was first seen dead; None while it answers."""
    failures = models.PositiveSmallIntegerField(default=0)
    """How often it did not answer in a row."""
    pages = models.ManyToManyField(Page, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["url"]
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")

    def __str__(self) -> str:
        return self.url

    @property
    def said(self) -> str:
        """Return the answer for people: a status of HTTP stays a number."""
        return str(ANSWERS.get(self.answer, self.answer))
