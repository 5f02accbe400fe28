"""The fields of a collection that hold values of a filter, and how they are chosen in the editor."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from search import documents

MOST_VALUES = 50
"""Values of one filter; the search takes no more either."""
MANY = 15
"""Choices from which on there is a box to filter them."""


class ValuesWidget(forms.CheckboxSelectMultiple):
    """Checkboxes; many of them scroll in a box, below a field that narrows them and what is chosen."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Render with our template, from the folder of all templates."""
        context = self.get_context(name, value, attrs)
        count = sum(1 for _choice in self.choices)
        return render_to_string("home/admin/collection_values.html", context | {"count": count, "many": MANY})


class ValuesFormField(forms.MultipleChoiceField):
    """Values of a filter, each of them known."""

    widget = ValuesWidget
    default_error_messages = {"invalid_choice": _("There is no such choice: “%(value)s”.")}

    def __init__(self, *, facet: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.facet = facet

    def offer(self, chosen: Collection[str]) -> list[str]:
        """Offer what there is now, and return those of the values chosen that are gone: they can be left."""
        known = documents.choices[self.facet].every()
        gone = [value for value in chosen if value not in known]
        label = _("%(value)s (no longer there)")
        self.choices = [*known.items(), *((value, label % {"value": value}) for value in gone)]
        return gone

    def validate(self, value: list[str]) -> None:
        """Check that each value is known, and that there are not too many."""
        if len(value) > MOST_VALUES:
            raise ValidationError(
                _("At most %(limit)s values of one filter, please."), params={"limit": MOST_VALUES}
            )
        super().validate(value)


class ValuesField(models.JSONField):
    """Values of a filter, stored as a JSON list of slugs; `search.documents` says what there is to choose."""

    def __init__(self, *args: Any, facet: str = "", **kwargs: Any) -> None:
        self.facet = facet
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return ValuesFormField(
            facet=self.facet,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )
