"""Answers a search: understands the words, asks Elasticsearch, reads the answer or says there is none."""

import logging
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from elasticsearch import ApiError, TransportError

from search import documents, keys, lexicons
from search.bets import bets_for
from search.matching import Matching
from search.parameters import SearchParameters
from search.query import request
from search.results import Result, Results, pages_of, read
from search.understanding.understanding import Lexicon

logger = logging.getLogger(__name__)

UNAVAILABLE = _("The search does not answer at the moment. Please try again in a minute.")
RETRY_SECONDS = "60"
NEAREST = 5
"""Procedures of today that are offered for a code that is no more."""


class SearchUnavailable(Exception):
    """Elasticsearch does not answer, or has no index; a reader is told so in plain words."""


def search(parameters: SearchParameters, *, marked: bool = True, lexicon: Lexicon | None = None) -> Results:
    """Return a page of results, of one beyond the last the last. Marks take time: ask if you show them.

    `lexicon`: another than the one in use, to see what a word would change.
    """
    matching = _matching(parameters, lexicon or lexicons.current()) if parameters.words else None
    answers = ask(request(parameters, matching, marked=marked))
    pages = pages_of(answers[1].hits.total.value)
    if parameters.page > pages:
        parameters = parameters.with_page(pages)
        answers = ask(request(parameters, matching, marked=marked))
    found = read(answers, parameters, matching)
    return _with_codes_explained(found, marked=marked) if matching else found


def _matching(parameters: SearchParameters, lexicon: Lexicon) -> Matching:
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
        name = next(iter(retired.values())).name
        nearest = search(SearchParameters(words=name[:MOST_OF_A_NAME]), marked=marked).results[:NEAREST]
    return replace(found, retired=tuple(retired.values()), unknown=unknown, nearest=nearest)


MOST_OF_A_NAME = 300


def ask(searches: Any) -> Any:
    """Send a search of `elasticsearch_dsl`, or several at once, and return the answer."""
    try:
        return searches.execute()
    except (TransportError, ApiError) as error:
        logger.warning("The search does not answer: %s", error)
        raise SearchUnavailable from error
