"""Links to pages in rich text: one to a page that is hidden is plain text, as its address says what it is."""

from typing import Any

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from home.querysets import PortalPageQuerySet


class VisiblePageLinkHandler(PageLinkHandler):
    """Wagtail's, which links to drafts and private pages as well."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        """Return the pages of links, None for one that not everyone may see: one query for a text."""
        keys = [str(attrs.get("id")) for attrs in attrs_list]
        pages = {str(page.pk): page for page in PortalPageQuerySet(Page).visible().filter(pk__in=keys)}
        return [pages.get(key) for key in keys]
