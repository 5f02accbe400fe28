"""Measures the search: understanding a query, the raw call, the API, the page, and plain ways beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q as Condition
from django.http import QueryDict
from django.test import Client
from elasticsearch_dsl import MultiSearch, Q, Search

from portal.bench import queries
from portal.bench.timing import Timings
from procedures.models import ProcedurePage
from search import client, lexicons, names
from search.matching import Matching
from search.parameters import SearchParameters, parse
from search.query import FACET_FIELDS, MOST_VALUES, SHOWN, request

CALLS, WARM_UP = 300, 100
LONGEST_SECONDS = 240
"""After so long the calls of one measurement end, however many there were."""

UNDERSTANDING, RAW, API, PAGE = "understanding alone", "Elasticsearch, raw", "API", "page with facets"
STOCK, LIKE = "  peer: stock OR query", "  peer: SQL LIKE on the name"


@dataclass(frozen=True)
class Measured:
    """What a search costs in one index, by what is called, and the page by kind of query."""

    calls: dict[str, Timings]
    kinds: dict[str, Timings]
    documents: int

    def lines(self) -> Iterator[str]:
        """Yield a line for each measurement."""
        yield f"search among {self.documents} pages, uncached:"
        for name, timings in self.calls.items():
            yield f"{name:<29} {timings}"
        for kind, timings in self.kinds.items():
            yield f"  {f'{PAGE}: {kind}':<27} {timings}"


def server() -> str:
    """Say what the server is and how its Java runs: a figure means nothing without that."""
    node = next(iter(client.writer().nodes.info(metric="jvm")["nodes"].values()))
    compilers = [word for word in node["jvm"]["input_arguments"] if "TieredStopAtLevel" in word]
    heap = node["jvm"]["mem"]["heap_max_in_bytes"] / 1024**3
    return f"Elasticsearch {node['version']}, {' '.join(compilers[-1:])}, heap {heap:.1f} GB"


def run() -> Iterator[str]:
    """Yield a line for each measurement in the index in use, which has the pages of the database."""
    yield server()
    yield from measure().lines()


def measure(*, like: bool = True) -> Measured:
    """Measure the search in the index in use; each query goes to all that is measured, in turn."""
    uncached()
    drawn = queries.draw(WARM_UP + CALLS)
    words = [query for _kind, query in drawn]
    understand = lexicons.current().understand
    for query in words[:WARM_UP]:
        understand(query)
    alone = Timings.of(understand, words[WARM_UP:])
    calls = _calls(words)
    if not like:
        del calls[LIKE]
    Timings.together(calls, words[:WARM_UP], LONGEST_SECONDS)
    timed = Timings.together(calls, words[WARM_UP:], LONGEST_SECONDS)
    by_kind: dict[str, list[float]] = {}
    # The measurement may have ended early: then the last queries were not asked.
    for (kind, _query), taken in zip(drawn[WARM_UP:], timed[PAGE].milliseconds, strict=False):
        by_kind.setdefault(kind, []).append(taken)
    kinds = {kind: Timings(tuple(taken)) for kind, taken in sorted(by_kind.items()) if len(taken) > 1}
    documents = client.writer().count(index=names.alias())["count"]
    return Measured({UNDERSTANDING: alone} | timed, kinds, documents)


def uncached() -> None:
    """Have Elasticsearch work out each answer: it would keep the counts of a query that comes again."""
    client.writer().indices.put_settings(index=names.alias(), settings={"index.requests.cache.enable": False})


def _calls(words: list[str]) -> dict[str, Callable[[str], object]]:
    """Return what is timed with each query. Raw calls are made beforehand: only the asking is timed."""
    ours = {query: _request(query) for query in words}
    stock = {query: stock_request(query) for query in words}
    browser = Client(SERVER_NAME="localhost")

    def get(path: str, query: str) -> None:
        response = browser.get(path, {"q": query})
        if response.status_code not in {200, 302}:  # a bare code goes to the page
            raise RuntimeError(f"{path} {query}: {response.status_code}")

    return {
        RAW: lambda query: ours[query].execute(ignore_cache=True),
        STOCK: lambda query: stock[query].execute(ignore_cache=True),
        API: lambda query: get("/api/v1/search", query),
        PAGE: lambda query: get("/tim-kiem/", query),
        LIKE: _like,
    }


def _request(query: str) -> MultiSearch:
    parameters: SearchParameters = parse(QueryDict(urlencode({"q": query}))).parameters
    lexicon = lexicons.current()
    matching = Matching(parameters.words, lexicon.understand(parameters.words), lexicon)
    return request(parameters, matching)


def stock_request(query: str) -> Search:
    """Return what a plain search would ask: any of the words in the fields with text, and the same facets."""
    search = Search(using=client.reader(), index=names.alias()).source(SHOWN).extra(track_total_hits=True)
    search = search.query(
        Q("multi_match", query=query, fields=["title", "summary", "everything"], operator="or")
    )
    for facet, field in FACET_FIELDS.items():
        search.aggs.bucket(facet, "terms", field=field, size=MOST_VALUES)
    return search[: settings.SEARCH_PAGE_SIZE]


def _like(query: str) -> None:
    """Answer as a portal without an index does: LIKE for each word, a count and a first page; no facets."""
    condition = Condition()
    for word in query.split():
        condition &= Condition(name__icontains=word)
    found = ProcedurePage.objects.visible().filter(condition).order_by("-last_published_at")
    found.count()
    list(found[:20])
