"""Cách thức thực hiện: each way to hand in a dossier has its own time limit and its own fees."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import NormalCharBlock, NormalTextBlock
from procedures.blocks.choice import LabelledChoiceBlock
from procedures.choices import ChannelKind, FeeKind, LimitUnit


class LimitBlock(blocks.StructBlock):
    """A time limit: a number and a unit as published, or a sentence where the unit is "see the text"."""

    value = blocks.DecimalBlock(
        label=_("number"), required=False, min_value=0, max_digits=8, decimal_places=2
    )
    unit = LabelledChoiceBlock(label=_("unit"), choices=LimitUnit.choices, required=False)
    text = NormalTextBlock(label=_("in words"), required=False, rows=2)

    class Meta:
        label = _("time limit")


class FeeBlock(blocks.StructBlock):
    """One line of a tariff. 0 is not "free": free is what the text says, or the answer "none" of the page."""

    kind = LabelledChoiceBlock(label=_("kind"), choices=FeeKind.choices, required=False)
    amount = blocks.DecimalBlock(
        label=_("amount"), required=False, min_value=0, max_digits=18, decimal_places=2
    )
    currency = NormalCharBlock(label=_("currency"), required=False, default="VND", max_length=3)
    note = NormalTextBlock(label=_("what it is for"), required=False, rows=2)
    exemption = NormalTextBlock(label=_("who does not pay"), required=False, rows=2)

    class Meta:
        label = _("fee")


class ChannelBlock(blocks.StructBlock):
    """A channel. The same kind may come several times: then each is a case."""

    kind = LabelledChoiceBlock(label=_("channel"), choices=ChannelKind.choices)
    case = NormalCharBlock(label=_("case"), required=False, max_length=1000)
    limit = LimitBlock()
    fees = blocks.ListBlock(FeeBlock(), label=_("fees"), default=[], collapsed=True)
    note = NormalTextBlock(label=_("note"), required=False, rows=3)

    class Meta:
        icon = "mail"
        label = _("channel")


class ChannelsBlock(blocks.StreamBlock):
    """All channels of a procedure."""

    channel = ChannelBlock()
