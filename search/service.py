"""Answers a search: understands the words, asks Elasticsearch or else the database, and reads the answer."""

import logging
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy as _
from elasticsearch import ApiError, TransportError

from search import degraded, documents, keys, lexicons, showing
from search.bets import bets_for
from search.breaker import breaker
from search.matching import Matching
from search.parameters import SearchParameters
from search.query import request
from search.results import Result, Results, pages_of, read
from search.understanding.understanding import Lexicon

logger = logging.getLogger(__name__)

UNAVAILABLE = _("The search does not answer at the moment. Please try again in a minute.")
NEAREST = 5
"""Procedures of today that are offered for a code that is no more."""


class SearchUnavailable(Exception):
    """Elasticsearch does not answer, or has no index."""


def search(parameters: SearchParameters, *, marked: bool = True) -> Results:
    """Return a page of results, of one beyond the last the last. Marks take time: ask if you show them."""
    matching = matching_of(parameters, lexicons.current())
    try:
        found = _from_the_index(parameters, matching, marked=marked)
    except SearchUnavailable:
        found = degraded.search(parameters, matching)
    return _with_codes_explained(found, marked=marked) if matching else found


def try_lexicon(parameters: SearchParameters, lexicon: Lexicon) -> Results:
    """Return what would be found with another lexicon than the one in use; the index alone can say."""
    return _from_the_index(parameters, matching_of(parameters, lexicon), marked=False)


def _from_the_index(parameters: SearchParameters, matching: Matching | None, *, marked: bool) -> Results:
    without = showing.withheld()
    answers = ask(request(parameters, matching, marked=marked, without=without))
    pages = pages_of(answers[1].hits.total.value)
    if parameters.page > pages:
        parameters = parameters.with_page(pages)
        answers = ask(request(parameters, matching, marked=marked, without=without))
    return read(answers, parameters, matching)


def matching_of(parameters: SearchParameters, lexicon: Lexicon) -> Matching | None:
    """Return how the words of a search are matched, if it has any."""
    if not parameters.words:
        return None
    meant = lexicon.understand(parameters.words, literal=parameters.exact, any_level=parameters.any_level)
    return Matching(parameters.words, meant, lexicon, bets_for(parameters.words))


def _with_codes_explained(found: Results, *, marked: bool) -> Results:
    """Say of codes in the words that no page has whether they were ever known, and what there is today."""
    words = found.parameters.words
    missing = [code for code in keys.base_codes_in(words) if code not in found.codes]
    if not missing or found.parameters.filters or found.parameters.page > 1:
        return found
    retired = documents.codes().retired(missing)
    unknown = tuple(code for code in missing if code not in retired)
    nearest: tuple[Result, ...] = ()
    if retired and not found.total:
        name = SearchParameters(words=next(iter(retired.values())).name[:MOST_OF_A_NAME])
        # Who has waited for Elasticsearch once does not wait again.
        again = degraded.search(name, matching_of(name, lexicons.current())) if found.degraded else None
        nearest = (again or search(name, marked=marked)).results[:NEAREST]
    return replace(found, retired=tuple(retired.values()), unknown=unknown, nearest=nearest)


MOST_OF_A_NAME = 300


def ask(searches: Any) -> Any:
    """Send a search of `elasticsearch_dsl`, or several at once, and return the answer.

    After some failures in a row it raises at once, for a while, so that not every request waits for nothing.
    """
    if not breaker.allows():
        raise SearchUnavailable
    try:
        answer = searches.execute()
    except (TransportError, ApiError) as error:
        if _refused(error):  # our fault, and no reason to think that others are refused
            logger.exception("Elasticsearch refuses a search.")
        else:
            breaker.failed()
            logger.warning("The search does not answer: %s", error)
        raise SearchUnavailable from error
    breaker.worked()
    return answer


def _refused(error: TransportError | ApiError) -> bool:
    """Tell whether Elasticsearch answered that a search is wrong."""
    body = error.body if isinstance(error, ApiError) else None
    return isinstance(body, dict) and body.get("status") == HTTPStatus.BAD_REQUEST
