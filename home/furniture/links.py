"""Groups of links to other sites, as editors put them together in the site's settings."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import NormalCharBlock
from home.furniture.fields import LONGEST, of_the_web

MOST_LINKS = 30
"""Links of a group: more are a page of their own."""


class LinkBlock(blocks.StructBlock):
    """A link to another site."""

    title = NormalCharBlock(label=_("title"), max_length=150)
    url = blocks.URLBlock(label=_("address"), max_length=LONGEST, validators=(of_the_web,))

    class Meta:
        icon = "link"
        label = _("link")


class LinkGroupBlock(blocks.StructBlock):
    """Some links under one heading."""

    title = NormalCharBlock(label=_("heading"), max_length=100)
    links = blocks.ListBlock(LinkBlock(), label=_("links"), min_num=1, max_num=MOST_LINKS)

    class Meta:
        icon = "list-ul"
        label = _("group of links")
        label_format = "{title}"
