"""The words of the index, for all processes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredVocabulary(models.Model):
    """The words of the index when it was built. The newest counts."""

    data = models.BinaryField()
    words = models.PositiveIntegerField(_("number of words"))
    built_at = models.DateTimeField(_("built"), auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        verbose_name = _("vocabulary of the index")
        verbose_name_plural = _("vocabularies of the index")

    def __str__(self) -> str:
        return str(self.built_at)


class NewWord(models.Model):
    """A word that came into the index after its vocabulary was built: no slip, either."""

    word = models.CharField(_("word"), max_length=50, unique=True)

    class Meta:
        verbose_name = _("new word of the index")
        verbose_name_plural = _("new words of the index")

    def __str__(self) -> str:
        return self.word
