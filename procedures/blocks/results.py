"""Kết quả thực hiện: what one gets."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import NormalCharBlock, NormalTextBlock


class ResultBlock(blocks.StructBlock):
    """A result; its code is the one of the national catalogue (KQ.…)."""

    name = NormalTextBlock(label=_("result"), rows=2)
    code = NormalCharBlock(label=_("code"), required=False, max_length=50)

    class Meta:
        icon = "success"
        label = _("result")


class ResultsBlock(blocks.StreamBlock):
    """All results of a procedure."""

    result = ResultBlock()
