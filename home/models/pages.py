"""The home page and the plain page of information."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import BodyBlock
from home.fields import NormalCharField, NormalTextField
from home.models.base import PortalPage
from home.models.maintenance import MAINTENANCE_PANELS, MaintainedPage


class HomePage(PortalPage):
    """The top of the tree. What it shows of other apps comes through their template tags."""

    lead = NormalCharField(_("lead"), max_length=300, blank=True)

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")


class InformationPage(MaintainedPage):
    """A page of plain information: about, contact, how to search."""

    lead = NormalTextField(_("lead"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    updated_on = models.DateField(_("as of"), null=True, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("updated_on"),
        FieldPanel("body"),
        *MAINTENANCE_PANELS,
    ]
    search_fields: ClassVar[list[Any]] = [*PortalPage.search_fields, index.SearchField("lead")]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
