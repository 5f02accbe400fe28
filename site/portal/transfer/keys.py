"""The keys of what content of this database refers to: read in bulk, and put in the place of its numbers."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Model
from wagtail.models import Page

from portal.transfer import identities
from portal.transfer.identities import Key
from portal.transfer.records import is_document
from portal.transfer.references import Data, Walk

CHUNK = 1024 * 1024
AT_ONCE = 500
ADDED = re.compile(r"_[A-Za-z0-9]{7}(?=(\.\w+)?$)")
"""What `Storage.get_alternative_name` adds to a name."""


@dataclass
class Found:
    """A `Swap` that only notes what is referred to."""

    pks: dict[type[Model], set[Any]] = field(default_factory=lambda: defaultdict(set))
    names: dict[type[Model], set[str]] = field(default_factory=lambda: defaultdict(set))

    def one(self, model: type[Model], value: Any) -> Any:
        """Note a reference."""
        self.pks[model].add(model._meta.pk.to_python(value))
        return value

    def named(self, model: type[Model], keys: list[str]) -> None:
        """Note rows that are named."""
        self.names[model].update(keys)

    def missing(self, place: str, model: type[Model], value: Any, *, required: bool) -> None:
        """Do nothing: nothing is missing before it is looked for."""


@dataclass
class Keys:
    """A `Swap` from the numbers of this database to keys. What is not there any more has none."""

    known: dict[type[Model], dict[Any, Key]] = field(default_factory=lambda: defaultdict(dict))
    wanted: dict[type[Model], set[Any]] = field(default_factory=lambda: defaultdict(set))
    lost: list[str] = field(default_factory=list)

    def translated(self, contents: Iterable[tuple[type[Model], Data]]) -> list[Data]:
        """Return contents with keys; those that are not known yet are read first, in bulk."""
        contents = list(contents)
        found = Found()
        for model, data in contents:
            Walk(found).content(model, data)
        for model, names in found.names.items():
            by_name = {f"{identities.ROWS[model]}__in": list(names)}
            found.pks[model] |= set(model._default_manager.filter(**by_name).values_list("pk", flat=True))
        for model, pks in found.pks.items():
            self.wanted[model] |= pks
            self.load(model, pks)
        walk = Walk(self)
        return [walk.content(model, data) for model, data in contents]

    def load(self, model: type[Model], pks: Iterable[Any]) -> None:
        """Read the keys of some rows."""
        known = self.known[model]
        new = sorted(set(pks) - set(known))
        for start in range(0, len(new), AT_ONCE):
            some = new[start : start + AT_ONCE]
            if model is Page:
                known.update(identities.page_keys(some))
            elif model in identities.ROWS:
                rows = model._default_manager.filter(pk__in=some)
                known.update(rows.values_list("pk", identities.ROWS[model]))
            elif model in identities.MEDIA:
                known.update({one.pk: media_key(one) for one in model._default_manager.filter(pk__in=some)})

    def one(self, model: type[Model], value: Any) -> Any:
        """Return the key of a row."""
        return self.known[model].get(model._meta.pk.to_python(value))

    def named(self, model: type[Model], keys: list[str]) -> None:
        """Do nothing: names are keys."""

    def missing(self, place: str, model: type[Model], value: Any, *, required: bool) -> None:
        """Note what refers to nothing."""
        self.lost.append(f"{place}: {model._meta.model_name} {value}")


def content_hash(one: Any) -> str:
    """Return the SHA-256 of a stored file. Raises OSError where it is gone."""
    digest = hashlib.sha256()
    with one.open_file() as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def media_key(one: Any) -> Key:
    """Return what a file is known by: what is in it, and what it is called where the same is there twice."""
    try:
        return hashlib.sha256("\n".join([content_hash(one), *called(one)]).encode()).hexdigest()
    except OSError:
        return f"lost-{one.pk}"


def called(one: Any) -> tuple[str, str]:
    """Return what people know a file by: its title, and what it shows or what it is saved as."""
    return one.title, file_name(one.file.name) if is_document(type(one)) else one.description


def file_name(stored: str) -> str:
    """Return what a file is saved as, without what the storage adds where another has that name already."""
    return ADDED.sub("", Path(stored).name)
