"""A picture without what it need not say: where it was taken, with which camera, on which side it lay."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, ImageOps

from home.pictures import drawing, limits

LONGEST_SIDE: Final = 4096
"""Dots of a stored picture: twice what any page shows, and 50 MB at most when another is made of it."""

KEPT: Final = (ExifTags.Base.Copyright, ExifTags.Base.Artist)
"""What stays with the stored file, because its author may claim it. Nothing does in what the public gets."""

_SAVED: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 80},
    "PNG": {},
    "GIF": {},
}
_TOLD: Final = ("xmp", "XML:com.adobe.xmp", "photoshop", "comment", "Comment", "Raw profile type exif")
_PLAIN_MODES: Final = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_PROFILED: Final = frozenset({"CMYK", "L", "LAB", "RGB", "RGBA"})
"""Modes that a colour profile can be applied to."""


def plain(image: Image.Image) -> Image.Image:
    """Return a picture as a screen shows it: upright, RGB or RGBA, nothing but its dots."""
    ImageOps.exif_transpose(image, in_place=True)
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    if profile:
        image = _in_srgb(image, profile, mode)
    if image.mode != mode:
        image = image.convert(mode)
    image.info = {}
    return image


def _in_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """Return a picture in the colours that pages mean; untouched where its profile is none for it."""
    if image.mode not in _PROFILED:
        image = image.convert(mode)
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        shown = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):  # a broken profile, or one of another kind of picture
        return image
    return shown or image


def cleaned(file: File, side: int = LONGEST_SIDE) -> File:
    """Return a file to store: without place and camera, upright, in RGB, no longer than `side` dots.

    A picture that has nothing to be taken away is returned as it is, byte by byte. Of an animation that has,
    its first frame stays: the pages show no other. An SVG is returned as a PNG. ValidationError: it has too
    many pixels, or cannot be drawn. OSError and others of Pillow's: it breaks off, or is a bomb.
    """
    file.seek(0)
    if is_svg(file.name):
        return _drawn(file, side)
    with Image.open(file) as opened:
        limits.check(opened)
        image: Image.Image = opened
        image_format = "JPEG" if opened.format == "MPO" else str(opened.format)  # two pictures of one camera
        if max(image.size) > side:
            image = _smaller(image, side)
        else:
            image.load()
            if _says_nothing(image):
                file.seek(0)
                return file
        kept = Image.Exif()
        said = image.getexif()
        kept.update(
            {tag: str(value).encode("latin-1", "replace") for tag in KEPT if (value := said.get(tag))}
        )
        data = BytesIO()
        options = _SAVED[image_format] | ({"exif": kept} if kept else {})
        plain(image).save(data, image_format, **options)
    return ContentFile(data.getvalue(), name=file.name)


def is_svg(name: str | None) -> bool:
    """Tell by its name whether a file is to be drawn before it is stored."""
    return PurePath(name or "").suffix.lower() == ".svg"


def stored_name(name: str) -> str:
    """Return the name that a picture is stored by: of an SVG it is that of the PNG."""
    return str(PurePath(name).with_suffix(".png")) if is_svg(name) else name


def _drawn(file: File, side: int) -> File:
    try:
        picture = drawing.drawn(file.read(), side)
    except ValueError as error:
        sentence = _(
            "This SVG cannot be drawn: it is broken, takes in other files, or is too much work."
            " Save it as PNG, then upload that."
        )
        raise ValidationError(sentence, code="invalid_image") from error
    return ContentFile(picture, name=stored_name(str(file.name)))


def _smaller(image: Image.Image, side: int) -> Image.Image:
    """Return a picture that fits; a JPEG is not even unpacked in its full size."""
    exif = image.getexif()
    if image.mode in ("1", "P"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((side, side), reducing_gap=1.0)
    image.getexif().update(exif)
    return image


def _says_nothing(image: Image.Image) -> bool:
    """Tell whether a file is nothing but a picture, and its author's name."""
    if image.format == "GIF":  # which knows neither place nor camera
        return True
    told = set(image.getexif()) - set(KEPT)
    texts = getattr(image, "text", {})
    return not (
        told
        or texts
        or image.format == "MPO"
        or image.mode not in _PLAIN_MODES
        or any(name in image.info for name in _TOLD)
    )
