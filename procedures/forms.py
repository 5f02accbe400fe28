"""The forms behind the editors of procedures and decisions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.forms import PortalPageForm
from home.preflight import Finding, reporting
from procedures.models.catalogue import Agency
from procedures.permissions import RESPONSIBLE, agencies_of
from procedures.phrasing_fields import FIELD, Lines, LinesField


class OfAnAgencyForm(PortalPageForm):
    """Lets people of an agency bring to the public only what is of one of their agencies."""

    agency_field = ""

    def responsible(self) -> set[int]:
        """Return the keys of the agencies whose page this would be."""
        raise NotImplementedError

    def check_before_publication(self) -> None:
        super().check_before_publication()
        own = agencies_of(self.for_user)
        if not own or self.for_user.is_superuser or own & self.responsible():
            return
        names = "; ".join(Agency.objects.filter(people__user=self.for_user).values_list("name", flat=True))
        sentence = _("Name an agency of your own here: %(names)s.") % {"names": names}
        reporting.report(self, [Finding(self.agency_field, sentence, blocks=True)])


class DecisionPageForm(OfAnAgencyForm):
    """A decision is its issuer's."""

    agency_field = "issuer"

    def responsible(self) -> set[int]:
        return {self.instance.issuer_id}


class ProcedurePageForm(OfAnAgencyForm):
    """Keeps a code with its suffix on one page, and does not offer levels that are abolished.

    What people say is no field of the page: `procedures.phrasing_admin` stores it.
    """

    phrasing_lines = LinesField()
    agency_field = "agency_links"

    def responsible(self) -> set[int]:
        links = self.instance.agency_links.all()
        return {link.agency_id for link in links if link.role in RESPONSIBLE}

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
