"""The fixed choices of an article."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceState(TextChoices):
    """What was done with the source: whether the words are its own."""

    VERBATIM = "nguyen-van", _("word for word")
    EXCERPT = "luoc-trich", _("shortened")
    COMPILED = "tong-hop", _("compiled from several sources")
    OWN = "tu-viet", _("written by the editors from the source")
