"""What came of comparing the index with the database."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST = timedelta(hours=2)
"""How long a check may take; one that has no end after that was killed."""


class IndexCheck(models.Model):
    """A comparison of the whole index with the database: how many pages differed, and what was repaired."""

    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("visible pages"), default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0)
    stale = models.PositiveIntegerField(_("out of date"), default=0)
    ghosts = models.PositiveIntegerField(_("not to be seen"), default=0)
    from_the_future = models.PositiveIntegerField(_("newer than the database"), default=0)
    repaired = models.PositiveIntegerField(_("repaired"), default=0)
    examples = models.JSONField(_("pages that differed"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        verbose_name = _("check of the index")
        verbose_name_plural = _("checks of the index")

    def __str__(self) -> str:
        return f"{timezone.localtime(self.started_at):%d/%m/%Y %H:%M}"

    @property
    def differences(self) -> int:
        """Return how many pages differed."""
        return self.missing + self.stale + self.ghosts + self.from_the_future

    @property
    def left(self) -> int:
        """Return how many pages differ still."""
        return max(self.differences - self.repaired, 0)

    @property
    def is_clean(self) -> bool:
        """Tell whether the index said what the database says in the end."""
        return self.finished_at is not None and not self.error and not self.left

    @property
    def was_killed(self) -> bool:
        """Tell whether this check will never end."""
        return self.finished_at is None and timezone.now() - self.started_at > LONGEST

    def finish(self, **fields: Any) -> None:
        """Store what came of it."""
        for name, value in (fields | {"finished_at": timezone.now()}).items():
            setattr(self, name, value)
        self.save()
