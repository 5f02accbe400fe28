"""A choice that is shown by its label, also where two versions are compared."""

from typing import Any

from wagtail import blocks
from wagtail.admin.compare import BlockComparison


class LabelledChoiceBlock(blocks.ChoiceBlock):
    """Wagtail's, which shows the stored value there: "ngay-lam-viec" where people say "working days"."""

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Return the label of a choice."""
        labels = dict(self.field.choices)
        return str(labels.get(value, value or ""))

    def get_comparison_class(self) -> type[BlockComparison]:
        """Return the comparison that shows what `render_basic` says."""
        return BlockComparison
