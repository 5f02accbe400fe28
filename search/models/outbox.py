"""Changes that the index lacks yet, and the work on the index."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A page that changed, written in the transaction of the change; it goes when the index has it.

    A number and no foreign key: the entry of a deleted page outlives the page.
    """

    page_id = models.BigIntegerField(_("page"), db_index=True)
    subtree = models.BooleanField(_("with all below"), default=False)
    created_at = models.DateTimeField(_("changed"), auto_now_add=True)
    attempts = models.PositiveIntegerField(_("times refused"), default=0)
    error = models.TextField(_("reason of the refusal"), blank=True)
    retry_at = models.DateTimeField(_("next attempt"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("change for the index")
        verbose_name_plural = _("changes for the index")

    def __str__(self) -> str:
        return f"{self.page_id}{'/*' if self.subtree else ''}"


class IndexBatch(models.Model):
    """A number that only grows: the version of all writes of one batch (`search.draining` says why)."""

    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)


class Rebuild(models.Model):
    """A rebuild of the index. At most one is running, and it shows that it lives by its heartbeat."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    index = models.CharField(_("index"), max_length=255)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RUNNING)
    host = models.CharField(_("machine"), max_length=255)
    pid = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), auto_now_add=True)
    documents = models.PositiveIntegerField(_("number of documents"), default=0)
    refused = models.PositiveIntegerField(_("documents refused"), default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        verbose_name = _("rebuild of the index")
        verbose_name_plural = _("rebuilds of the index")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="running"), name="one_rebuild_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.index
