"""The other way round: what stands here for the keys of an archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from portal.transfer.identities import Key
from portal.transfer.keys import Keys
from portal.transfer.references import Data, Walk


class Lacking(Exception):
    """Something that a record needs is not there."""


@dataclass
class Local:
    """What is here of an archive: of each model, key to primary key."""

    pks: dict[type[Model], dict[Key, Any]] = field(default_factory=lambda: defaultdict(dict))
    keys: Keys = field(default_factory=Keys)
    """The same, the other way: what is here is compared as the archive names it."""
    names: dict[Key, str] = field(default_factory=dict)
    """What pages are called that may be missing."""

    def put(self, model: type[Model], key: Key, pk: Any) -> None:
        """Note what stands for a key."""
        self.pks[model][key] = pk
        self.keys.known[model][pk] = key

    def known(self, model: type[Model], content: Data, warn: Callable[[str], None]) -> Data:
        """Return content without references to what is not here.

        Raises `Lacking` where one is needed, `Unknown` for what no content can be.
        """
        return Walk(_Known(self, warn)).content(model, content)

    def resolved(self, model: type[Model], content: Data) -> Data:
        """Return content with the primary keys of this database."""
        return Walk(_Resolved(self)).content(model, content)

    def ours(self, model: type[Model], contents: list[Data]) -> list[Data]:
        """Return contents of this database as the archive would name what they refer to."""
        return self.keys.translated((model, content) for content in contents)


@dataclass
class _Known:
    """A `Swap` that keeps the keys of what is here."""

    local: Local
    warn: Callable[[str], None]

    def one(self, model: type[Model], value: Any) -> Any:
        return value if value in self.local.pks[model] else None

    def named(self, model: type[Model], keys: list[str]) -> None:
        pass

    def missing(self, place: str, model: type[Model], value: Any, *, required: bool) -> None:
        name = self.local.names.get(str(value), str(value))
        sentence = f"{place} refers to the {model._meta.model_name} {name}, which is not here"
        if required:
            raise Lacking(sentence)
        self.warn(f"{sentence}: left empty")


@dataclass
class _Resolved:
    """A `Swap` from keys to the primary keys of this database."""

    local: Local

    def one(self, model: type[Model], value: Any) -> Any:
        return self.local.pks[model].get(value)

    def named(self, model: type[Model], keys: list[str]) -> None:
        pass

    def missing(self, place: str, model: type[Model], value: Any, *, required: bool) -> None:
        pass
