"""Answers a search: asks Elasticsearch, reads the answer, and says so when there is none."""

import logging
from typing import Any

from django.utils.translation import gettext_lazy as _
from elasticsearch import ApiError, TransportError

from search.parameters import SearchParameters
from search.query import request
from search.results import Results, pages_of, read

logger = logging.getLogger(__name__)

UNAVAILABLE = _("The search does not answer at the moment. Please try again in a minute.")
RETRY_SECONDS = "60"


class SearchUnavailable(Exception):
    """Elasticsearch does not answer, or has no index; a reader is told so in plain words."""


def search(parameters: SearchParameters, *, marked: bool = True) -> Results:
    """Return a page of results, of one beyond the last the last. Marks take time: ask if you show them."""
    answers = ask(request(parameters, marked=marked))
    pages = pages_of(answers[0].hits.total.value)
    if parameters.page > pages:
        parameters = parameters.with_page(pages)
        answers = ask(request(parameters, marked=marked))
    return read(answers, parameters)


def ask(searches: Any) -> Any:
    """Send a search of `elasticsearch_dsl`, or several at once, and return the answer."""
    try:
        return searches.execute()
    except (TransportError, ApiError) as error:
        logger.warning("The search does not answer: %s", error)
        raise SearchUnavailable from error
