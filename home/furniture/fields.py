"""An address of the web, in a model and in a form: http and https, nothing that a browser would run."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 500
"""Characters of an address."""

of_the_web = URLValidator(schemes=["http", "https"])


def validate_no_password(address: str) -> None:
    """Refuse an address with a name or a password in it: every reader would see both."""
    if "@" in urlsplit(address).netloc:
        raise ValidationError(_("Write the address without a name and a password in it."))


class WebAddressField(models.URLField):
    """An address that begins with http or https; without either, https is meant."""

    default_validators = [of_the_web, validate_no_password]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST} | kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"assume_scheme": "https"} | kwargs)
