"""The form behind a collection: what cannot be asked is an error at its field, what is gone is said there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from home.collections.fields import ValuesFormField
from home.collections.query import current
from home.forms import PortalPageForm
from home.text import folded_words

FIELDS = (
    *("types", "words", "levels", "sectors", "agencies", "audiences", "statuses", "online"),
    *("last_days", "since", "until", "order", "limit"),
)
"""The fields that a query is made of."""


class CollectionForm(PortalPageForm):
    """The form of a collection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ValuesFormField):
                self._offer(name, field)

    def _offer(self, name: str, field: ValuesFormField) -> None:
        """Fill in what is chosen as it is called now, and say what has changed since it was chosen."""
        stored = list(self.initial.get(name) or ())
        self.initial[name] = chosen = list(current(field.facet, stored))
        gone = field.offer(chosen)
        said = [field.help_text]
        if chosen != stored:
            was = ", ".join(value for value in stored if value not in chosen)
            said.append(
                _("Merged into others meanwhile, which are chosen now: %(values)s.") % {"values": was}
            )
        if gone:
            said.append(
                _("No longer there, so nothing is found by it: %(values)s.") % {"values": ", ".join(gone)}
            )
        field.help_text = format_html_join(" ", "{}", ((sentence,) for sentence in said if sentence))

    def clean_words(self) -> str:
        """Refuse words in which there is none."""
        words = " ".join(self.cleaned_data["words"].split())
        if words and not folded_words(words).strip():
            raise ValidationError(_("There is no word in it."))
        return words

    def clean(self) -> dict[str, Any]:
        """Refuse dates that exclude each other."""
        cleaned = super().clean()
        since, until, days = (cleaned.get(name) for name in ("since", "until", "last_days"))
        if since and until and until < since:
            self.add_error("until", _("This is before the first day."))
        if days and (since or until):
            self.add_error("last_days", _("Give either a number of days or fixed dates."))
        return cleaned

    def query_errors(self) -> list[tuple[str, str]]:
        """Return what is wrong with the query, as pairs of the name of a field and a sentence."""
        return [
            (str(self.fields[name].label), str(sentence))
            for name in FIELDS
            for sentence in self.errors.get(name, ())
        ]
