"""Whether pictures say in words what they show: to who does not see them a name of a file says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from home.preflight import Finding

_FILE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg)$"  # with its ending
    r"|^(?:img|dscn?|image|photo|anh|hinh|screenshot|untitled|pxl|zalo)?[\W_]*\d[\d\W_]*$"  # as of cameras
    r"|^[^\s]*_[^\s]*$",  # one word with a low line
    re.IGNORECASE,
)
_EMPTY: Final = frozenset(
    {"ảnh", "hình", "hình ảnh", "ảnh minh họa", "hình minh họa", "image", "picture", "logo"}
)


def says_nothing(alternative: str) -> bool:
    """Tell whether a text alternative is none: empty, the name of a file, or a word such as “ảnh”."""
    text = " ".join(alternative.split()).strip(" .")
    return not text or bool(_FILE.search(text)) or text.casefold() in _EMPTY


def picture(page: Any) -> Iterator[Finding]:
    """Check the text alternative of a page's own picture, `image` with `image_alt`."""
    if getattr(page, "image", None) and says_nothing(page.image_alt):
        yield Finding("image_alt", _sentence(page.image_alt), blocks=True)


def body(page: Any) -> Iterator[Finding]:
    """Check those of the pictures in the text: decorative ones need none."""
    for number, block in enumerate(page.body):
        if block.block_type == "image" and block.value and not getattr(block.value, "decorative", False):
            alternative = str(getattr(block.value, "contextual_alt_text", "") or "")
            if says_nothing(alternative):
                yield Finding("body", _sentence(alternative), blocks=True, block=number)


def _sentence(alternative: str) -> str:
    if not alternative.strip():
        return _("Say in words what the picture shows.")
    return _("“%(text)s” is no description: say in words what the picture shows.") % {"text": alternative}
