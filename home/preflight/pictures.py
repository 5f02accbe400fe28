"""Whether pictures say in words what they show: to who does not see them a name of a file says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from home.alternatives import says_nothing, sentence
from home.preflight import Finding


def picture(page: Any) -> Iterator[Finding]:
    """Check the text alternative of a page's own picture, `image` with `image_alt`."""
    if getattr(page, "image", None) and says_nothing(page.image_alt, page.image.file.name):
        yield Finding("image_alt", sentence(page.image_alt), blocks=True)


def body(page: Any) -> Iterator[Finding]:
    """Check those of the pictures in the text: decorative ones need none."""
    for number, block in enumerate(page.body):
        if block.block_type == "image" and block.value and not getattr(block.value, "decorative", False):
            alternative = str(getattr(block.value, "contextual_alt_text", "") or "")
            if says_nothing(alternative, block.value.file.name):
                yield Finding("body", sentence(alternative), blocks=True, block=number)
