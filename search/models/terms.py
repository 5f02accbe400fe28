"""The dictionary of the search: people's words, and the official words that they stand for."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from search.models.lines import one_line


class SearchTerm(RevisionMixin, models.Model):
    """Words that people use, and official ones: a query with the first is also tried with the second.

    It is read when a person searches, so a change works within a minute and needs no new index. What a line
    may not say stands in `search.terms`.
    """

    class Kind(models.TextChoices):
        EVERYDAY = "everyday", _("Everyday words")
        ABBREVIATION = "abbreviation", _("Abbreviation")
        SYNONYM = "synonym", _("Synonym")

    words = models.CharField(_("what people say"), max_length=120)
    official = models.CharField(_("official words"), max_length=200)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices, default=Kind.EVERYDAY)
    both_ways = models.BooleanField(
        _("both ways"),
        default=False,
        help_text=_("The official words also lead to those of people: rarely good"),
    )
    enabled = models.BooleanField(_("in use"), default=True)
    note = models.CharField(_("note"), max_length=255, blank=True)
    seeded = models.BooleanField(_("came with the portal"), default=False, editable=False)
    # The line that it was seeded with: an editor may write it anew, and the next seeding must still know it.
    seed_line = models.CharField(max_length=330, blank=True, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["words", "official"]
        verbose_name = _("word of the search")
        verbose_name_plural = _("words of the search")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["words", "official"], name="search_term_once")
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.official}"

    def clean(self) -> None:
        """Refuse what `search.terms` does."""
        from search import terms  # reads this model

        super().clean()
        self.tidy()
        terms.check(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store clean text only."""
        self.tidy()
        super().save(*args, **kwargs)

    def tidy(self) -> None:
        """Bring the texts into the form in which a query comes, each on one line."""
        for name in ("words", "official", "note"):
            setattr(self, name, one_line(getattr(self, name)))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield what leads to what."""
        yield self.words, self.official
        if self.both_ways:
            yield self.official, self.words
