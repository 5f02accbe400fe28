"""How the procedure editor is laid out: a tab for each concern, in the order of the law."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from home.models.maintenance import MAINTENANCE_PANELS

BASICS = [
    FieldPanel("name", required_on_save=True),
    FieldRowPanel([FieldPanel("code"), FieldPanel("code_suffix"), FieldPanel("status")]),
    FieldPanel("summary"),
    FieldPanel("levels", widget=CheckboxSelectMultiple),
    FieldPanel("audiences", widget=CheckboxSelectMultiple),
    InlinePanel("sector_links", label=_("Sector")),
    InlinePanel("agency_links", label=_("Agency")),
    FieldPanel("agencies_note"),
    FieldPanel("receiving_address"),
    *MAINTENANCE_PANELS,
]
PARTS = [
    FieldPanel("steps"),
    FieldPanel("channels"),
    FieldPanel("dossier"),
    FieldPanel("results"),
    FieldPanel("conditions"),
    FieldPanel("answered_none"),
]
BASIS = [
    InlinePanel("legal_bases", label=_("Legal basis")),
    FieldRowPanel([FieldPanel("decision_number"), FieldPanel("issuer"), FieldPanel("local_to")]),
    FieldPanel("kind"),
]
SERVICE = [
    FieldPanel("online_service"),
    FieldPanel("online_reason"),
    FieldPanel("online_url"),
    FieldRowPanel([FieldPanel("anywhere"), FieldPanel("chain"), FieldPanel("payment_online")]),
    InlinePanel("life_event_links", label=_("Life event")),
    FieldPanel("keywords"),
]
PHRASINGS = [FieldPanel("phrasing_lines", disable_comments=True)]
SOURCE = [
    MultiFieldPanel(
        [
            FieldPanel("source_name"),
            FieldPanel("source_url"),
            FieldPanel("source_retrieved_on"),
            FieldPanel("listed"),
            FieldPanel("suspect"),
        ],
        heading=_("Source"),
    ),
    FieldPanel("slug"),
    FieldPanel("seo_title"),
    FieldPanel("search_description"),
]

PROCEDURE_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(BASICS, heading=_("Procedure")),
        ObjectList(PARTS, heading=_("Parts")),
        ObjectList(BASIS, heading=_("Legal basis")),
        ObjectList(SERVICE, heading=_("Service")),
        ObjectList(PHRASINGS, heading=_("What people usually ask")),
        ObjectList([*SOURCE, PublishingPanel()], heading=_("Source and address")),
    ]
)
