"""The choice of a case and a channel, as the address of a checklist has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from procedures.presentation import ShownProcedure


class ChoiceForm(forms.Form):
    """Cases that a procedure has, several if need be, and one channel or all.

    The source does not say which cases exclude each other, and some are additions ("by proxy"): a person
    chooses all that apply. Nothing has to be chosen where everyone brings papers.
    """

    case = forms.TypedMultipleChoiceField(
        coerce=int, required=False, error_messages={"invalid_choice": _("This procedure has no such case.")}
    )
    channel = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": _("This procedure cannot be handed in that way.")},
    )

    def __init__(self, data: Any, shown: ShownProcedure) -> None:
        super().__init__(data)
        numbers = {case.number for case in shown.dossier} | {case.number for case in shown.situations}
        self.fields["case"].choices = [(str(number), "") for number in sorted(numbers)]  # type: ignore[attr-defined]
        self.fields["channel"].choices = shown.kinds  # type: ignore[attr-defined]
        self.asks = bool(shown.situations) and not any(case.papers for case in shown.dossier if case.common)

    def clean_case(self) -> list[int]:
        """Refuse no case where every paper is that of a case."""
        numbers: list[int] = self.cleaned_data["case"]
        if self.asks and not numbers:
            raise forms.ValidationError(_("Choose your case."))
        return numbers

    @property
    def numbers(self) -> set[int]:
        """Return the cases that are chosen, so far as there are any of that number."""
        known = {value for value, _label in self.fields["case"].choices}  # type: ignore[attr-defined]
        return {int(value) for value in self["case"].value() or () if value in known}

    @property
    def sentences(self) -> Iterator[tuple[str, str]]:
        """Yield each field that is not right and what is wrong with it."""
        return ((name, str(said)) for name, errors in self.errors.items() for said in errors)
