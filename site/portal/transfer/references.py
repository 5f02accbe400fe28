"""Puts something else in the place of every reference in the data of a page or row, however nested."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Any, Final, Protocol

from django.db.models import Field, ForeignKey, Model
from wagtail import blocks
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import StreamField
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import FIND_A_TAG, FIND_EMBED_TAG, extract_attrs

from home.collections.fields import ValuesField
from portal.transfer import identities
from procedures.models import Agency, Audience, AuthorityLevel, Sector

Data = dict[str, Any]
FACETS: Final[dict[str, type[Model]]] = {
    "level": AuthorityLevel,
    "audience": Audience,
    "sector": Sector,
    "agency": Agency,
}
"""Filters of a collection whose values are slugs of rows."""

TAGS: Final = frozenset(
    (
        *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "del", "div", "em", "embed"),
        *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p"),
        *("s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "u", "ul"),
    )
)
"""Tags of rich text. Others, such as those of a script, are in no text that an editor can write."""
ATTRIBUTES: Final = frozenset(
    (
        *("alt", "class", "colspan", "data-block-key", "dir", "embedtype", "format", "href", "id", "lang"),
        *("linktype", "rel", "reversed", "rowspan", "scope", "start", "target", "title", "type", "url"),
        *("uuid", "value"),
    )
)
_ID: Final = re.compile(r'(?<![\w-])id="[^"]*"')
HARMLESS: Final = re.compile(r"(https?:|mailto:|tel:|[#/?]|[^:]*$)", re.IGNORECASE)


class Unknown(Exception):
    """What stands in a file and cannot be in content of this portal."""


class Swap(Protocol):
    """Says what stands for a reference."""

    def one(self, model: type[Model], value: Any) -> Any:
        """Return what stands for a value that refers to a row; None where that is not there."""

    def named(self, model: type[Model], keys: list[str]) -> None:
        """Take notice of rows that content names by their keys, and that need no other word."""

    def missing(self, place: str, model: type[Model], value: Any, *, required: bool) -> None:
        """Take notice of a reference that nothing stands for."""


@dataclass(frozen=True)
class Walk:
    """One way through data; `swap` says what to do with what it refers to."""

    swap: Swap

    def content(self, model: type[Model], data: Data, place: str = "") -> Data:
        """Return the data of a page or row with other references.

        Raises `Unknown` for what the model does not have.
        """
        fields, children = identities.fields(model), identities.children(model)
        choices = identities.choices(model)
        if unknown := set(data) - {*fields, *children, *choices}:
            raise Unknown(f"{model._meta.label_lower} has no field {_named(sorted(unknown)[0])}")
        new: Data = {}
        for name, value in data.items():
            where = f"{place}{name}"
            if name in fields:
                new[name] = self._field(fields[name], value, where)
            elif name in children:
                rows = [self._child(children[name], row, f"{where}.") for row in _list(value, where)]
                new[name] = [row for row in rows if row is not None]
            else:
                target = identities.base(choices[name].related_model)
                new[name] = self._all(target, _list(value, where), where)
        return new

    def _child(self, model: type[Model], row: Any, place: str) -> Data | None:
        """Return a row of a page; None where what it is about is not there."""
        before = _struct(row, place)
        new = self.content(model, before, place)
        fields = identities.fields(model)
        lost = [n for n, v in before.items() if v is not None and new[n] is None and not fields[n].null]
        return None if lost else new

    def _all(self, model: type[Model], values: list[Any], place: str) -> list[Any]:
        found = [self._one(model, value, place, required=False) for value in values]
        return [value for value in found if value is not None]

    def _one(self, model: type[Model], value: Any, place: str, *, required: bool) -> Any:
        if value is None or value == "":
            return value
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise Unknown(f"{place} refers to something by {_named(value)}")
        base = identities.base(model)
        found = self.swap.one(base, value)
        if found is None:
            self.swap.missing(place, base, value, required=required)
        return found

    def _field(self, field: Field[Any, Any], value: Any, place: str) -> Any:
        if isinstance(field, ForeignKey):
            required = not field.null and "." not in place
            return self._one(field.related_model, value, place, required=required)
        if isinstance(field, StreamField):
            return self._block(field.stream_block, _list(value, place), place)
        if isinstance(field, ValuesField) and (model := FACETS.get(field.facet)):
            self.swap.named(model, [str(key) for key in _list(value, place)])
        if isinstance(value, dict) or (isinstance(value, list) and not _plain(value)):
            raise Unknown(f"{place} is {_named(value)}")
        return value

    def _block(self, block: Any, value: Any, place: str) -> Any:
        for kind, method in _BLOCKS.items():
            if isinstance(block, kind):
                return method(self, block, value, place)
        if isinstance(value, dict) or (isinstance(value, list) and not _plain(value)):
            raise Unknown(f"{place} is {_named(value)}")
        if isinstance(block, blocks.URLBlock) and value and not HARMLESS.match(str(value)):
            raise Unknown(f"{place} is no address of the web")
        return value

    def _stream(self, block: Any, value: Any, place: str) -> list[Data]:
        found = []
        for item in _list(value, place):
            kind = _struct(item, place).get("type")
            if not isinstance(kind, str) or kind not in block.child_blocks:
                raise Unknown(f"{place} has no part {_named(kind)}")
            new = self._block(block.child_blocks[kind], item.get("value"), f"{place}.{kind}")
            if new is not None or item.get("value") is None:
                found.append(_with_id({"type": kind, "value": new}, item))
        return found

    def _list_block(self, block: Any, value: Any, place: str) -> list[Any]:
        found: list[Any] = []
        for item in _list(value, place):
            wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
            inner = item["value"] if wrapped else item
            new = self._block(block.child_block, inner, place)
            if new is None and inner is not None:
                continue
            found.append(_with_id({"type": "item", "value": new}, item) if wrapped else new)
        return found

    def _struct_block(self, block: Any, value: Any, place: str) -> Any:
        if value is None:
            return None
        if isinstance(value, int) and "image" in block.child_blocks:  # as pictures were stored before
            return self._block(block.child_blocks["image"], value, place)
        if unknown := set(_struct(value, place)) - set(block.child_blocks):
            raise Unknown(f"{place} has no part {_named(sorted(unknown)[0])}")
        return {
            name: self._block(block.child_blocks[name], inner, f"{place}.{name}")
            for name, inner in value.items()
        }

    def _table(self, block: Any, value: Any, place: str) -> Any:
        if value is None:
            return None
        if set(_struct(value, place)) - {"columns", "rows", "caption"}:
            raise Unknown(f"{place} is no table")
        columns = [_struct(column, place).get("type") for column in _list(value.get("columns"), place)]
        if unknown := [kind for kind in columns if kind not in block.child_blocks]:
            raise Unknown(f"{place} has no column {_named(unknown[0])}")
        rows = []
        for row in _list(value.get("rows"), place):
            cells = _list(_struct(row, place).get("values"), place)
            if len(cells) != len(columns):
                raise Unknown(f"{place} has a row of {len(cells)} cells under {len(columns)} columns")
            pairs = zip(columns, cells, strict=True)
            rows.append({"values": [self._block(block.child_blocks[k], cell, place) for k, cell in pairs]})
        return value | {"rows": rows}

    def _chooser(self, block: Any, value: Any, place: str) -> Any:
        return self._one(block.model_class, value, place, required=block.required and "." in place)

    def _rich_text(self, _block: Any, value: Any, place: str) -> str:
        if not isinstance(value, str | None):
            raise Unknown(f"{place} is no text")
        html = value or ""
        _check_html(html, place)
        html = FIND_A_TAG.sub(lambda tag: self._link(tag, place), html)
        return FIND_EMBED_TAG.sub(lambda tag: self._embed(tag, place), html)

    def _link(self, tag: re.Match[str], place: str) -> str:
        attrs = extract_attrs(tag[0])
        return self._tag(tag, attrs, features.get_link_types().get(attrs.get("linktype")), place, "<a>")

    def _embed(self, tag: re.Match[str], place: str) -> str:
        attrs = extract_attrs(tag[0])
        return self._tag(tag, attrs, features.get_embed_types().get(attrs.get("embedtype")), place, "")

    def _tag(self, tag: re.Match[str], attrs: dict[str, str], handler: Any, place: str, lost: str) -> str:
        if "id" not in attrs or handler is None or not hasattr(handler, "get_model"):
            return tag[0]
        try:
            model = handler.get_model()
        except NotImplementedError:
            return tag[0]
        found = self._one(model, attrs["id"], place, required=False)
        if found is None:
            return lost
        return _ID.sub(f'id="{escape(str(found))}"', tag[0])


_BLOCKS: Final[dict[type[Any], Callable[[Walk, Any, Any, str], Any]]] = {
    BaseStreamBlock: Walk._stream,
    blocks.ListBlock: Walk._list_block,
    BaseTypedTableBlock: Walk._table,
    BaseStructBlock: Walk._struct_block,
    blocks.ChooserBlock: Walk._chooser,
    blocks.RichTextBlock: Walk._rich_text,
}


class _Tags(HTMLParser):
    """Notes what is in a text that no editor can put there."""

    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found = f"<{tag}>"
        for name, value in attrs:
            if name not in ATTRIBUTES or (
                name in {"href", "url"} and not HARMLESS.match((value or "").strip())
            ):
                self.found = f"<{tag} {name}>"


def _check_html(html: str, place: str) -> None:
    tags = _Tags(convert_charrefs=True)
    tags.feed(html)
    tags.close()
    if tags.found:
        raise Unknown(f"{place} has {tags.found[:80]} in its text")


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list | None):
        raise Unknown(f"{place} is no list")
    return value or []


def _struct(value: Any, place: str) -> Data:
    if not isinstance(value, dict):
        raise Unknown(f"{place.rstrip('.')} is no set of fields")
    return value


def _plain(values: list[Any]) -> bool:
    return all(isinstance(value, str | int | float | bool | None) for value in values)


def _with_id(new: Data, item: Data) -> Data:
    return new | ({"id": item["id"]} if isinstance(item.get("id"), str) else {})


def _named(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:80]
