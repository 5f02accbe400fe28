"""How many pixels a picture may have: few bytes can unpack to more than a server's memory."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MILLION: Final = 1_000_000


def sentence() -> str:
    """Return what is said of a picture that has too many, with the limit as people write it."""
    limit = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // MILLION
    return _(
        "This picture has too many pixels: at most %(limit)s megapixels, all frames of an animation together."
        " Make it smaller, then upload it again."
    ) % {"limit": limit}


def check(image: Any) -> None:
    """Refuse an opened picture that has too many pixels, before it is unpacked. ValidationError."""
    width, height = image.size
    frames = getattr(image, "n_frames", 1) if image.format != "MPO" else 1
    if width * height * frames > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(sentence(), code="file_too_many_pixels")
