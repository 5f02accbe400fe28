"""Makes files of pictures for tests: from a phone, for a printer, broken, too large."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

PLACE = {1: "N", 2: (15.0, 7.0, 12.0), 3: "E", 4: (108.0, 48.0, 0.0)}


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return a picture as a file."""
    data = BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def phone(kind: str = "JPEG") -> bytes:
    """Return a picture that lies on its side and says where it was taken: red, once it stands, is on top."""
    image = Image.new("RGB", (240, 120), "white")
    image.paste("red", (0, 0, 80, 120))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "may-anh-thu"
    exif[ExifTags.Base.Copyright] = "(c) Nguyen Van An"
    exif[ExifTags.IFD.GPSInfo] = PLACE
    return saved(image, kind, exif=exif)


def printer() -> bytes:
    """Return a CMYK picture: cyan, magenta, yellow and black from left to right on white."""
    image = Image.new("CMYK", (400, 200), (0, 0, 0, 0))
    for place, ink in enumerate(((255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255))):
        image.paste(ink, (place * 100 + 20, 50, place * 100 + 80, 150))
    return saved(image, quality=95)


def animation(frames: int, side: int) -> bytes:
    """Return a GIF of so many frames."""
    images = [Image.new("P", (side, side), number % 200) for number in range(frames)]
    for number, image in enumerate(images):
        image.putpixel((0, 0), (number + 7) % 256)
    return saved(images[0], "GIF", save_all=True, append_images=images[1:], optimize=False)


def large(width: int, height: int) -> bytes:
    """Return a picture of few bytes and many dots."""
    return saved(Image.new("1", (width, height)), "PNG")


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def colours(image: Image.Image, *places: tuple[int, int]) -> list[str]:
    """Return what one sees at some places: the names of plain colours, "?" for any other."""
    seen = {
        "cyan": (0, 255, 255),
        "magenta": (255, 0, 255),
        "yellow": (255, 255, 0),
        "black": (0, 0, 0),
        "white": (255, 255, 255),
        "red": (255, 0, 0),
    }
    found = []
    for place in places:
        dot = image.convert("RGB").getpixel(place)
        near = [name for name, value in seen.items() if _far(dot, value) < 60]
        found.append(near[0] if near else "?")
    return found


def _far(one: Any, other: Any) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


Maker = Callable[[], bytes]
