"""The feed of articles."""

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from home.feeds import PageFeed
from home.querysets import PortalPageQuerySet
from news.models import ArticlePage


class ArticleFeed(PageFeed):
    """Articles, the newest first."""

    title = format_lazy("Minh Bạch: {}", _("News"))
    link = "/tin-tuc/"

    def pages(self) -> PortalPageQuerySet:
        return ArticlePage.objects.visible().order_by("-date", "-first_published_at", "pk")

    def summary(self, page: ArticlePage) -> str:
        return page.lead

    def day(self, page: ArticlePage) -> date:
        return page.date
