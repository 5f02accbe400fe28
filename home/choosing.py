"""What narrows a list: the choices that an address asks for, each checked against what there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.paging import Paged, parameter


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that the address asks for: its value, how a person reads it, and what is wrong with it."""

    name: str
    value: str
    label: str = ""
    error: str = ""
    without: str = ""
    """The query of the same list without this filter."""


Lookup = Callable[[str], str]
"""Returns the label of a value, "" where there is no such value."""


def chosen(request: HttpRequest, lookups: Mapping[str, Lookup]) -> dict[str, Chosen]:
    """Return the filters that the address asks for; one that means nothing carries a sentence."""
    found = {}
    for name, lookup in lookups.items():
        if value := parameter(request, name):
            label = lookup(value)
            error = "" if label else _("There is no such choice: “%(value)s”.") % {"value": value}
            found[name] = Chosen(name, value, label, error)
    asked = pairs(found)
    return {name: replace(choice, without=_query_without(asked, name)) for name, choice in found.items()}


def pairs(filters: Mapping[str, Chosen]) -> dict[str, str]:
    """Return the filters as an address has them."""
    return {name: choice.value for name, choice in filters.items()}


def mean_nothing(filters: Mapping[str, Chosen]) -> bool:
    """Tell whether the address asks for a choice that there is not."""
    return any(choice.error for choice in filters.values())


def errors(filters: Mapping[str, Chosen], page: Paged | None = None) -> list[tuple[str, str]]:
    """Return every sentence about the address, with the field that it belongs to."""
    found = [(choice.name, choice.error) for choice in filters.values() if choice.error]
    return found or ([("page", page.error)] if page and page.error else [])


def _query_without(asked: dict[str, str], name: str) -> str:
    query = urlencode({key: value for key, value in asked.items() if key != name})
    return f"?{query}" if query else ""
