"""The form behind the procedure editor."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.forms import PortalPageForm
from procedures.phrasing_fields import FIELD, Lines, LinesField


class ProcedurePageForm(PortalPageForm):
    """Keeps a code with its suffix on one page, and does not offer levels that are abolished.

    What people say is no field of the page: `procedures.phrasing_admin` stores it.
    """

    phrasing_lines = LinesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = self.fields["levels"]
        had = [level.pk for level in self.instance.levels.all()] if self.instance.pk else []
        levels.queryset = levels.queryset.filter(Q(historic=False) | Q(pk__in=had))
        if self.instance.pk:
            said = tuple(self.instance.phrasings.filter(enabled=True).values_list("text", flat=True))
            self.initial[FIELD] = Lines(said, said)

    def clean(self) -> Any:
        """Name the page that has the code already, if there is one."""
        cleaned = super().clean()
        code, suffix = cleaned.get("code"), cleaned.get("code_suffix", "")
        twins = type(self.instance).objects.filter(code=code, code_suffix=suffix).exclude(pk=self.instance.pk)
        if code and (twin := twins.first()):
            sentence = _("Another page has this code already: %(title)s")
            self.add_error(
                "code", ValidationError(sentence, params={"title": twin.get_admin_display_title()})
            )
        return cleaned

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell a form that stays open after a save which lines are stored by now."""
        shown = "\n".join(self.cleaned_data[FIELD].wanted)
        return [*super().get_field_updates_for_resave(), (f"{self.add_prefix(FIELD)}_1", shown)]
