"""Pictures and files, ours from the first migration so that they can grow."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from home.pictures import reading  # noqa: F401  registers itself with Willow
from home.pictures.cleaning import cleaned, stored_name

LOOKED_AT = 1024
"""Bytes at the beginning of a file that say whether a browser would read it as a page."""


_ZIP, _OLE, _RTF = b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf"
SIGNATURES = {
    "pdf": (b"%PDF-",),
    "doc": (_OLE, _RTF),
    "xls": (_OLE,),
    **dict.fromkeys(("docx", "xlsx", "odt", "ods", "zip"), (_ZIP,)),
}
"""With what the content of each kind of file that is taken begins, by the ending of the name."""


class PictureFile(WagtailImageFieldFile):
    """The file of a picture: what it need not say is taken away at the one door to the storage."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        super().save(stored_name(name), cleaned(content), save)


class PictureField(WagtailImageField):
    """Holds the file of a picture."""

    attr_class = PictureFile


class PortalImage(AbstractImage):
    """A picture. `description`, Wagtail's own field, is the alternative text that a page may change."""

    file = PictureField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new file first: its measures are those of what is left of it."""
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
            self.file_size = self.file.size
            self._set_file_hash()
        super().save(*args, **kwargs)


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
        """Refuse what is of another kind than its name says; HTML and SVG would run where they are saved."""
        super().clean()
        if not self.file or self.file._committed:
            return
        with self.open_file() as file:
            start = file.read(LOOKED_AT)
            file.seek(0)
        if start.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\f").startswith(b"<"):
            raise ValidationError({"file": _("This is a web page with another name. Save it as PDF first.")})
        kind = self.file_extension
        if not start.startswith(SIGNATURES.get(kind, b"")):
            sentence = _(
                "This is no %(kind)s file: its content is of another kind. Save it as %(kind)s again, "
                "or give it its own name."
            )
            raise ValidationError({"file": sentence % {"kind": kind.upper()}})
