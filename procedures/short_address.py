"""The short address of a procedure: typed by people, held by small QR codes, not ended by a rename."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch

if TYPE_CHECKING:
    from procedures.models import ProcedurePage


def short_address(request: HttpRequest, page: ProcedurePage, below: str = "") -> str:
    """Return `/thu-tuc/1.001193/` in full, with what is below it; the long one for a code of another form."""
    parent = page.get_parent().specific
    try:
        path = parent.get_url(request) + parent.reverse_subpage("by_code", kwargs={"code": page.full_code})
    except NoReverseMatch:
        path = page.get_url(request)
    return request.build_absolute_uri(f"{path}{below}")
