"""The request to Elasticsearch: one round trip for the results of a page and the counts of all filters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from elasticsearch_dsl import MultiSearch, Q, Search

from search import documents, names, relevance
from search.client import patient_reader, reader
from search.matching import Matching
from search.parameters import WINDOW, SearchParameters

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
    *("id", "levels", "sector_names", "names", "limit", "fee"),
]
"""What a result shows; nothing else leaves the index."""
LISTED = [
    *("id", "type", "code", "title", "url", "date", "status", "summary", "issuer"),
    *("sectors", "levels", "agencies", "limit", "fee"),
]
"""What a file or a feed of the results has of each."""

NOT_OVER = ~Q("range", expires={"lt": "now/m"})
"""A page leaves with its minute, before the worker takes it out of the index; the seconds before that are for
`search.showing`. A whole minute can be kept by Elasticsearch for the next search."""

_ELSEWHERE = {"elsewhere": "asc"}
_DATE = {"date": {"order": "desc", "missing": "_last"}}
ORDERS: dict[str, list[Any]] = {
    "newest": [_ELSEWHERE, _DATE, {"sort_key": "asc"}, {"id": "asc"}],
    "name": [_ELSEWHERE, {"sort_key": "asc"}, {"id": "asc"}],
}
"""What applies here comes before what another province alone has. Each order ends with the id: without a
last word, equals would change places between two pages."""

PASSAGES = {
    "summary": "",
    "phrasings": _("People ask"),
    "results": _("Result"),
    "dossier": _("Dossier"),
    "steps": _("Steps"),
    "body": _("Where and how"),
    "legal": _("Legal basis"),
}
"""Where a passage is taken from that shows why a page was found, and what that part is called; the first part
that has one counts."""
MARK_START, MARK_END = "<mark>", "</mark>"
LONGEST_ANALYSED = 400_000
"""Characters of a text that are looked through for a passage: twice the longest real one."""


def request(
    parameters: SearchParameters,
    matching: Matching | None,
    *,
    marked: bool = True,
    without: Sequence[int] = (),
) -> MultiSearch:
    """Return what is asked: the page of results first, then the counts of each filter that has a choice.

    `without`: ids of pages that are neither found nor counted.

    The counts of a filter are under all OTHER filters. Those without a choice are counted with the results.
    `FacetedSearch` would say the same in one search, but there Elasticsearch matches the words anew for every
    filter, seven times: three times slower on the real catalogue.
    """
    chosen = [facet for facet in FACET_FIELDS if parameters.chosen(facet)]
    base = partial(_base, parameters, matching, without)
    counts = base().extra(size=0, track_total_hits=True)
    for facet in FACET_FIELDS:
        if facet not in chosen:
            counts = _count(counts, facet)
    searches = MultiSearch(using=reader(), index=names.alias())
    searches = searches.add(_results(base(), parameters, matching, marked)).add(counts)
    for facet in chosen:
        searches = searches.add(_count(base(but=facet).extra(size=0), facet))
    return searches


def _results(base: Search, parameters: SearchParameters, matching: Matching | None, marked: bool) -> Search:
    start = (parameters.page - 1) * settings.SEARCH_PAGE_SIZE
    search = _in_order(base.source(SHOWN).extra(track_total_hits=False), parameters, matching, start)
    search = _highlight(search, parameters.words, matching) if marked and matching else search
    return search[start : start + settings.SEARCH_PAGE_SIZE]


def portion(
    parameters: SearchParameters, matching: Matching | None, start: int, end: int, without: Sequence[int] = ()
) -> MultiSearch:
    """Return what is asked for some of all results, in the order of the pages: for files and feeds.

    A portion must not go over `relevance.WINDOW`: what is beyond it has no place among what is before it.
    """
    base = _base(parameters, matching, without).source(LISTED).extra(track_total_hits=True)
    search = _in_order(base, parameters, matching, start)[start:end]
    return MultiSearch(using=patient_reader() if start else reader(), index=names.alias()).add(search)


def ids(parameters: SearchParameters, matching: Matching | None, without: Sequence[int]) -> MultiSearch:
    """Return what is asked for the ids of all results; beyond the window those of the last days."""
    base = _base(parameters, matching, without).source(False).extra(size=WINDOW, track_total_hits=False)
    # A column of the index: what is stored of a page has its long texts beside its id.
    base = base.sort(_DATE).extra(stored_fields="_none_", docvalue_fields=["id"])
    return MultiSearch(using=reader(), index=names.alias()).add(base)


def these(pages: Sequence[int]) -> MultiSearch:
    """Return what is asked for some pages, in no order: for files and feeds."""
    search = Search().filter("terms", id=list(pages)).source(LISTED).extra(size=len(pages))
    return MultiSearch(using=reader(), index=names.alias()).add(search)


def _in_order(search: Search, parameters: SearchParameters, matching: Matching | None, start: int) -> Search:
    if matching and parameters.order == "relevance":
        # Not required: what has the words in a long text alone comes behind.
        search = search.query(Q("bool", should=[matching.first()], minimum_should_match=0))
        # Beyond the candidates the order of the first look goes on: compared in full, they would come again.
        search = search.extra(rescore=_in_full(matching)) if start < relevance.WINDOW else search
    else:
        search = search.sort(*ORDERS[parameters.order])
    return search


def _in_full(matching: Matching) -> dict[str, Any]:
    """Return how the candidates are put in order: by all that is known of them, and not by the first look."""
    query = {"rescore_query": matching.full().to_dict(), "query_weight": 0, "rescore_query_weight": 1}
    return {"window_size": relevance.WINDOW, "query": query}


def _base(
    parameters: SearchParameters, matching: Matching | None, without: Sequence[int], but: str = ""
) -> Search:
    """Return the search for the words under the filters."""
    # Any copy of the index may answer. They rank a little differently, but to ask always the same one for the
    # same words is to go on asking a node that hangs.
    search = Search().params(allow_partial_search_results=False)
    search = search.filter(NOT_OVER)
    if without:
        search = search.exclude("terms", id=list(without))
    for facet, field in FACET_FIELDS.items():
        if facet != but and (values := parameters.chosen(facet)):
            search = search.filter("terms", **{field: list(values)})
    return search.filter(matching.gate()) if matching else search


def _count(search: Search, facet: str) -> Search:
    search.aggs.bucket(facet, "terms", field=FACET_FIELDS[facet], size=MOST_VALUES)
    return search


def _highlight(search: Search, typed: str, matching: Matching) -> Search:
    """Mark the words in the title and in a passage: who types marks wants those of the marked words.

    For the number of a document alone it is marked where it stands among what a page rests on.
    """
    if numbers := matching.numbers_alone:
        kind, wanted = "match_phrase", {"legal.folded": " ".join(numbers)}
    else:
        accented = documents.text().fold(typed) != typed.lower()
        words = matching.meant.corrected or typed
        marked = ["title", *(name for name in PASSAGES if name != "legal")]
        kind, wanted = "match", {name if accented else f"{name}.folded": words for name in marked}
    for field, words in wanted.items():
        search = search.highlight(
            field,
            number_of_fragments=0 if field.startswith("title") else 1,
            fragment_size=180,
            highlight_query={kind: {field: words}},
        )
    return search.highlight_options(
        encoder="html", pre_tags=[MARK_START], post_tags=[MARK_END], max_analyzed_offset=LONGEST_ANALYSED
    )
