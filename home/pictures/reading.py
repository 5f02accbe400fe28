"""Teaches Willow, which Wagtail reads pictures with, what it lacks; registered when the image model is read.

Its size of a file unpacks the whole picture first, it knows no frames, and it hands on the colours, the place
and the camera of a file to all that is made of it.
"""

from __future__ import annotations

from typing import Any, Final

from PIL import Image
from willow.image import (  # type: ignore[import-untyped]
    AvifImageFile,
    GIFImageFile,
    JPEGImageFile,
    PNGImageFile,
    SvgImageFile,
    WebPImageFile,
)
from willow.plugins.pillow import PillowImage  # type: ignore[import-untyped]
from willow.registry import registry  # type: ignore[import-untyped]

from home.pictures.cleaning import plain
from home.pictures.drawing import LONGEST_SIDE

_FILES: Final = (AvifImageFile, GIFImageFile, JPEGImageFile, PNGImageFile, WebPImageFile)


def size(file: Any) -> tuple[int, int]:
    """Return width and height in dots, from the first bytes of a file. Pillow's errors for what is a bomb."""
    file.f.seek(0)
    with Image.open(file.f) as image:
        found: tuple[int, int] = image.size
    return found


def frames(file: Any) -> int:
    """Return how many pictures an animation has, 1 where it is none. A camera's second one is no frame."""
    if isinstance(file, JPEGImageFile | SvgImageFile):
        return 1
    file.f.seek(0)
    with Image.open(file.f) as image:
        return int(getattr(image, "n_frames", 1))


def most(file: Any) -> tuple[int, int]:
    """Return the dots that an SVG has at most once it is drawn; it has none of its own, whatever it says."""
    return LONGEST_SIDE, LONGEST_SIDE


def upright(picture: Any) -> PillowImage:
    """Return a picture as it is shown: the first thing that Wagtail asks for when it makes one of another."""
    return PillowImage(plain(picture.image))


for kind in _FILES:
    registry.register_operation(kind, "get_size", size)
    registry.register_operation(kind, "get_frame_count", frames)
registry.register_operation(SvgImageFile, "get_size", most)
registry.register_operation(SvgImageFile, "get_frame_count", frames)
registry.register_operation(PillowImage, "auto_orient", upright)
