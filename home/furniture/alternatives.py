"""Text alternatives of pictures: words that say what the picture says, never the name of its file."""

import re
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.text import fold

FEWEST_LETTERS = 4
_ENDING = re.compile(r"\.(avif|bmp|gif|jpe?g|png|svg|tiff?|webp)$", re.IGNORECASE)
_CAMERA = re.compile(r"(img|dsc|dscn|pxl|image|anh|hinh|banner|screenshot|untitled|zalo)[\W_]*\d*")
_LETTER = re.compile(r"[^\W\d_]")
_NO_WORD = re.compile(r"[\W_]+")


def validate_alternative(text: str) -> None:
    """Refuse what says nothing: the name of a file, a number, "banner"."""
    folded = fold(text).strip()
    too_little = len(_LETTER.findall(text)) < FEWEST_LETTERS
    joined = " " not in folded and bool(re.search(r"[\d_-]", folded))
    if _ENDING.search(folded) or _CAMERA.fullmatch(folded) or too_little or joined:
        raise ValidationError(_("Say in words what the picture shows and says: this is the name of a file."))


def is_name_of(text: str, file_name: str) -> bool:
    """Tell whether a text is only the name of a file, however it is spaced."""
    return _plain(text) == _plain(PurePath(file_name).stem)


def _plain(text: str) -> str:
    return _NO_WORD.sub("", fold(text))
