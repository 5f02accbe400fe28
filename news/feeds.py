"""The feeds of articles, in Atom and in RSS."""

from datetime import date

from django.db.models import Prefetch
from django.utils.feedgenerator import Enclosure
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from home.feeds import PageFeed, RSSGenerator
from home.querysets import PortalPageQuerySet
from home.sharing import OWN_PICTURE
from news.models import ArticlePage


class ArticleFeed(PageFeed):
    """Articles, the newest first, with their topics, their author and the picture that is shared."""

    title = format_lazy("Minh Bạch: {}", _("News"))
    link = "/tin-tuc/"
    description = _("News of the administrative reform")

    def pages(self) -> PortalPageQuerySet:
        pictures = get_image_model().objects.prefetch_renditions(OWN_PICTURE)
        return (
            ArticlePage.objects.visible()
            .prefetch_related("topic_links__tag", Prefetch("image", queryset=pictures))
            .order_by("-date", "-first_published_at", "pk")
        )

    def summary(self, page: ArticlePage) -> str:
        return page.lead

    def day(self, page: ArticlePage) -> date:
        return page.date

    def item_author_name(self, item: ArticlePage) -> str:
        return item.author or item.office or self.author_name

    def item_categories(self, item: ArticlePage) -> list[str]:
        return [link.tag.name for link in item.topic_links.all()]

    def item_enclosures(self, item: ArticlePage) -> list[Enclosure]:
        """Return the picture of an article, none where its file is lost."""
        if item.image is None:
            return []
        try:
            made = item.image.get_rendition(OWN_PICTURE)
            return [Enclosure(made.full_url, str(made.file.size), "image/jpeg")]
        except OSError:
            return []


class ArticleRSS(ArticleFeed):
    """The same in RSS."""

    feed_type = RSSGenerator
