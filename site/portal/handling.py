"""How requests are taken in where Django or Wagtail would fail at what a client made up."""

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.paginator import InvalidPage
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.http import parse_header_parameters

from home.views import not_found
from portal.middleware import SAFE_METHODS


class Request(WSGIRequest):
    """A request in UTF-8, whatever charset its client claims, and without cookies that no page of ours sets.

    Django takes any codec of Python's, also those that are none for text ("hex"): it then fails before the
    first middleware, and the server answers in our place. A NUL in the key of a session fails in PostgreSQL.
    """

    @cached_property
    def COOKIES(self) -> dict[str, str]:  # type: ignore[override]
        """Return the cookies that can be ours."""
        return {name: value for name, value in super().COOKIES.items() if "\0" not in value}

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Handler(WSGIHandler):
    """Django's, with requests of our own."""

    request_class = Request


class NonsenseMiddleware:
    """Answers 404 where a view has failed at an address that nothing of ours ever has.

    Wagtail's admin reads `?p=` unchecked for the pages of a workflow, and hands filters with a NUL to
    PostgreSQL, which takes none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page "not found" for such an address; any other failure is none of ours."""
        at_nonsense = isinstance(exception, ValueError | DataError) and _is_nonsense(request)
        if request.method in SAFE_METHODS and (at_nonsense or isinstance(exception, InvalidPage)):
            return not_found(request, exception)
        return None


def _is_nonsense(request: HttpRequest) -> bool:
    """Tell whether the query has a page number that is none, or a NUL anywhere."""
    number = request.GET.get("p", "1")
    return not (number.isdecimal() and len(number) < 20) or "%00" in request.META.get("QUERY_STRING", "")
