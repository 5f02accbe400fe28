"""The form behind the procedure editor."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.forms import PortalPageForm


class ProcedurePageForm(PortalPageForm):
    """Keeps a code on one page. The title is made of the name, so it is not asked for."""

    def clean_code(self) -> Any:
        code = self.cleaned_data["code"]
        twins = type(self.instance).objects.filter(code=code).exclude(pk=self.instance.pk)
        if twin := twins.first():
            raise ValidationError(
                _("Another page has this code already: %(title)s"),
                params={"title": twin.get_admin_display_title()},
            )
        return code
