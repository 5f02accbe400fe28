"""The list of articles."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.fields import NormalTextField
from home.models import PortalPage
from news import listing


class NewsIndexPage(PortalPage):
    """`/tin-tuc/`: articles, the newest first."""

    frame_title = _("News")
    lead = NormalTextField(_("lead"), blank=True)

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["news.ArticlePage"]

    class Meta:
        verbose_name = _("list of articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | listing.articles(request, self)
