"""What people say when they need a procedure, for the search to find it by."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.fields import NormalCharField


class Phrasing(models.Model):
    """A line of "Người dân thường hỏi".

    No part of the page's versions: a change needs no new version of the procedure, and works when the index
    has it. A line that came with the portal and was taken out by an editor stays, out of use, so that the
    next seeding does not bring it back.
    """

    procedure = models.ForeignKey(
        "procedures.ProcedurePage",
        verbose_name=_("procedure"),
        on_delete=models.CASCADE,
        related_name="phrasings",
    )
    text = NormalCharField(_("what people say"), max_length=200)
    enabled = models.BooleanField(_("in use"), default=True)
    seeded = models.BooleanField(_("came with the portal"), default=False, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("phrasing")
        verbose_name_plural = _("phrasings")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["procedure", "text"], name="phrasing_once_a_procedure")
        ]

    def __str__(self) -> str:
        return self.text
