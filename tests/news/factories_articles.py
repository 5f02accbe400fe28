"""Makes what articles of tests have: pictures, what they are about, what their editor sends."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.test.utils.form_data import inline_formset

from home.models import PortalImage
from news.models import ArticlePage, ArticlePicture, ArticleRelation
from tests import editing, factories


def picture(title: str = "Một cửa", description: str = "Quầy một cửa") -> PortalImage:
    """Return a stored picture of 1,200 by 800 dots."""
    data = BytesIO()
    Image.new("RGB", (1200, 800), "#8f1a1d").save(data, "PNG")
    file = ImageFile(BytesIO(data.getvalue()), "mot-cua.png")
    return PortalImage.objects.create(title=title, description=description, file=file)


def article(
    title: str = "Một năm cải cách",
    pictures: tuple[dict[str, Any], ...] = (),
    related: tuple[Any, ...] = (),
    **fields: Any,
) -> ArticlePage:
    """Return a published article with a gallery and with what it is about."""
    page = factories.article(title, **fields | {"live": False})
    page.pictures = [ArticlePicture(**{"image": picture()} | each) for each in pictures]
    page.related_links = [ArticleRelation(related_id=each.pk) for each in related]
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def sent(**fields: Any) -> dict[str, Any]:
    """Return what the editor of an article sends: no gallery, nothing that it is about."""
    lists = {"pictures": inline_formset([]), "related_links": inline_formset([])}
    return editing.article(**lists | fields)
