"""The form field for what people say: one line each, in a textarea that knows what it showed at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from home.text import normalise

FIELD = "phrasing_lines"
MOST_LINES = 60
MOST_CHARACTERS = 200
NAMED = 3
"""How many lines that are too long the error names."""


@dataclass(frozen=True)
class Lines:
    """What a textarea showed at first and what it says now.

    Only the difference is stored, so that nobody takes out what somebody else has added meanwhile.
    """

    shown: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()


def clean(line: str) -> str:
    """Return a line as it is stored."""
    return " ".join(normalise(line).split())


def split(text: str | None) -> tuple[str, ...]:
    """Return the lines of a text, clean, each once whatever its capitals; empty ones are nothing."""
    found: dict[str, str] = {}
    for line in map(clean, (text or "").splitlines()):
        found.setdefault(line.casefold(), line)
    found.pop("", None)
    return tuple(found.values())


class LinesWidget(forms.MultiWidget):
    """The textarea, and hidden beside it what it showed at first."""

    use_fieldset = False

    def __init__(self, attrs: Any = None) -> None:
        super().__init__([AdminAutoHeightTextInput(attrs={"rows": 8}), forms.HiddenInput], attrs)

    def decompress(self, value: Lines | None) -> list[str]:
        """Return the texts of both."""
        value = value or Lines()
        return ["\n".join(value.wanted), "\n".join(value.shown)]

    def id_for_label(self, id_: str) -> str:
        """Return the textarea: the label is its label."""
        return f"{id_}_0"


class LinesField(forms.MultiValueField):
    """Gives `Lines`. A form that was sent without it changes nothing."""

    widget = LinesWidget

    def __init__(self, **kwargs: Any) -> None:
        texts = [forms.CharField(strip=False, required=False) for _name in ("wanted", "shown")]
        options = {
            "label": gettext_lazy("What people usually ask"),
            "help_text": gettext_lazy(
                "One wish a line, as people say it. The search finds the procedure by it within a minute; no"
                " new version of the page is needed."
            ),
        }
        super().__init__(texts, required=False, require_all_fields=False, **options | kwargs)

    def compress(self, data_list: list[str]) -> Lines:
        """Return what both texts say; complain of lines that are too long, and of too many."""
        text, shown = data_list or ("", "")
        _refuse_long(text)
        wanted = split(text)
        if len(wanted) > MOST_LINES:
            sentence = _("These are %(number)d lines; %(most)d are the most.")
            raise ValidationError(sentence % {"number": len(wanted), "most": MOST_LINES})
        return Lines(split(shown), wanted)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other lines are wanted, not whether line ends are written otherwise."""
        text = data[0] if data else None
        return text is not None and split(text) != (initial or Lines()).wanted


def _refuse_long(text: str) -> None:
    lengths = ((place, len(clean(line))) for place, line in enumerate(text.splitlines(), 1))
    too_long = [(place, length) for place, length in lengths if length > MOST_CHARACTERS]
    sentence = _("Line %(place)d has %(length)d characters; %(most)d are the most.")
    if too_long:
        raise ValidationError(
            [
                ValidationError(sentence % {"place": place, "length": length, "most": MOST_CHARACTERS})
                for place, length in too_long[:NAMED]
            ]
        )


class PhrasingsForm(forms.Form):
    """The lines alone."""

    phrasing_lines = LinesField()

    @property
    def lines(self) -> Lines:
        """Return what a valid form says."""
        return self.cleaned_data[FIELD]
