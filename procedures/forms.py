"""The form behind the procedure editor."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.forms import PortalPageForm


class ProcedurePageForm(PortalPageForm):
    """Keeps a code with its suffix on one page, and does not offer levels that are abolished."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = self.fields["levels"]
        had = [level.pk for level in self.instance.levels.all()] if self.instance.pk else []
        levels.queryset = levels.queryset.filter(Q(historic=False) | Q(pk__in=had))

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
