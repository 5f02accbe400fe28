"""What the checks before publication say of a form as it is filled in, each with the way to its field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.text import capfirst

from home import preflight

if TYPE_CHECKING:
    from home.preflight import Finding


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding, what its field is called, and where that is: Wagtail's "content path"."""

    finding: Finding
    label: str
    path: str


def listed(form: Any) -> list[Listed]:
    """Return all findings in a page's form; what cannot even be saved as a draft comes first."""
    try:
        form.defer_required_fields()
        refused = [] if form.is_valid() else _refused(form)
    except MultiValueDictKeyError:  # no editor has sent this: whole fields are missing
        return []
    page = _as_far_as_read(form) if refused else form.save(commit=False)
    said = {finding.field for finding in refused}
    found = [finding for finding in preflight.findings(page) if finding.field not in said]
    return [Listed(finding, _label(form, finding), _path(page, finding)) for finding in refused + found]


def _refused(form: Any) -> list[Finding]:
    """Return what keeps a form from being saved at all, by its field or its list of rows."""
    errors = {name: list(of_field) for name, of_field in form.errors.items()}
    for name, formset in form.formsets.items():
        of_rows = [error for row in formset.errors for of_field in row.values() for error in of_field]
        errors[name] = [*formset.non_form_errors(), *of_rows]
    return [
        preflight.Finding(
            "" if name == NON_FIELD_ERRORS else name, " ".join(map(str, sentences)), blocks=True
        )
        for name, sentences in errors.items()
        if sentences
    ]


def _as_far_as_read(form: Any) -> Any:
    """Return the page of a form that is not valid, with what could be read of it."""
    form._save_m2m()  # as `save()` would; the relations of a page are kept in memory
    for formset in form.formsets.values():
        if formset.is_valid():
            formset.save(commit=False)
    return form.instance


def _label(form: Any, finding: Finding) -> str:
    if finding.field in form.fields:
        label = str(form.fields[finding.field].label)
    elif finding.field in form.formsets:
        label = str(form.formsets[finding.field].model._meta.verbose_name_plural)
    else:
        label = finding.field or str(form.instance._meta.verbose_name)
    return capfirst(label) if finding.block is None else f"{capfirst(label)} {finding.block + 1}"


def _path(page: Any, finding: Finding) -> str:
    if finding.block is None:
        return finding.field
    return f"{finding.field}.{getattr(page, finding.field)[finding.block].id or ''}"
