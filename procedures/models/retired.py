"""Codes that have left the national catalogue."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.fields import NormalCharField, NormalTextField


class RetiredCode(models.Model):
    """A code that the national catalogue had once: who looks for it is told, instead of finding nothing."""

    code = NormalCharField(_("code"), max_length=50, unique=True)
    name = NormalTextField(_("name"))
    seen = models.CharField(_("last seen"), max_length=7, help_text=_("Year and month: 2025-05"))
    source = NormalCharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        verbose_name = _("retired code")
        verbose_name_plural = _("retired codes")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
