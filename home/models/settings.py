"""What an editor sets once for the whole site."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from home.fields import NormalCharField, NormalTextField
from home.furniture.fields import WebAddressField
from home.furniture.links import LinkGroupBlock
from home.furniture.working_days import FREE_BY_LAW, validate_free_days

MOST_DOCUMENTS = 10


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

    feedback_url = WebAddressField(
        _("official feedback"),
        blank=True,
        help_text=_("Where people report on how they were served: in the footer of every page."),
    )
    links = StreamField(
        [("group", LinkGroupBlock())],
        verbose_name=_("links to other sites"),
        blank=True,
        help_text=_("Shown in the footer of every page, in this order."),
    )
    legal_documents = models.PositiveSmallIntegerField(
        _("newest legal documents"),
        default=5,
        validators=[MaxValueValidator(MOST_DOCUMENTS)],
        help_text=_("How many the home page shows, 10 at most; 0: none."),
    )
    show_visits = models.BooleanField(
        _("count visits and show them"),
        default=False,
        help_text=_("On the home page. Without a cookie; nothing is kept about a reader."),
    )
    visits_before = models.PositiveBigIntegerField(
        _("visits of the former site"), default=0, help_text=_("Added to the total.")
    )
    free_days = models.TextField(
        _("free days"),
        default=FREE_BY_LAW,
        blank=True,
        validators=[validate_free_days],
        help_text=_(
            "One a line: dd/mm for each year, dd/mm/yyyy for one. Maintenance is announced seven working "
            "days ahead, and these are none."
        ),
    )

    select_related: ClassVar[list[str]] = ["emblem"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel(name) for name in ("province", "agency_name", "tagline", "emblem")],
                        heading=_("Province"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel(name) for name in ("address", "phone", "email", "footer_note")],
                        heading=_("Contact"),
                    ),
                ],
                heading=_("Province and contact"),
            ),
            ObjectList(
                [
                    FieldPanel("feedback_url"),
                    FieldPanel("links"),
                    FieldPanel("legal_documents"),
                    MultiFieldPanel(
                        [FieldPanel("show_visits"), FieldPanel("visits_before")], heading=_("Visits")
                    ),
                    FieldPanel("free_days"),
                ],
                heading=_("Furniture"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("province and contact")
