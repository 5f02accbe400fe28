"""Thành phần hồ sơ: what to bring, by case; each paper with its copies and its forms."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from home.blocks import NormalCharBlock, NormalTextBlock
from procedures.blocks.choice import LabelledChoiceBlock
from procedures.choices import RowRole


class FormBlock(blocks.StructBlock):
    """A form (biểu mẫu). Without a file it is a name, never a link."""

    title = NormalCharBlock(label=_("title"), max_length=500)
    file = DocumentChooserBlock(label=_("file"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("form")


class DossierDocumentBlock(blocks.StructBlock):
    """A row of a dossier, in the order of the source: a paper, a heading or a remark."""

    name = NormalTextBlock(label=_("paper"), rows=2)
    marker = NormalCharBlock(label=_("list mark"), required=False, max_length=5)
    role = LabelledChoiceBlock(label=_("role"), choices=RowRole.choices, default=RowRole.PAPER)
    originals = blocks.IntegerBlock(label=_("originals"), required=False, min_value=0, default=0)
    copies = blocks.IntegerBlock(label=_("copies"), required=False, min_value=0, default=0)
    forms = blocks.ListBlock(FormBlock(), label=_("forms"), default=[], collapsed=True)

    class Meta:
        icon = "doc-empty"
        label = _("row")


class DossierCaseBlock(blocks.StructBlock):
    """The dossier of one case; the case is blank where there is one dossier for all."""

    case = NormalTextBlock(label=_("case"), required=False, rows=1)
    sets = blocks.IntegerBlock(label=_("sets"), required=False, min_value=1)
    documents = blocks.ListBlock(DossierDocumentBlock(), label=_("rows"), collapsed=True)

    class Meta:
        icon = "folder-open-inverse"
        label = _("dossier")


class DossierBlock(blocks.StreamBlock):
    """All dossiers of a procedure."""

    case = DossierCaseBlock()
