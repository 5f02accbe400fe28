"""What an import remembers: what it wrote, and where an editor's text and a new record disagree."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRecord(models.Model):
    """The last record that an import wrote into a page: the base of the three-way comparison."""

    page = models.OneToOneField(
        "procedures.ProcedurePage", on_delete=models.CASCADE, related_name="imported_record"
    )
    code = models.CharField(max_length=50, unique=True)
    record_hash = models.CharField(max_length=64)
    importer_version = models.CharField(max_length=20)
    parts = models.JSONField(default=dict, help_text="Hash of each part as the import wrote it")
    revision_id = models.BigIntegerField(null=True, help_text="The page's revision that the import made")
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")

    def __str__(self) -> str:
        return self.code


class ImportConflict(models.Model):
    """A new record for a page that an editor has changed since: a person decides, part by part."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Decided")

    page = models.ForeignKey(
        "procedures.ProcedurePage",
        on_delete=models.CASCADE,
        related_name="import_conflicts",
        verbose_name=_("procedure"),
    )
    state = models.CharField(_("state"), max_length=5, choices=State.choices, default=State.OPEN)
    record = models.JSONField(help_text="The new record as it came")
    record_hash = models.CharField(max_length=64)
    parts = models.JSONField(default=list, help_text="Names of the parts that differ")
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decisions = models.JSONField(default=dict, help_text='{part: "theirs" | "ours"}')

    class Meta:
        verbose_name = _("import conflict")
        verbose_name_plural = _("import conflicts")
        ordering = ("-found_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(state="open"), name="one_open_conflict_per_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {', '.join(self.parts)}"
