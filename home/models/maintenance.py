"""What editors say of a page beside its content: what has changed, and when it is to be looked at again."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, Revision

from home.fields import NormalCharField
from home.models.base import PortalPage


class MaintainedPage(PortalPage):
    """A page whose public history says what changed, and that somebody is to look at again.

    Both fields are versioned with the page: a note that waits for its review is not public before that.
    """

    change_note = NormalCharField(
        _("what has changed"),
        max_length=500,
        blank=True,
        help_text=_("For readers, in one sentence. Public once this version is published."),
    )
    change_is_major = models.BooleanField(
        _("a major change"),
        default=False,
        help_text=_("What people must do, bring or pay changes. A corrected word is a minor change."),
    )
    review_on = models.DateField(
        _("look at it again on"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("From this day on the page stands in the report of pages to review."),
    )

    class Meta:
        abstract = True


MAINTENANCE_PANELS: list[Any] = [
    MultiFieldPanel(
        [FieldPanel("change_note"), FieldRowPanel([FieldPanel("change_is_major"), FieldPanel("review_on")])],
        heading=_("Changes and review"),
    )
]


class ChangeNote(models.Model):
    """What a published version changed, as the public reads it; a later version has its own row."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="change_notes")
    revision = models.OneToOneField(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=500)
    is_major = models.BooleanField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text
