"""Two versions side by side: days and yes or no as people read them, where Wagtail shows Python's words."""

from datetime import date
from typing import Any

from django.db import models
from django.template.defaultfilters import yesno
from django.utils.formats import date_format
from wagtail.admin.compare import FieldComparison, register_comparison_class


class SaidComparison(FieldComparison):
    """Compares what is said."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a = said(field.value_from_object(obj_a))
        self.val_b = said(field.value_from_object(obj_b))


def said(value: bool | date | None) -> str:
    """Return a value as people read it; nothing as a dash."""
    if value is None:
        return "–"
    return str(yesno(value)) if isinstance(value, bool) else date_format(value, "SHORT_DATE_FORMAT")


register_comparison_class(models.BooleanField, comparison_class=SaidComparison)
register_comparison_class(models.DateField, comparison_class=SaidComparison, exact_class=True)
