"""Articles in the words of schema.org, and in a few words for those who share them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.sharing import Shared, picture_of, shared
from home.structured import Data, organization, structured_data
from news.models import ArticlePage

HEADLINE = 110
"""Characters of a headline that search engines show."""
SHORT = 160


def register() -> None:
    """Say what the pages of this app are."""
    structured_data.register(ArticlePage, news_article)
    shared.register(ArticlePage, article_shared)


def article_shared(page: ArticlePage) -> Shared:
    """Return what an article says of itself where it is shared."""
    with override(settings.LANGUAGE_CODE):
        day = date_format(page.date, "SHORT_DATE_FORMAT")
        label = _("News of %(day)s") % {"day": day}
    return Shared(label, "article", page.image, page.image_alt)


def news_article(page: ArticlePage, request: HttpRequest, context: Mapping[str, Any]) -> Data:
    """Return an article."""
    office = organization(request)
    publisher = {name: office[name] for name in ("@type", "name", "url")}
    author = {"@type": "Person", "name": page.author} if page.author else publisher
    picture = picture_of(request, page)
    gallery = [request.build_absolute_uri(row.whole.url) for row in context.get("pictures", ())]
    return {
        "@type": "NewsArticle",
        "headline": Truncator(page.title).chars(HEADLINE),
        "description": Truncator(page.lead).chars(SHORT),
        "image": [*([picture.url] if picture else []), *gallery],
        "datePublished": page.date.isoformat(),
        "dateModified": timezone.localtime(page.last_published_at).isoformat(timespec="seconds")
        if page.last_published_at
        else "",
        "author": [author],
        "publisher": publisher,
        "sourceOrganization": {"@type": "Organization", "name": page.office},
        "isBasedOn": {"@type": "CreativeWork", "name": page.source_name, "url": page.source_url},
        "about": [
            {"@type": "Thing", "name": each.title, "url": request.build_absolute_uri(each.get_url(request))}
            for each in context.get("related", ())
        ],
        "keywords": [topic.name for topic in page.topics.all()],
        "url": request.build_absolute_uri(page.get_url(request)),
        "inLanguage": settings.LANGUAGE_CODE,
    }
