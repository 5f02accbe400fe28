"""How the article editor is laid out: the text, what it is about, where it is from, its address."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from home.models.maintenance import MAINTENANCE_PANELS


class RelatedPanel(MultipleChooserPanel):
    """Chooses pages, and has the search offer those that fit what is written (`admin/related.js`)."""

    class BoundPanel(MultipleChooserPanel.BoundPanel):
        template_name = "news/admin/related_panel.html"

        @property
        def media(self) -> Media:
            """Add the script that asks the search."""
            return super().media + Media(
                js=[static("admin/related.js")], css={"all": [static("admin/related.css")]}
            )


ARTICLE = [
    TitleFieldPanel("title"),
    FieldPanel("lead"),
    MultiFieldPanel(
        [FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("image_caption")], heading=_("Picture")
    ),
    FieldPanel("body"),
    MultipleChooserPanel(
        "pictures",
        heading=_("Gallery"),
        label=_("picture"),
        chooser_field_name="image",
        help_text=_("Below the text, in this order. Several can be chosen at once."),
    ),
]
ABOUT = [
    FieldPanel("topics"),
    RelatedPanel(
        "related_links",
        heading=_("Related procedures and decisions"),
        label=_("procedure or decision"),
        chooser_field_name="related",
    ),
]
ORIGIN: list[Any] = [
    FieldRowPanel([FieldPanel("date"), FieldPanel("as_of")], heading=_("Dates")),
    FieldRowPanel([FieldPanel("author"), FieldPanel("office")], heading=_("Who answers for it")),
    MultiFieldPanel(
        [
            FieldPanel("source_name"),
            FieldPanel("source_url"),
            FieldRowPanel([FieldPanel("source_state"), FieldPanel("source_retrieved_on")]),
        ],
        heading=_("Source"),
    ),
    *MAINTENANCE_PANELS,
]
ADDRESS = [
    FieldPanel("slug"),
    FieldPanel("seo_title"),
    FieldPanel("search_description"),
    PublishingPanel(),
]

ARTICLE_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(ARTICLE, heading=_("Article")),
        ObjectList(ABOUT, heading=_("Topics and related")),
        ObjectList(ORIGIN, heading=_("Dates and source")),
        ObjectList(ADDRESS, heading=_("Address")),
    ]
)
