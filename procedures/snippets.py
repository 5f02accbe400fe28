"""The catalogue in the admin: sectors, agencies, life events and legal documents."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from procedures.models import Agency, LegalDocument, LifeEvent, Sector


class SectorViewSet(SnippetViewSet):
    """Lĩnh vực."""

    model = Sector
    icon = "tag"
    list_display: ClassVar[list[str]] = ["name", "slug", "code"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("code")]),
        FieldPanel("description"),
        InlinePanel("aliases", label=_("other spelling")),
    ]


class AgencyViewSet(SnippetViewSet):
    """Cơ quan."""

    model = Agency
    icon = "group"
    list_display: ClassVar[list[str]] = ["name", "level", "successor", "ended_on"]
    list_filter: ClassVar[list[str]] = ["level", "end_reason"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("level"), FieldPanel("parent")]),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("hours"), FieldPanel("phone"), FieldPanel("email")],
            heading=_("Where and when"),
        ),
        FieldRowPanel([FieldPanel("website"), FieldPanel("map_url")]),
        MultiFieldPanel(
            [FieldPanel("ended_on"), FieldPanel("end_reason"), FieldPanel("successor")],
            heading=_("End and successor"),
        ),
        FieldPanel("description"),
    ]


class LifeEventViewSet(SnippetViewSet):
    """Sự kiện trong đời."""

    model = LifeEvent
    icon = "date"
    list_display: ClassVar[list[str]] = ["name", "kind"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("description"),
    ]


class LegalDocumentViewSet(SnippetViewSet):
    """Văn bản pháp luật."""

    model = LegalDocument
    icon = "doc-full"
    list_display: ClassVar[list[str]] = ["number", "kind", "title", "signed_on"]
    list_filter: ClassVar[list[str]] = ["kind"]
    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("kind"), FieldPanel("place")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("signed_on")]),
        FieldPanel("url"),
    ]


class CatalogueGroup(SnippetViewSetGroup):
    """Danh mục: what procedures refer to."""

    menu_label = _("Catalogue")
    menu_icon = "folder-open-inverse"
    menu_order = 250
    items = (SectorViewSet, AgencyViewSet, LifeEventViewSet, LegalDocumentViewSet)
