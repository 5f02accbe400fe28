"""The sheet for the wall of the one-stop desk (niêm yết), as a PDF."""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import UTC, datetime, time
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import fontpkg
import typst
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.text import slugify

from home.models import ProvinceSettings
from home.views import unavailable
from procedures.posting_data import contents
from procedures.presentation import present
from procedures.short_address import short_address

if TYPE_CHECKING:
    from procedures.models import ProcedurePage

SOURCE: Final = Path(__file__).parent / "sheets" / "posting.typ"
PLACES: Final = 3
"""Readers of a process that get or wait for a sheet: of its four threads one is left for other pages."""

_places = threading.BoundedSemaphore(PLACES)
_turn = threading.Lock()


def serve(request: HttpRequest, page: ProcedurePage) -> HttpResponse:
    """Answer with the sheet, always in Vietnamese; 404 where not everyone may see the page.

    A process makes one at a time, and tells who comes when all places are taken to come again. None is
    kept: the median takes 25 ms, the longest a quarter of a second; the tag is known before one is made.
    """
    if not type(page).objects.visible().filter(pk=page.pk).exists():
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        said = _said(request, page)
    tag = f'"{_hash(said)}"'
    if (known := get_conditional_response(request, etag=tag)) is not None and known.status_code != 200:
        return _marked(known, tag)
    try:
        pdf = sheet(said)
    except TimeoutError:
        return unavailable(request)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = slugify(page.full_code.replace(".", "-")) or page.slug
    response["Content-Disposition"] = f'inline; filename="niem-yet-{name}.pdf"'
    return _marked(response, tag)


def sheet(said: dict[str, Any]) -> bytes:
    """Return the PDF of what a sheet says (see `contents`): the same bytes for the same words.

    One that a screen reader can read (PDF/UA-1), if our fonts have all its signs; else a PDF with tags.
    Raises TimeoutError where too many wait already.
    """
    inputs = {"data": json.dumps(said, ensure_ascii=False)}
    made = datetime.combine(datetime.fromisoformat(said["made"]), time(), UTC) if said["made"] else 0
    if not _places.acquire(blocking=False):
        raise TimeoutError
    try:
        with _turn:
            return _compiled(sys_inputs=inputs, timestamp=made)
    finally:
        _places.release()


def _compiled(**options: Any) -> bytes:
    try:
        return cast(bytes, _compiler().compile(pdf_standards="ua-1", **options))
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
    return cast(bytes, _compiler().compile(**options))


@cache
def _compiler() -> typst.Compiler:
    """Return what makes sheets: our fonts and no others, so that one looks the same wherever it is made."""
    folder = fontpkg.path("Noto Sans").parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    return typst.Compiler(SOURCE, root=SOURCE.parent, font_paths=fonts, ignore_system_fonts=True)


@cache
def _made_by() -> bytes:
    return SOURCE.read_bytes() + version("typst").encode()


def _hash(said: dict[str, Any]) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False).encode()
    return f"{said['version']}-{hashlib.sha256(_made_by() + text).hexdigest()[:16]}"


def _said(request: HttpRequest, page: ProcedurePage) -> dict[str, Any]:
    office = ProvinceSettings.for_request(request)
    return contents(present(page), office, short_address(request, page))


def _marked(response: HttpResponse, tag: str) -> HttpResponse:
    """Let it be kept and asked for anew, and leave it out of search engines: they have the page."""
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response
