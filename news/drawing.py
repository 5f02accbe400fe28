"""Has the worker draw the pictures of an article once it is public, so that no reader waits for them.

Nothing depends on it: what the worker has not drawn is drawn when it is first asked for.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from django.db import transaction

from home.sharing import OWN_PICTURE
from news import listing, showing
from search import broker

TASK: Final = "news.tasks.draw_pictures"
OWN: Final = (
    *(
        f"fill-{size}|format-{kind}|avifquality-65"
        for size in ("480x270", "960x540")
        for kind in ("avif", "webp")
    ),
    *listing.CARD_PICTURES,
    OWN_PICTURE,
)
"""An article's own picture as its page, its card and who shares it show it."""


def published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Tell the worker of a published article that has pictures, once the transaction is committed."""
    if instance.image_id or instance.pictures.exists():
        transaction.on_commit(lambda: broker.send(TASK, instance.pk, expires=None), robust=True)


def draw(page: Any) -> None:
    """Draw what is missing of the pictures of an article."""
    with suppress(OSError):  # the file of the original is lost
        if page.image:
            page.image.get_renditions(*OWN)
    for row in showing.pictures(page):
        with suppress(OSError):
            row.image.get_renditions(*showing.PICTURES, showing.LARGE)
