"""What holds for every answer: the browser's policy, a transaction for each writing, no silent keeping."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_cache_control

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class PolicyMiddleware(CSPMiddleware):
    """Tells browsers what a page may do: a public one very little, the editors' side what Wagtail needs."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the policy of the side that a request is on."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(reverse("wagtailadmin_home")):
            parts.config = parts.config or settings.EDITORS_POLICY
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the policy, and what no page of ours asks the device for."""
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return super().process_response(request, response)


class RevalidatedMiddleware:
    """Lets nobody use an answer again without asking, unless its view says so: privacy shows at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_cache=True)
        return response


class _Rollback(Exception):
    """Carries a failed response out of the transaction, which it ends."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


class AtomicWritesMiddleware:
    """An unsafe request commits as a whole or not at all; a safe one takes no lock.

    Django's ATOMIC_REQUESTS would do so for reading too, and on SQLite each reader would then
    wait for the writers. Wagtail's actions save, move and log in several steps: here they are
    one, and so is the outbox row of the search with the change that it is about. A view that
    writes nothing says so by Django's `transaction.non_atomic_requests`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS or _without_transaction(request):
            return self.get_response(request)
        try:
            with transaction.atomic():
                response = self.get_response(request)
                if response.status_code >= 500:
                    raise _Rollback(response)
                return response
        except _Rollback as failed:
            return failed.response


def _without_transaction(request: HttpRequest) -> bool:
    """Tell whether the view of a request wants no transaction."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return bool(getattr(view, "_non_atomic_requests", None))
