"""Who opens a page: a reader, or a program, an editor, a browser that only fetches ahead."""

import re
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from home.networks import network

BROWSERS: Final = ("Mozilla/", "Opera/")
"""What every browser's name begins with; most programs say what they are."""
PROGRAMS: Final = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|archive|scan|monitor|preview|headless|lighthouse|validator|fetch|feed"
    r"|facebookexternalhit|curl|wget|python|java/|ruby|perl|php|go-http|okhttp|httpclient|libwww|phantom",
    re.IGNORECASE,
)
"""Words of programs that call themselves browsers. A Cubot is a telephone."""
AHEAD: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
"""Headers with which a browser says that nobody looks at the page yet."""
_AHEAD = re.compile("prefetch|prerender|preview", re.IGNORECASE)


def is_reader(request: HttpRequest) -> bool:
    """Tell whether a person who is no editor opens what a request asks for.

    Only editors have a session, so its cookie tells them; to look into it would make every answer theirs.
    """
    name = request.headers.get("User-Agent", "")
    return (
        request.method == "GET"
        and name.startswith(BROWSERS)
        and not PROGRAMS.search(name)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
        and not any(_AHEAD.search(request.headers.get(header, "")) for header in AHEAD)
    )


def trace(request: HttpRequest) -> str:
    """Return what two readers rarely have in common: only to be hashed at once, never to be kept."""
    return f"{network(request)} {request.headers.get('User-Agent', '')}"
