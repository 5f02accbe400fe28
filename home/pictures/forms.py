"""What an uploaded picture must be, said in the form: not too many pixels, whole, and then cleaned."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.pictures import limits
from home.pictures.cleaning import LONGEST_SIDE, cleaned, is_svg

AVATAR_SIDE: Final = 400
"""Dots of the picture of a person, as Wagtail has it."""


def _clean_upload(file: UploadedFile, side: int = LONGEST_SIDE) -> UploadedFile:
    """Return an upload as it may be stored; ValidationError where it breaks off or is no picture."""
    try:
        stored = cleaned(file, side)
    except ValidationError:
        raise
    except Exception as error:  # Pillow has an error of its own for each way in which a file can be broken
        file.seek(0)
        raise ValidationError(
            _("This picture cannot be read to its end. Save it anew, then upload it again."),
            code="invalid_image",
        ) from error
    if stored is file:
        return file
    kind = "image/png" if is_svg(file.name) else getattr(file, "content_type", "")
    return SimpleUploadedFile(str(stored.name), stored.read(), kind)


class PictureForm(BaseImageForm):
    """The form of a picture wherever one comes in: one by one, many at once, in a chooser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            file.error_messages["file_too_many_pixels"] = limits.sentence()
            file.help_text = f"{file.help_text} " + _(
                "Stored without the place and the camera, no side over %(side)s pixels; an SVG as a PNG."
            ) % {"side": number_format(LONGEST_SIDE, force_grouping=True)}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return _clean_upload(file) if isinstance(file, UploadedFile) else file


class PortalAvatarForm(AvatarPreferencesForm):
    """The picture of a person who works here, under the same rules as all pictures."""

    avatar = WagtailImageField(label=gettext_lazy("Upload a profile picture"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["avatar"].error_messages["file_too_many_pixels"] = limits.sentence()

    def clean_avatar(self) -> Any:
        file = self.cleaned_data.get("avatar")
        if isinstance(file, UploadedFile):
            return _clean_upload(file, AVATAR_SIDE)
        return self._original_avatar
