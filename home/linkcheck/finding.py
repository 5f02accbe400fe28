"""The addresses outside that pages link to: in their fields of addresses, and in their texts."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    for field in _fields(type(page)):
        value = getattr(page, field.name)
        if isinstance(field, StreamField):
            for number, block in enumerate(value.get_prep_value()):
                yield from ((field.name, number, url) for url in _in_text(block))
        else:
            yield from ((field.name, None, url) for url in _in_field(value))


def collect() -> int:
    """Write which public pages link to what; forget what none links to. Return the number of addresses."""
    found: dict[str, set[int]] = defaultdict(set)
    for model in get_page_models():
        if issubclass(model, PortalPage):
            for pk, url in _of_model(model):
                found[url].add(pk)
    with transaction.atomic():
        OutsideLink.objects.exclude(url__in=list(found)).delete() if len(found) < AT_ONCE else _forget(found)
        known = dict(OutsideLink.objects.values_list("url", "pk"))
        new = [OutsideLink(url=url, host=urlsplit(url).hostname or "") for url in found if url not in known]
        OutsideLink.objects.bulk_create(new, batch_size=AT_ONCE)
        _join(found)
    return len(found)


def _forget(found: dict[str, set[int]]) -> None:
    gone = [pk for pk, url in OutsideLink.objects.values_list("pk", "url") if url not in found]
    for start in range(0, len(gone), AT_ONCE):
        OutsideLink.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()


def _join(found: dict[str, set[int]]) -> None:
    """Let each address know its pages, and write only what is new."""
    through = OutsideLink.pages.through
    keys = dict(OutsideLink.objects.values_list("url", "pk"))
    wanted = {(keys[url], page) for url, pages in found.items() for page in pages}
    have = {
        (link, page): pk for pk, link, page in through.objects.values_list("pk", "outsidelink_id", "page_id")
    }
    gone = [pk for pair, pk in have.items() if pair not in wanted]
    for start in range(0, len(gone), AT_ONCE):
        through.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
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
            is_text = isinstance(field, StreamField)
            for url in _in_text(json.loads(value or "[]")) if is_text else _in_field(value):
                yield pk, url


def _fields(model: type[PortalPage]) -> list[Any]:
    kinds = (models.URLField, RichTextField, StreamField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds)]


def _in_field(value: Any) -> Iterable[str]:
    text = str(value or "")
    if not text.startswith(("http://", "https://")):
        return (_clean(url) for url in HREF.findall(text))
    return (_clean(text),) if len(text) <= LONGEST else ()


def _in_text(value: Any) -> Iterator[str]:
    """Yield the addresses in what a stream field stores."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _in_text(item)
    elif isinstance(value, str) and "http" in value:
        yield from _in_field(value)


def _clean(url: str) -> str:
    """Return an address as it is asked for: without the place on the page."""
    return urldefrag(url.replace("&amp;", "&"))[0][:LONGEST]
