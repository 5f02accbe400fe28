"""Addresses that filter by a merged row lead to the one that was kept: lists, search and data."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.utils.deprecation import MiddlewareMixin

from procedures.models import MergedAgency, MergedLifeEvent, MergedSector

FILTERS: dict[str, type[MergedSector] | type[MergedAgency] | type[MergedLifeEvent]] = {
    "sector": MergedSector,
    "agency": MergedAgency,
    "issuer": MergedAgency,
    "event": MergedLifeEvent,
}
_SLUG = re.compile(r"[-\w]{1,100}")


class MergedAddressMiddleware(MiddlewareMixin):
    """Looks only where an address was refused: what is known costs nothing."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Redirect for good where a value of a filter was merged into another."""
        if response.status_code != HTTPStatus.BAD_REQUEST or request.method not in {"GET", "HEAD"}:
            return response
        query = request.GET.copy()
        for name, model in FILTERS.items():
            if values := query.getlist(name):
                query.setlist(name, _current(model, values))
        return response if query == request.GET else HttpResponsePermanentRedirect(_address(request, query))


def _current(
    model: type[MergedSector] | type[MergedAgency] | type[MergedLifeEvent], values: list[str]
) -> list[str]:
    """Return the values with those replaced that were merged; a living row that has a slug comes first."""
    slugs = [value for value in values if _SLUG.fullmatch(value)]
    kept = dict(model._default_manager.filter(slug__in=slugs).values_list("slug", "into__slug"))
    rows = model._meta.get_field("into").related_model._default_manager
    living = set(rows.filter(slug__in=kept).values_list("slug", flat=True)) if kept else set()
    return list(dict.fromkeys(value if value in living else kept.get(value, value) for value in values))


def _address(request: HttpRequest, query: QueryDict) -> str:
    return f"{request.path}?{query.urlencode()}"
