"""An address of the web, in a model and in a form: http and https, nothing that a browser would run."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db import models

LONGEST = 500
"""Characters of an address."""

of_the_web = URLValidator(schemes=["http", "https"])


class WebAddressField(models.URLField):
    """An address that begins with http or https; without either, https is meant."""

    default_validators = [of_the_web]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST} | kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"assume_scheme": "https"} | kwargs)
