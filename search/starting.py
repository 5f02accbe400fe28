"""What a process of the portal says at its start: that the index in use has another mapping than the code."""

import logging
import threading
from contextlib import closing

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

from search import names
from search.index import mapping_hash

logger = logging.getLogger(__name__)

PATIENCE = 5
"""Seconds that Elasticsearch has for each answer; nobody waits for it."""


def warn_in_background() -> None:
    """Look at the mapping in a thread, so that a start neither waits for Elasticsearch nor fails with it."""
    threading.Thread(target=warn_of_other_mapping, name="mapping", daemon=True).start()


def warn_of_other_mapping() -> None:
    """Log a warning if the index in use was built by code with another mapping."""
    # A client of its own: this process may still fork, and two processes must not share connections.
    nodes = list(settings.ELASTICSEARCH_URL)
    with closing(Elasticsearch(nodes, request_timeout=PATIENCE, max_retries=len(nodes) - 1)) as client:
        try:
            index = of_other_mapping(client)
        except (ApiError, TransportError):
            return
    if index:
        logger.warning("%s has another mapping than this code: run `manage.py search_index rebuild`.", index)


def of_other_mapping(client: Elasticsearch) -> str | None:
    """Return the index in use if its mapping is another than this code's."""
    index = names.behind(client, names.alias())
    if index is None:
        return None
    mapping = client.indices.get_mapping(index=index)[index]["mappings"]
    return index if mapping.get("_meta", {}).get("hash") != mapping_hash() else None
