"""Model fields that keep text clean: what is stored has passed the one normaliser."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from home.text import normalise


class NormalisedMixin:
    """Normalises on assignment from a form and once more before it is stored."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)  # type: ignore[misc]
        return normalise(value) if isinstance(value, str) else value

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = super().pre_save(instance, add)  # type: ignore[misc]
        if isinstance(value, str):
            value = normalise(value)
            setattr(instance, self.attname, value)  # type: ignore[attr-defined]
        return value


class NormalCharField(NormalisedMixin, models.CharField):
    """A line of clean text."""


class NormalTextField(NormalisedMixin, models.TextField):
    """Plain text with line breaks, clean."""


class ChoiceSetField(models.JSONField):
    """A set out of few fixed choices, stored as a sorted JSON list: `["fees", "forms"]`.

    The choices stay out of the migrations: a new label changes no column.
    """

    def __init__(self, *args: Any, choice_set: Any = (), **kwargs: Any) -> None:
        self.choice_set = choice_set
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = {key for key, _label in self.choice_set}
        if unknown := [item for item in value if item not in known]:
            raise ValidationError(
                _("Not one of the choices: %(values)s"),
                code="invalid_choice",
                params={"values": ", ".join(map(str, unknown))},
            )

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(sorted(value) if value else [])

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.choice_set,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
