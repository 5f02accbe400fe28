"""The files of a search: `/tim-kiem/ket-qua.csv` and `.xlsx`, with the parameters of the page."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search import listed, whole
from search.parameters import SearchParameters, parse
from search.service import UNAVAILABLE, SearchUnavailable
from search.whole import Whole

AT_ONCE = 2
"""Files that a process makes at the same time: half of its threads, so pages are served as ever."""
RETRY_AFTER = "10"
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADERS = {"X-Robots-Tag": "noindex"}

slots = threading.BoundedSemaphore(AT_ONCE)


class Sent:
    """The texts of a file on their way; the slot is given back once, when all are sent or nobody reads on."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self.close = weakref.finalize(self, slots.release)  # Django calls it; and it runs if nobody does

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._texts)


@require_safe
def csv_file(request: HttpRequest) -> HttpResponseBase:
    """Answer with all results as CSV, sent while it is made."""
    return _answer(request, _csv)


@require_safe
def xlsx_file(request: HttpRequest) -> HttpResponseBase:
    """Answer with all results as a workbook."""
    return _answer(request, _xlsx)


def _answer(
    request: HttpRequest, make: Callable[[HttpRequest, SearchParameters], HttpResponseBase]
) -> HttpResponseBase:
    """Make the file, or say in words why there is none."""
    parsed = parse(request.GET)
    if parsed.errors:
        return no_file(request, [text for _field, text in parsed.sentences], 400)
    if not slots.acquire(blocking=False):
        sentence = _("Many people are fetching files at the moment. Please try again in a few seconds.")
        return no_file(request, [sentence], 503)
    try:
        return make(request, parsed.parameters.with_page(1))
    except SearchUnavailable:
        slots.release()
        return no_file(request, [str(UNAVAILABLE)], 503)
    except BaseException:
        slots.release()
        raise


def _csv(request: HttpRequest, parameters: SearchParameters) -> HttpResponseBase:
    found = whole.find(parameters)
    headers = HEADERS | {"Content-Disposition": content_disposition_header(True, _name(found, "csv")) or ""}
    texts = listed.csv_texts(found, request.build_absolute_uri)
    return StreamingHttpResponse(Sent(texts), content_type=CSV, headers=headers)


def _xlsx(request: HttpRequest, parameters: SearchParameters) -> HttpResponseBase:
    found = whole.find(parameters)
    source = request.build_absolute_uri(f"{reverse('search')}?{parameters.query_string()}")
    file = listed.workbook(found, request.build_absolute_uri, source)
    slots.release()  # it is made: how long it is sent takes nothing from others
    name = _name(found, "xlsx")
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX, headers=HEADERS)


def _name(found: Whole, ending: str) -> str:
    """Return what a file is called; one that may lack results says so, as its columns cannot."""
    name = _("search-results")
    shortfall = "" if found.complete else f"-{_('incomplete')}"
    return f"{name}-{timezone.localdate().isoformat()}{shortfall}.{ending}"


def no_file(request: HttpRequest, sentences: list[str], status: int) -> HttpResponse:
    """Say why there is no file, and lead back to the page of results."""
    back = f"{reverse('search')}?{request.GET.urlencode()}"
    response = render(request, "search/no_file.html", {"sentences": sentences, "back": back}, status=status)
    if status == 503:
        response["Retry-After"] = RETRY_AFTER
    return response
