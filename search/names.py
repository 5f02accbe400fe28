"""Names in Elasticsearch: the alias that everyone asks, the one of an index being built, and the indexes."""

import re
from datetime import UTC, datetime

from django.conf import settings
from elasticsearch import Elasticsearch


def alias() -> str:
    """Return the alias that is asked and written to."""
    return settings.SEARCH_INDEX


def building_alias() -> str:
    """Return the alias that sits on an index while it is being built, so that changes go there, too."""
    return f"{alias()}-building"


def new_index() -> str:
    """Return the name of a new index: the alias and the time, so that names sort by age."""
    return f"{alias()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"


def indexes(client: Elasticsearch) -> list[str]:
    """Return all indexes of this alias, the newest first; an alias that begins alike has its own."""
    ours = re.compile(rf"{re.escape(alias())}-\d{{20}}")
    return sorted(
        (name for name in client.indices.get(index=f"{alias()}-*") if ours.fullmatch(name)), reverse=True
    )


def behind(client: Elasticsearch, name: str) -> str | None:
    """Return the index behind an alias, or None."""
    if not client.indices.exists_alias(name=name):
        return None
    return next(iter(client.indices.get_alias(name=name)), None)
