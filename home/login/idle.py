"""Sessions of the admin end when nobody has done anything for a while; a warning comes before.

What a browser asks by itself (who else edits this page, how long is left) is no sign of a person. Reading
keeps no session alive, typing does: the script of the page says so once a minute.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail import hooks

SEEN: Final = "seen"
"""Key in the session: when a person was last seen, in seconds of the clock."""
BY_ITSELF: Final = frozenset({"ping", "release"})
"""Views that the browser asks for without its person: who else edits this page."""


class IdleMiddleware:
    """Ends a session in which nobody was seen for long; only below /admin/, readers never meet it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(reverse("wagtailadmin_home")) and request.user.is_authenticated:
            if left(request) <= 0:
                logout(request)
            elif not _is_by_itself(request):
                see(request)
        return self.get_response(request)


def coarse() -> float:
    """Return the seconds for which the time is not written anew: a session is not saved with each request."""
    return min(30.0, float(settings.IDLE_SECONDS) / 4)


def left(request: HttpRequest) -> float:
    """Return the seconds that a session has left."""
    now = time.time()
    return float(request.session.get(SEEN, now)) + settings.IDLE_SECONDS + coarse() - now


def see(request: HttpRequest) -> None:
    """Note that a person is there."""
    now = time.time()
    if now - float(request.session.get(SEEN, 0)) > coarse():
        request.session[SEEN] = now


def _is_by_itself(request: HttpRequest) -> bool:
    name = resolve(request.path_info).url_name
    return name in BY_ITSELF or (name == "session_state" and request.method != "POST")


@never_cache
def state(request: HttpRequest) -> HttpResponse:
    """Say how long a session has left; a POST keeps it. Where there is none: 401.

    The token is for the forms of a page whose session ended and began anew: it changes with each login.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"login": reverse("wagtailadmin_login")}, status=401)
    user = request.user.get_username()
    return JsonResponse({"left": round(left(request)), "user": user, "token": get_token(request)})


@hooks.register("insert_global_admin_js")
def script() -> SafeString:
    """Have each page of the admin watch its session."""
    words: dict[str, Any] = {
        "state": reverse("session_state"),
        "login": reverse("wagtailadmin_login"),
        "warning": settings.IDLE_WARNING_SECONDS,
        "title": _("Are you still there?"),
        "text": _("You will be logged out in two minutes. What you have written stays."),
        "stay": _("Stay logged in"),
        "ended": _("You have been logged out"),
        "kept": _(
            "What you have written is still on this page. Log in again in a new tab, then come back here."
        ),
        "again": _("Log in again"),
        "other": _("Another person is logged in now: copy what you have written before you leave this page."),
    }
    data = flatatt({f"data-{name}": word for name, word in words.items()})
    return format_html('<script src="{}" id="session-watch"{}></script>', static("admin/idle.js"), data)
