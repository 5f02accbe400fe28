"""Counts each public page that a reader opens, where the home page says that it is counted."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from home.furniture.readers import is_reader, trace
from home.furniture.visits import visits
from home.models import ProvinceSettings


class VisitsMiddleware:
    """Tells Redis of a page, after it was made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_visit(request, response):
            visits.count(trace(request))
        return response


def _is_visit(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether a page with our frame was opened: the frame has read the settings already."""
    shown = getattr(request, ProvinceSettings.get_cache_attr_name(), None)
    return (
        shown is not None
        and shown.show_visits
        and response.status_code == HTTPStatus.OK
        and response.get("Content-Type", "").startswith("text/html")
        and not request.path_info.startswith(reverse("wagtailadmin_home"))
        and is_reader(request)
    )
