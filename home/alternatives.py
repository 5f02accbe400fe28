"""Text alternatives of pictures: words that say what a picture shows, never the name of its file."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.text import fold

FEWEST_LETTERS: Final = 2
_ENDING: Final = re.compile(r"\.(?:avif|bmp|gif|heic|jpe?g|pdf|png|svg|tiff?|webp)$")
_BARE: Final = re.compile(
    r"(?:(?:anh|hinh|hinh anh)(?: minh hoa)?"
    r"|banner|dscn?|(?:whatsapp )?image|img|logo|photo|picture|pxl|screenshot|untitled|zalo)?"
    r"[\W\d_]*(?:\b(?:at|luc)\b[\W\d_]*)?(?:[ap]m)?"
)
_JOINED: Final = re.compile(r"\S*(?:_|-\S*-|[a-z]\d+$)\S*")
"""One word of several, as programs write them: "trang_chu", "trang-chu-2", "poster2"; not "Covid-19"."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_BETWEEN: Final = re.compile(r"[\W_]+")


def says_nothing(alternative: str, file_name: str = "") -> bool:
    """Tell whether a text alternative is none: empty, the name of a file, or a word such as “ảnh”."""
    text = " ".join(alternative.split()).strip(" .")
    folded = fold(text)
    return (
        len(_LETTER.findall(text)) < FEWEST_LETTERS
        or bool(_ENDING.search(folded) or _BARE.fullmatch(folded) or _JOINED.fullmatch(text))
        or is_name_of(text, file_name)
    )


def validate_alternative(alternative: str) -> None:
    """Refuse one that says nothing."""
    if says_nothing(alternative):
        raise ValidationError(sentence(alternative))


def sentence(alternative: str) -> str:
    """Return what to do about a text alternative that says nothing."""
    if not alternative.strip():
        return _("Say in words what the picture shows.")
    return _("“%(text)s” is no description: say in words what the picture shows.") % {"text": alternative}


def is_name_of(text: str, file_name: str) -> bool:
    """Tell whether a text is the name of the file, however spaced: written with accents it is a sentence."""
    return bool(text) and _BETWEEN.sub("", text).lower() == _BETWEEN.sub("", PurePath(file_name).stem).lower()
