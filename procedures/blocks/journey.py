"""Hành trình: the steps of a life event, each with the procedures that it takes."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import NormalCharBlock, NormalTextBlock


class JourneyStepBlock(blocks.StructBlock):
    """One step: what to do, when, and which procedures that is. A procedure that is hidden is not shown."""

    title = NormalCharBlock(label=_("title"), max_length=200)
    when = NormalCharBlock(
        label=_("when"), required=False, max_length=200, help_text=_("Such as: within 60 days of the birth")
    )
    text = NormalTextBlock(label=_("text"), required=False, rows=3)
    optional = blocks.BooleanBlock(label=_("not everyone needs this step"), required=False)
    procedures = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="procedures.ProcedurePage", label=_("procedure")),
        label=_("procedures"),
        default=[],
    )

    class Meta:
        icon = "list-ol"
        label = _("step")


class JourneyBlock(blocks.StreamBlock):
    """All steps of a life event, in order."""

    step = JourneyStepBlock()
