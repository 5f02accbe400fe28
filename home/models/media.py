"""Pictures and files, ours from the first migration so that they can grow."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

LOOKED_AT = 1024
"""Bytes at the beginning of a file that say whether a browser would read it as a page."""


class PortalImage(AbstractImage):
    """A picture. `description`, Wagtail's own field, is the alternative text that a page may change."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class PortalRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_portal_rendition"
            )
        ]


class PortalDocument(AbstractDocument):
    """A file that people take home: a form, a decision as signed."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        """Refuse HTML and SVG under another name: what begins with a tag runs where it is saved."""
        super().clean()
        if not self.file or self.file._committed:
            return
        with self.open_file() as file:
            start = file.read(LOOKED_AT)
            file.seek(0)
        if start.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\f").startswith(b"<"):
            raise ValidationError({"file": _("This is a web page with another name. Save it as PDF first.")})
