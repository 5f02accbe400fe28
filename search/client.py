"""The client of Elasticsearch: one for readers, who wait briefly, and one for writers, who wait long."""

from functools import lru_cache

from django.conf import settings
from elasticsearch import Elasticsearch

PATIENCE = 20.0
"""Seconds that a file waits for each of its portions."""


def reader() -> Elasticsearch:
    """Return the client for questions: if a node is away, or after half the time, another one is asked."""
    nodes = tuple(settings.ELASTICSEARCH_URL)
    tries = min(len(nodes), 2)
    return _client(nodes, settings.SEARCH_TIMEOUT / tries, tries - 1, retry_on_timeout=True)


def patient_reader() -> Elasticsearch:
    """Return the client for what is under way: a file of results waits rather than end in its middle."""
    return _client(tuple(settings.ELASTICSEARCH_URL), PATIENCE, 1, retry_on_timeout=True)


def writer() -> Elasticsearch:
    """Return the client for the worker and for commands."""
    return _client(
        tuple(settings.ELASTICSEARCH_URL), settings.SEARCH_WRITE_TIMEOUT, 2, retry_on_timeout=False
    )


@lru_cache(maxsize=8)
def _client(nodes: tuple[str, ...], timeout: float, retries: int, *, retry_on_timeout: bool) -> Elasticsearch:
    """Make a client once per process: its connections are kept open between requests.

    It connects with the first request, so a process that forks before that shares no connection.
    """
    return Elasticsearch(
        list(nodes),
        request_timeout=timeout,
        max_retries=retries,
        retry_on_timeout=retry_on_timeout,
        http_compress=False,
    )
