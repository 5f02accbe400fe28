"""The prose of a page, passage by passage, from the form that is being written in or from the page itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any

from django.db.models import TextField
from django.forms import BaseForm
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.figures import Finding, check
from home.text import normalise

LONGEST = 400_000
"""Characters of a page that are checked; the longest real procedure has 177,000."""

_LINES = frozenset({"title", "lead"})
"""Fields of one line that are prose."""

_NOT_PROSE = frozenset({"keywords", "search_description"})
_NEWLINES = re.compile(r"\n\s*\n+")
_BREAKING = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "br", "hr", "li"})
_PROSE_BLOCKS = (blocks.CharBlock, blocks.TextBlock)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a page: whose field it is, where in it, and what people call that place."""

    field: str
    path: str
    """Names and ids from the field down, with points between: Wagtail's "content path"."""
    label: str
    text: str
    block: int | None = None
    """The place of the block in its stream field, counted from 0."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the passage that it is in."""

    passage: Passage
    finding: Finding


def check_form(form: BaseForm) -> list[Found]:
    """Return what is doubtful in a form as it is filled in, valid or not."""

    def value_of(name: str) -> Any:
        if name not in form.fields:
            return None
        widget = form.fields[name].widget
        if widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name)):
            return None
        return form[name].data

    return _check(_passages(type(form.instance), value_of))  # type: ignore[attr-defined]


def check_page(page: Page) -> list[Found]:
    """Return what is doubtful in a page as it is."""
    return _check(_passages(type(page), lambda name: getattr(page, name)))


def _check(passages: Iterable[Passage]) -> list[Found]:
    """Check the passages as one text: what one says is reckoned with in another."""
    kept = [passage for passage in passages if passage.text]
    starts = list(accumulate((len(passage.text) + 1 for passage in kept), initial=0))
    text = "\n".join(passage.text for passage in kept)[:LONGEST]
    return [Found(kept[bisect_right(starts, finding.start) - 1], finding) for finding in check(text)]


def has_prose(model: type[Page]) -> bool:
    """Tell whether the pages of a type have more to check than a title."""
    return any(field.name not in _LINES for field in _fields(model))


def _fields(model: type[Page]) -> Iterator[Any]:
    """Yield the fields that hold prose. A title that is made of another field is checked there."""
    names = {field.name for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if not field.editable or field.name in _NOT_PROSE or (field.name == "title" and "name" in names):
            continue
        if isinstance(field, StreamField | TextField) or field.name in _LINES:
            yield field


def _passages(model: type[Page], value_of: Callable[[str], Any]) -> Iterator[Passage]:
    for field in _fields(model):
        value = value_of(field.name)
        label = capfirst(str(field.verbose_name))
        if not value:
            continue
        if isinstance(field, StreamField):
            for number, child in enumerate(value):
                path = f"{field.name}.{child.id or ''}"
                for passage in _walk(child.block, child.value, path, _joined(label, child.block, number)):
                    yield Passage(field.name, *passage, number)
        else:
            text = plain(value) if isinstance(field, RichTextField) else normalise(str(value))
            yield Passage(field.name, field.name, label, text)


def _joined(label: str, block: blocks.Block, number: int | None = None) -> str:
    """Return the label of a block within another; what is called the same is said once."""
    name = capfirst(str(block.label))
    above, separator, last = label.rpartition(" › ")
    if last.rstrip(" 0123456789") == name:
        return label if number is None else f"{above}{separator}{name} {number + 1}"
    return f"{label} › {name}" if number is None else f"{label} › {name} {number + 1}"


def _walk(block: blocks.Block, value: Any, path: str, label: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, label and text of each prose in a block."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = value if isinstance(block, blocks.StreamBlock) else value.bound_blocks
        for number, child in enumerate(children):
            inner = f"{path}.{child.id or ''}"
            yield from _walk(child.block, child.value, inner, _joined(label, child.block, number))
    elif isinstance(block, blocks.StructBlock) and isinstance(value, blocks.StructValue):
        for name, child in block.child_blocks.items():
            yield from _walk(child, value.get(name), f"{path}.{name}", _joined(label, child))
    elif isinstance(block, TypedTableBlock) and value:
        cells = [cell for row in value.rows for cell in row if isinstance(cell.block, _PROSE_BLOCKS)]
        yield path, label, "\n".join(normalise(str(cell.value)) for cell in cells if cell.value)
    elif isinstance(block, blocks.RichTextBlock) and value:
        yield path, label, plain(value.source)
    elif isinstance(block, _PROSE_BLOCKS) and value:
        yield path, label, normalise(str(value))


class _Text(HTMLParser):
    """Collects the text of an HTML; each block is a line, each item of a list begins with a dash."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in _BREAKING:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKING:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(html: str) -> str:
    """Return the text of a rich text: a line for each paragraph, "- " before the items of lists."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return normalise(_NEWLINES.sub("\n", "".join(parser.parts)).strip())
