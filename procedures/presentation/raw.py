"""Reads the stored form of a stream field (see `procedures/parts.py`) without building Wagtail's blocks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

Raw = dict[str, Any]


def blocks(stream: Any) -> Iterator[Raw]:
    """Yield the value of each block of a stream field."""
    for block in getattr(stream, "raw_data", stream) or ():
        yield block["value"]


def items(values: Any) -> Iterator[Raw]:
    """Yield each value of a list block, stored with a wrapper or bare."""
    for item in values or ():
        yield item["value"] if item.keys() >= {"type", "value"} else item


def text(value: Raw, name: str) -> str:
    """Return a text of a block, "" where there is none."""
    return str(value.get(name) or "").strip()


def number(value: Raw, name: str) -> Decimal | None:
    """Return a number of a block, None where there is none."""
    found = value.get(name)
    if found is None or found == "":
        return None
    try:
        return Decimal(str(found))
    except InvalidOperation:
        return None
