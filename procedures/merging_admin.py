"""Merging in the admin: rows of the catalogue are ticked in their list, and a person says which is kept."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from procedures import merging
from procedures.models import Agency, LifeEvent, Sector


class MergeForm(forms.Form):
    """Asks which row is kept."""

    def __init__(self, *args: Any, rows: Sequence[merging.Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["kept"] = forms.TypedChoiceField(
            label=_("Which one is kept?"),
            choices=[(row.pk, described(row)) for row in rows],
            coerce=lambda pk: next(row for row in rows if row.pk == int(pk)),
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose the one that is kept.")},
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if kept := cleaned.get("kept"):
            reason = merging.refusal(kept, [row for row in self.rows if row != kept])
            if reason:
                raise forms.ValidationError(reason)
        return cleaned


@hooks.register("register_bulk_action")
class MergeBulkAction(SnippetBulkAction):
    """Merges the ticked rows into one of them."""

    models: ClassVar[list[Any]] = [Sector, Agency, LifeEvent]
    display_name = gettext_lazy("Merge")
    action_type = "merge"
    aria_label = gettext_lazy("Merge the chosen rows into one")
    template_name = "procedures/admin/confirm_merge.html"
    action_priority = 20
    form_class = MergeForm

    def check_perm(self, row: Any) -> bool:
        """Let those merge who may change the rows."""
        return bool(self.permission_policy.user_has_permission_for_instance(self.request.user, "change", row))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rows": self.get_actionable_objects()[0]}

    def get_execution_context(self) -> dict[str, Any]:
        return super().get_execution_context() | {
            "kept": self.cleaned_form.cleaned_data["kept"],
            "user": self.request.user,
        }

    @classmethod
    def execute_action(
        cls, objects: Sequence[Any], *, kept: Any = None, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Merge the others into the one that is kept."""
        others = [row for row in objects if row != kept]
        merging.merge(kept, others, user)
        return len(others), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say what was done."""
        return ngettext(
            "%(number)d row was merged into “%(kept)s”. The search knows it within a minute.",
            "%(number)d rows were merged into “%(kept)s”. The search knows it within a minute.",
            num_parent_objects,
        ) % {"number": num_parent_objects, "kept": self.cleaned_form.cleaned_data["kept"]}


class MergeLogFormatter(LogFormatter):
    """How a merge reads in the history of the row that was kept."""

    label = gettext_lazy("Merge")

    def format_message(self, log_entry: Any) -> str:
        names = ", ".join(f"“{name}”" for name in log_entry.data.get("names", ()))
        return _("Merged into this one: %(names)s") % {"names": names}


@hooks.register("register_log_actions")
def register_action(actions: Any) -> None:
    """Have merges in the history of rows, and in the report of all."""
    actions.register_action(merging.ACTION)(MergeLogFormatter)


def described(row: merging.Row) -> str:
    """Return the name of a row with its slug and what names it."""
    parts = [row.slug, _procedures(row.procedure_links.values("procedure").distinct().count())]
    if isinstance(row, Agency):
        issued = row.issued_procedures.count()
        decisions = row.decisions.count()
        if issued:
            parts.append(
                ngettext("publishes %(number)d", "publishes %(number)d", issued) % {"number": issued}
            )
        if decisions:
            said = ngettext("%(number)d decision", "%(number)d decisions", decisions)
            parts.append(said % {"number": decisions})
    return f"{capfirst(row.name)} ({', '.join(parts)})"


def _procedures(number: int) -> str:
    return ngettext("%(number)d procedure", "%(number)d procedures", number) % {"number": number}
