"""Blocks that several apps use: clean text, and the body of an article or a plain page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from home.text import normalise


class NormalCharBlock(blocks.CharBlock):
    """A line of clean text."""

    def clean(self, value: Any) -> Any:
        return super().clean(normalise(value) if isinstance(value, str) else value)


class NormalTextBlock(blocks.TextBlock):
    """Plain text with line breaks, clean."""

    def clean(self, value: Any) -> Any:
        return super().clean(normalise(value) if isinstance(value, str) else value)


RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class FileBlock(blocks.StructBlock):
    """A file to take home, with a title of its own."""

    title = NormalCharBlock(label=_("title"), max_length=500)
    file = DocumentChooserBlock(label=_("file"))

    class Meta:
        icon = "doc-full"
        label = _("file")
        template = "blocks/file.html"


class BodyBlock(blocks.StreamBlock):
    """The body of an article or a plain page."""

    text = blocks.RichTextBlock(label=_("text"), features=RICH_TEXT_FEATURES, template="blocks/text.html")
    image = ImageBlock(label=_("image"), template="blocks/image.html")
    quote = blocks.BlockQuoteBlock(label=_("quotation"))
    table = TypedTableBlock(
        [
            ("text", NormalCharBlock(label=_("text"), required=False)),
            ("number", blocks.DecimalBlock(required=False)),
        ],
        label=_("table"),
        template="blocks/table.html",
    )
    file = FileBlock()
