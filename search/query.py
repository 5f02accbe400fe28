"""The request to Elasticsearch: one round trip for the results of a page and the counts of all filters."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from elasticsearch_dsl import FacetedSearch, Q, Search, TermsFacet
from elasticsearch_dsl.faceted_search import FacetedResponse

from search import documents, names
from search.client import reader
from search.parameters import SearchParameters
from search.relevance import query_of

FACET_FIELDS = {
    "level": "levels",
    "sector": "sectors",
    "type": "type",
    "agency": "agencies",
    "audience": "audiences",
    "channel": "channels",
    "status": "status",
}
MOST_VALUES = 2000
"""Values of a filter that are counted. The national catalogue has 285 sectors and 747 agencies."""

SHOWN = [
    *("type", "code", "title", "url", "date", "summary", "status", "issuer", "place"),
    *("levels", "sector_names"),
]
"""What a result shows; nothing else leaves the index."""

ORDERS: dict[str, list[Any]] = {
    "relevance": ["_score", {"sort_key": "asc"}, {"id": "asc"}],
    "newest": [{"date": {"order": "desc", "missing": "_last"}}, {"sort_key": "asc"}, {"id": "asc"}],
    "name": [{"sort_key": "asc"}, {"id": "asc"}],
}
"""Each order ends with the id: without a last word, equals would change places between two pages."""

PASSAGES = ["summary", "results", "dossier", "conditions", "steps", "body", "legal"]
"""Where a passage is taken from that shows why a page was found; the first that has one."""
MARK_START, MARK_END = "<mark>", "</mark>"
LONGEST_ANALYSED = 400_000
"""Characters of a text that are looked through for a passage: twice the longest real one."""


class PageSearch(FacetedSearch):
    """Pages for some words, with the counts of each filter under all the others.

    `FacetedSearch` filters the results after counting, and each count by the choices of the other filters.
    """

    facets = {name: TermsFacet(field=field, size=MOST_VALUES) for name, field in FACET_FIELDS.items()}
    fields = ["title", *PASSAGES]

    def __init__(self, parameters: SearchParameters) -> None:
        self.index, self.using = names.alias(), reader()
        super().__init__(
            query=parameters.words,
            filters={facet: list(parameters.chosen(facet)) for facet in self.facets},
            sort=ORDERS[parameters.order],
        )
        start = (parameters.page - 1) * settings.SEARCH_PAGE_SIZE
        self._s: Search = self._s[start : start + settings.SEARCH_PAGE_SIZE]

    def search(self) -> Search:
        """Return the search of all that is not over: a page leaves at its hour, before its document does."""
        search = Search(index=self.index, using=self.using).response_class(FacetedResponse)
        search = search.filter(~Q("range", expires={"lte": "now/m"})).source(SHOWN)
        search = search.extra(track_total_hits=True)
        # The same words always ask the same copy of the index: copies may count a little differently.
        copy = hashlib.sha256(self._query.encode()).hexdigest()[:16]
        return search.params(preference=copy, allow_partial_search_results=False)

    def query(self, search: Search, query: str) -> Search:
        """Add the words, if there are any."""
        return search.query(query_of(query)) if query else search

    def highlight(self, search: Search) -> Search:
        """Mark the words in the title and in a passage.

        The folded field has every place where a word stands. Who types marks wants those of the marked word:
        then the exact field is asked, too, and is taken where it has one.
        """
        if not self._query:
            return search
        accented = documents.text().fold(self._query) != self._query.lower()
        for name in self.fields:
            for field in (name, f"{name}.folded") if accented else (f"{name}.folded",):
                whole = name == "title"
                search = search.highlight(field, number_of_fragments=0 if whole else 1, fragment_size=180)
        return search.highlight_options(
            encoder="html",
            pre_tags=[MARK_START],
            post_tags=[MARK_END],
            max_analyzed_offset=LONGEST_ANALYSED,
        )
