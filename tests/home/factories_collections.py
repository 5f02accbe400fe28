"""Makes collections for tests, and what the editor's form of one sends."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.test.utils.form_data import streamfield

from home.models import CollectionPage, HomePage
from tests import factories


def collection(title: str = "Mới công bố", parent: Page | None = None, **fields: Any) -> CollectionPage:
    """Return a published collection, of everything if nothing else is said."""
    page: CollectionPage = factories.publish(
        CollectionPage(title=title, **fields), parent or HomePage.objects.get()
    )
    return page


def form(**fields: Any) -> dict[str, Any]:
    """Return what the editor of a collection sends; `tests.editing` makes fields of it."""
    whole = {"title": "Mới công bố", "body": streamfield([]), "order": "newest", "limit": "50"}
    return whole | {"display": "list", "has_feed": "on"} | fields
