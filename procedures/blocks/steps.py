"""Trình tự thực hiện: steps in order, grouped by case where a procedure has cases."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import NormalCharBlock, NormalTextBlock


class StepBlock(blocks.StructBlock):
    """One step: a short label such as "Bước 1", and what is done."""

    label = NormalCharBlock(label=_("label"), required=False, max_length=500)
    text = NormalTextBlock(label=_("text"), required=False, rows=4)

    class Meta:
        icon = "list-ol"
        label = _("step")


class StepGroupBlock(blocks.StructBlock):
    """The steps of one case; the case is blank where there is one way for all."""

    case = NormalCharBlock(label=_("case"), required=False, max_length=1000)
    steps = blocks.ListBlock(StepBlock(), label=_("steps"), collapsed=True)

    class Meta:
        icon = "list-ol"
        label = _("steps")


class StepsBlock(blocks.StreamBlock):
    """All steps of a procedure."""

    steps = StepGroupBlock()
