"""Codes that have left the national catalogue."""

import re
from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from home.fields import NormalCharField, NormalTextField
from home.text import fold
from procedures.models.procedure import ProcedurePage

_NOT_IN_KEY = re.compile(r"[\W_]+")


def code_key(code: str) -> str:
    """Return a code as small letters and digits only, as the search asks for it: 1.001193 is 1001193."""
    return _NOT_IN_KEY.sub("", fold(code))


class RetiredCodeQuerySet(models.QuerySet["RetiredCode"]):
    """Retired codes."""

    def of_keys(self, keys: Collection[str]) -> "RetiredCodeQuerySet":
        """Return those of some codes. A code that a page has which all may see is not retired here."""
        here = ProcedurePage.objects.visible().filter(code=OuterRef("code"))
        return self.filter(~Exists(here), key__in=keys)


class RetiredCode(models.Model):
    """A code that the national catalogue had once: who looks for it is told, instead of finding nothing."""

    code = NormalCharField(_("code"), max_length=50, unique=True)
    key = models.CharField(max_length=50, editable=False, db_index=True)
    name = NormalTextField(_("name"))
    seen = models.CharField(_("last seen"), max_length=7, help_text=_("Year and month: 2025-05"))
    source = NormalCharField(_("source"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["RetiredCode"]] = RetiredCodeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        verbose_name = _("retired code")
        verbose_name_plural = _("retired codes")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = code_key(self.code)
        super().save(*args, **kwargs)
