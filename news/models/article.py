"""The article page."""

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import BodyBlock
from home.fields import NormalCharField, NormalTextField
from home.models import MaintainedPage
from news import rating, showing
from news.choices import SourceState
from news.panels import ARTICLE_EDIT_HANDLER


class ArticleTopic(TaggedItemBase):
    """A topic of an article."""

    content_object = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="topic_links")


class ArticlePage(MaintainedPage):
    """Tin: an article on the reform."""

    lead = NormalTextField(_("lead"), blank=True)
    date = models.DateField(_("date"), default=timezone.localdate)
    as_of = models.DateField(
        _("figures as of"), null=True, blank=True, help_text=_("The last day that the figures count")
    )
    author = NormalCharField(_("author"), max_length=200, blank=True)
    office = NormalCharField(
        _("office in charge"),
        max_length=200,
        blank=True,
        help_text=_("Only where it is another than the office that runs the portal"),
    )
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
    image_caption = NormalCharField(
        _("caption"), max_length=300, blank=True, help_text=_("Stands below the picture, for all")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    topics = ClusterTaggableManager(through=ArticleTopic, blank=True, verbose_name=_("topics"))
    source_name = NormalCharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    source_state = models.CharField(
        _("use of the source"), max_length=12, choices=SourceState.choices, blank=True
    )

    edit_handler = ARTICLE_EDIT_HANDLER
    parent_page_types: ClassVar[list[str]] = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *MaintainedPage.search_fields,
        index.SearchField("lead"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def updated_on(self) -> datetime.date | None:
        """Return the day of the last publication where it is a later one than that of the first."""
        if not self.last_published_at or not self.first_published_at:
            return None
        last = timezone.localdate(self.last_published_at)
        return last if last > max(timezone.localdate(self.first_published_at), self.date) else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add pictures, what belongs to it, and what readers think of it.

        They may say so where it is public: a preview takes no ratings.
        """
        context = super().get_context(request, *args, **kwargs)
        context["pictures"] = showing.pictures(self)
        context["related"] = showing.related(self)
        context["minutes"] = showing.minutes(self)
        context["is_rated"] = type(self).objects.visible().filter(pk=self.pk).exists()
        context["rating"] = rating.mean(self) if context["is_rated"] else None
        return context
