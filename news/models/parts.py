"""What belongs to an article: its pictures, what it is about, the votes of its readers."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Orderable

from home.fields import NormalCharField
from news import rating, showing
from news.models.article import ArticlePage

RELATED_TYPES = ["procedures.ProcedurePage", "procedures.DecisionPage"]
"""What an article can lead to; named, not imported: the news know pages."""


class ArticlePicture(Orderable):
    """A picture below an article: what all read, and what those read who do not see it."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    caption = NormalCharField(
        _("caption"), max_length=300, blank=True, help_text=_("Stands below the picture, for all")
    )
    alt_text = NormalCharField(
        _("what the picture shows"),
        max_length=300,
        blank=True,
        help_text=_("For those who do not see it. Left empty: the description of the picture itself"),
    )

    panels: ClassVar[list[Any]] = [FieldPanel("image"), FieldPanel("caption"), FieldPanel("alt_text")]

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.caption or self.alternative

    @property
    def alternative(self) -> str:
        """Return what the picture shows, in words."""
        return self.alt_text or str(self.image.description)

    @property
    def whole(self) -> Any:
        """Return the picture uncut, as large as it is shown."""
        return get_rendition_or_not_found(self.image, showing.LARGE)


class ArticleRelation(Orderable):
    """A procedure or a decision that an article is about."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_links")
    related = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("procedure or decision"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels: ClassVar[list[Any]] = [PageChooserPanel("related", RELATED_TYPES)]

    def __str__(self) -> str:
        return str(self.related)

    def clean(self) -> None:
        """Take procedures and decisions only: the chooser shows no others, yet does not check."""
        super().clean()
        if self.related_id and self.related.specific_class._meta.label not in RELATED_TYPES:
            raise ValidationError({"related": _("Choose a procedure or a decision.")})


class ArticleRating(models.Model):
    """A reader's vote. No time, no address, no user: `voter` and `voice` are hashes that lead to nobody.

    Votes of one `voice`, a network on a day, count as one together: so many browsers are not so many readers.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="ratings")
    voter = models.CharField(max_length=64)
    voice = models.CharField(max_length=64)
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
