"""Answers a search: asks Elasticsearch, reads the answer, and says so when there is none."""

import logging
from typing import Any

from elasticsearch import ApiError, TransportError

from search.parameters import SearchParameters
from search.query import PageSearch
from search.results import Results, pages_of, read

logger = logging.getLogger(__name__)


class SearchUnavailable(Exception):
    """Elasticsearch does not answer, or has no index; a reader is told so in plain words."""


def search(parameters: SearchParameters) -> Results:
    """Return a page of results; of a page beyond the last one, the last one."""
    response = ask(PageSearch(parameters))
    pages = pages_of(response.hits.total.value)
    if parameters.page > pages:
        parameters = parameters.with_page(pages)
        response = ask(PageSearch(parameters))
    return read(response, parameters)


def ask(request: Any) -> Any:
    """Send a request, a search of `elasticsearch_dsl`, and return the answer."""
    try:
        return request.execute()
    except (TransportError, ApiError) as error:
        logger.warning("The search does not answer: %s", error)
        raise SearchUnavailable from error
