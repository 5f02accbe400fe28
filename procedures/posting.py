"""The sheet for the wall of the one-stop desk (niêm yết), as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse

if TYPE_CHECKING:
    from procedures.models import ProcedurePage


def serve(request: HttpRequest, page: ProcedurePage) -> HttpResponse:
    """Answer a request for it."""
    raise Http404
