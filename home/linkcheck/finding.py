"""The addresses outside that pages link to: in their fields of addresses, and in their texts."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urldefrag, urlsplit

from django.db import models, transaction
from wagtail.fields import RichTextField, StreamField
from wagtail.models import get_page_models

from home.documents import stored
from home.models import OutsideLink, PortalPage

HREF: Final = re.compile(r"""href=["'](https?://[^"'\s<>]+)""")
LONGEST: Final = 1000
AT_ONCE: Final = 500


def links_of(page: PortalPage) -> Iterator[tuple[str, int | None, str]]:
    """Yield field, place of the block (counted from 0) and address of each link of a page as it stands."""
    for field, number, value in values_of(page):
        yield from ((field, number, url) for url in _in_value(value))


def values_of(page: PortalPage) -> Iterator[tuple[str, int | None, Any]]:
    """Yield field, place of the block and what is stored there of all that can hold links."""
    for field in _fields(type(page)):
        value = getattr(page, field.name)
        if isinstance(field, StreamField):
            yield from ((field.name, number, block) for number, block in enumerate(value.get_prep_value()))
        else:
            yield field.name, None, value


def collect() -> int:
    """Write which public pages link to what; forget what none links to. Return the number of addresses."""
    found: dict[str, set[int]] = defaultdict(set)
    for model in get_page_models():
        if issubclass(model, PortalPage):
            for pk, url in _of_model(model):
                found[url].add(pk)
    with transaction.atomic():
        gone = [pk for pk, url in OutsideLink.objects.values_list("pk", "url") if url not in found]
        _delete(OutsideLink, gone)
        known = dict(OutsideLink.objects.values_list("url", "pk"))
        new = [OutsideLink(url=url, host=urlsplit(url).hostname or "") for url in found if url not in known]
        OutsideLink.objects.bulk_create(new, batch_size=AT_ONCE)
        _join(found)
    return len(found)


def _delete(model: Any, gone: list[int]) -> None:
    for start in range(0, len(gone), AT_ONCE):
        model.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()


def _join(found: dict[str, set[int]]) -> None:
    """Let each address know its pages, and write only what is new."""
    through = OutsideLink.pages.through
    keys = dict(OutsideLink.objects.values_list("url", "pk"))
    wanted = {(keys[url], page) for url, pages in found.items() for page in pages}
    have = {
        (link, page): pk for pk, link, page in through.objects.values_list("pk", "outsidelink_id", "page_id")
    }
    _delete(through, [pk for pair, pk in have.items() if pair not in wanted])
    rows = [through(outsidelink_id=link, page_id=page) for link, page in wanted if (link, page) not in have]
    through.objects.bulk_create(rows, batch_size=AT_ONCE)


def _of_model(model: type[PortalPage]) -> Iterator[tuple[int, str]]:
    fields = _fields(model)
    columns = [stored(field.name) if isinstance(field, StreamField) else field.name for field in fields]
    names = {f"value_{number}": column for number, column in enumerate(columns)}
    visible = model.objects.visible().annotate(
        **{n: models.F(c) if isinstance(c, str) else c for n, c in names.items()}
    )
    for pk, *values in visible.values_list("pk", *names).iterator(chunk_size=AT_ONCE):
        for field, value in zip(fields, values, strict=True):
            stored_value = json.loads(value or "[]") if isinstance(field, StreamField) else value
            yield from ((pk, url) for url in _in_value(stored_value))


def _fields(model: type[PortalPage]) -> list[Any]:
    kinds = (models.URLField, RichTextField, StreamField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds)]


def _in_value(value: Any) -> Iterator[str]:
    """Yield the addresses in what a field stores: an address, a rich text, or blocks of these."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _in_value(item)
    elif isinstance(value, str) and value.startswith(("http://", "https://")):
        yield from (_clean(value),) if len(value) <= LONGEST else ()
    elif isinstance(value, str):
        yield from (_clean(url) for url in HREF.findall(value))


def _clean(url: str) -> str:
    """Return an address as it is asked for: without the place on the page."""
    return urldefrag(url.replace("&amp;", "&"))[0][:LONGEST]
