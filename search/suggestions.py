"""Suggestions while typing: names of pages by the beginnings of any of their words, sectors and agencies."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from elasticsearch_dsl import Q, Search

from search import documents, keys, names
from search.client import reader
from search.parameters import SearchParameters
from search.query import NOT_OVER
from search.relevance import DEMOTIONS, OWN_CODE
from search.results import localised
from search.service import ask

MOST = 8
MOST_GROUPS = 2
"""Sectors, and agencies, among the suggestions."""
GROUPS = {"sector": ("sectors", "sector_names"), "agency": ("agencies", "agency_names")}
CANDIDATES = 50
"""Values of the pages found whose names are looked at: most of them go with the words by chance."""


@dataclass(frozen=True)
class Suggestion:
    """What is offered; `note` tells namesakes apart."""

    type: str
    text: str
    url: str
    note: str = ""


def suggest(words: str) -> list[Suggestion]:
    """Return at most eight suggestions: sectors and agencies of that name, then pages."""
    if not words:
        return []
    answer = ask(_request(words))
    groups = [
        suggestion
        for facet in GROUPS
        for suggestion in _groups(facet, words, answer.aggregations.everywhere[facet].named.buckets)
    ]
    pages = list(_pages(list(answer)))
    return (groups + pages)[:MOST]


def _request(words: str) -> Search:
    search = Search(using=reader(), index=names.alias())
    search = search.source(["type", "code", "title", "url", "levels", "issuer"]).extra(
        size=MOST, track_total_hits=False
    )
    search = search.params(allow_partial_search_results=False)
    search = search.filter(NOT_OVER).query(_query(words))
    everywhere = search.aggs.bucket("everywhere", "global")  # whatever the names of their pages
    for facet, (field, named) in GROUPS.items():
        matching = Q("match", **{f"{named}.beginnings": {"query": words, "operator": "and"}})
        group = everywhere.bucket(facet, "filter", filter=matching & NOT_OVER)
        group.bucket("named", "terms", field=field, size=CANDIDATES)
    return search


def _query(words: str) -> Any:
    """Return the query: each word begins a word of the name; marks and words in a row put a name higher."""
    return Q(
        "function_score",
        query=Q(
            "bool",
            should=[
                Q(
                    "bool",
                    must=Q("match", title__beginnings={"query": words, "operator": "and"}),
                    should=[
                        Q("match", title=words),
                        Q("match_phrase_prefix", title__folded={"query": words, "boost": 2}),
                    ],
                ),
                Q("prefix", codes={"value": keys.code_key(words) or words, "boost": OWN_CODE}),
            ],
            minimum_should_match=1,
        ),
        functions=[
            {"filter": Q("term", demotions=reason.value), "weight": weight}
            for reason, weight in DEMOTIONS.items()
        ],
        score_mode="multiply",
    )


def _groups(facet: str, words: str, buckets: Any) -> Iterator[Suggestion]:
    """Yield the sectors or agencies whose own name has the words, not only a page's other ones."""
    fold = documents.text().fold
    wanted = fold(words).split()
    labels = documents.labels(facet, [bucket.key for bucket in buckets])
    found = [
        (value, label)
        for value, label in labels.items()
        if all(any(word.startswith(beginning) for word in fold(label).split()) for beginning in wanted)
    ]
    for value, label in sorted(found, key=lambda item: len(item[1]))[:MOST_GROUPS]:
        parameters = SearchParameters(filters=((facet, value),))
        yield Suggestion(facet, label, f"{reverse('search')}?{parameters.query_string()}")


def _pages(hits: list[Any]) -> Iterator[Suggestion]:
    levels = documents.labels("level", {level for hit in hits for level in getattr(hit, "levels", ())})
    for hit in hits:
        found = hit.to_dict()
        notes = [
            found.get("code", ""),
            *(levels.get(level, "") for level in found.get("levels", ())),
            found.get("issuer", ""),
        ]
        yield Suggestion(
            found["type"], found["title"], localised(found["url"]), " · ".join(filter(None, notes))
        )
