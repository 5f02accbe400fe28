"""Columns of lists that Wagtail has no own for."""

from typing import Any

from django.template.defaultfilters import yesno
from wagtail.admin.ui.tables import Column


class YesNoColumn(Column):
    """Says yes or no in a word. Wagtail's icon is read aloud as "True", in every language."""

    def get_value(self, instance: Any) -> str:
        return str(yesno(super().get_value(instance)))
