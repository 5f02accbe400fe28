"""What the checks before publication say of a form as it is filled in, each with the way to its field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    """Return all findings in a page's form; none while it cannot even be saved as a draft: that says why."""
    try:
        form.defer_required_fields()
        if not form.is_valid():
            return []
    except MultiValueDictKeyError:  # no editor has sent this: whole fields are missing
        return []
    page = form.save(commit=False)
    return [
        Listed(finding, _label(form, finding), _path(page, finding)) for finding in preflight.findings(page)
    ]


def _label(form: Any, finding: Finding) -> str:
    if finding.field in form.fields:
        label = str(form.fields[finding.field].label)
    elif finding.field in form.formsets:
        label = str(form.formsets[finding.field].model._meta.verbose_name_plural)
    else:
        label = finding.field
    return capfirst(label) if finding.block is None else f"{capfirst(label)} {finding.block + 1}"


def _path(page: Any, finding: Finding) -> str:
    if finding.block is None:
        return finding.field
    return f"{finding.field}.{getattr(page, finding.field)[finding.block].id or ''}"
