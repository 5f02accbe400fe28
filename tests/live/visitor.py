"""A web process or a worker, as far as visits go: `-m tests.live.visitor read THREADS PAGES`, or `keep`."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import django

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"


def read(threads: int, pages: int) -> None:
    """Open pages, each thread as one reader; say how many a second."""
    from django.http import HttpRequest, HttpResponse
    from django.test import RequestFactory

    from home.furniture.counting import VisitsMiddleware
    from home.models import ProvinceSettings

    def page(request: HttpRequest) -> HttpResponse:
        shown = SimpleNamespace(show_visits=True)
        setattr(request, ProvinceSettings.get_cache_attr_name(), shown)
        return HttpResponse("<p>")

    middleware = VisitsMiddleware(page)

    def reader(number: int) -> None:
        for _ in range(pages):
            address = f"192.0.2.{number}"
            middleware(RequestFactory(REMOTE_ADDR=address, headers={"User-Agent": FIREFOX}).get("/"))

    began = time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(reader, range(threads)))
    sys.stdout.write(str(threads * pages / (time.monotonic() - began)))


def keep() -> None:
    """Bring the counts into the database, again and again, until somebody ends it."""
    from home.furniture import visits

    visits.keep()
    sys.stdout.write("keeping\n")
    sys.stdout.flush()
    while True:
        visits.keep()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    if sys.argv[1] == "keep":
        keep()
    else:
        read(int(sys.argv[2]), int(sys.argv[3]))
