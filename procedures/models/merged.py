"""What rows of the catalogue were called that were merged into others: addresses and imports still use it."""

from typing import Any

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from home.fields import NormalCharField
from procedures.models.catalogue import Agency, LifeEvent, Sector


class MergedRow(models.Model):
    """A row that is no more. A living row that has its slug comes first."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    name = NormalCharField(_("name"), max_length=500)
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def living(rows: Any, merged: Any, slug: str) -> Any:
    """Return the row of an address, the one that it was merged into too; raise Http404 without one."""
    found = rows.filter(slug=slug).first()
    if found is None:
        into = merged._default_manager.filter(slug=slug).values_list("into", flat=True).first()
        found = rows.filter(pk=into).first() if into else None
    if found is None:
        raise Http404
    return found


class MergedSector(MergedRow):
    """A sector that was merged into another; its name is an alias of that one, too."""

    into = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="merged")

    class Meta(MergedRow.Meta):
        verbose_name = _("merged sector")
        verbose_name_plural = _("merged sectors")


class MergedAgency(MergedRow):
    """An agency that was written twice. One that was merged by law has an end and a successor instead."""

    into = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="merged")

    class Meta(MergedRow.Meta):
        verbose_name = _("merged agency")
        verbose_name_plural = _("merged agencies")


class MergedLifeEvent(MergedRow):
    """A life event that was merged into another."""

    into = models.ForeignKey(LifeEvent, on_delete=models.CASCADE, related_name="merged")

    class Meta(MergedRow.Meta):
        verbose_name = _("merged life event")
        verbose_name_plural = _("merged life events")
