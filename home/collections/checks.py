"""What editors are told of a collection before it is published: what it asks for may be gone, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from home.collections.query import FACETS, find
from home.preflight import Finding
from search import documents

if TYPE_CHECKING:
    from home.models import CollectionPage


def gone(page: CollectionPage) -> Iterator[Finding]:
    """Warn of values that are no longer there, each at its field."""
    for facet, values in page.query.filters:
        known = documents.choices[facet].every()
        if missing := [value for value in values if value not in known]:
            sentence = _("No longer there, so nothing is found by it: %(values)s.")
            yield Finding(FACETS[facet], sentence % {"values": ", ".join(missing)})


def empty(page: CollectionPage) -> Iterator[Finding]:
    """Warn of a collection that finds nothing today."""
    if not find(page.query).total:
        yield Finding("types", _("This collection finds nothing at the moment."))
