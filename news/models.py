"""Articles and their index."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import BodyBlock
from home.fields import NormalCharField, NormalTextField
from home.models import MaintainedPage, PortalPage
from home.models.maintenance import MAINTENANCE_PANELS
from news import listing, rating


class ArticleTopic(TaggedItemBase):
    """A topic of an article."""

    content_object = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="topic_links")


class ArticlePage(MaintainedPage):
    """Tin: an article on the reform."""

    lead = NormalTextField(_("lead"), blank=True)
    date = models.DateField(_("date"), default=timezone.localdate)
    author = NormalCharField(_("author"), max_length=200, blank=True)
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = NormalCharField(
        _("what the picture shows"), max_length=300, blank=True, help_text=_("For those who do not see it")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    topics = ClusterTaggableManager(through=ArticleTopic, blank=True, verbose_name=_("topics"))
    source_name = NormalCharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("author")]),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture")),
        FieldPanel("body"),
        FieldPanel("topics"),
        FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_url")], heading=_("Source")),
        *MAINTENANCE_PANELS,
    ]
    parent_page_types: ClassVar[list[str]] = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [*PortalPage.search_fields, index.SearchField("lead")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what readers think of it where they may say so: a preview takes no ratings."""
        context = super().get_context(request, *args, **kwargs)
        context["is_rated"] = type(self).objects.visible().filter(pk=self.pk).exists()
        context["rating"] = rating.mean(self) if context["is_rated"] else None
        return context


class ArticleRating(models.Model):
    """A reader's vote. No time, no address, no user: `voter` is a hash that leads to nobody."""

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="ratings")
    voter = models.CharField(max_length=64)
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("article", "voter"), name="one_vote_of_a_voter"),
            models.CheckConstraint(
                condition=models.Q(score__range=(rating.LOWEST, rating.HIGHEST)), name="rating_is_a_score"
            ),
        ]

    def __str__(self) -> str:
        return str(self.score)


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
