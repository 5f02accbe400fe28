"""What an editor sets once for the whole site."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.fields import NormalCharField, NormalTextField


@register_setting(icon="home")
class ProvinceSettings(BaseSiteSetting):
    """The province that runs this portal, as its pages name it."""

    province = NormalCharField(_("province"), max_length=100, default="")
    agency_name = NormalCharField(_("responsible office"), max_length=200, blank=True)
    tagline = NormalCharField(_("tagline"), max_length=200, blank=True)
    emblem = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("emblem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    address = NormalCharField(_("address"), max_length=300, blank=True)
    phone = NormalCharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    footer_note = NormalTextField(_("note in the footer"), blank=True)

    select_related: ClassVar[list[str]] = ["emblem"]
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("province"), FieldPanel("agency_name"), FieldPanel("tagline"), FieldPanel("emblem")],
            heading=_("Province"),
        ),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("phone"), FieldPanel("email"), FieldPanel("footer_note")],
            heading=_("Contact"),
        ),
    ]

    class Meta:
        verbose_name = _("province and contact")
