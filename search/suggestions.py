"""Suggestions while typing: frequent searches, sectors, agencies, pages by the beginnings of their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from elasticsearch_dsl import MultiSearch, Q, Search

from search import degraded, documents, keys, names, popular, relevance, showing
from search.client import reader
from search.parameters import FACETS, SearchParameters
from search.query import NOT_OVER
from search.results import localised
from search.service import SearchUnavailable, ask
from search.understanding.naming import VERBLESS, Act
from search.understanding.spelling import words_of

MOST = 8
MOST_FREQUENT = 3
MOST_GROUPS = 2
"""Sectors, and agencies, among the suggestions."""
GROUPS = {"sector": ("sectors", "sector_names"), "agency": ("agencies", "agency_names")}
CANDIDATES = 50
"""Values of the pages found whose names are looked at: most of them go with the words by chance."""
WINDOW = 60
"""Names whose order is looked at closely."""

MARKS = 0.4  # who types marks means those; not more, as many type only some
COMMUNE, COMMUNE_ALONE, PROVINCE = 1.2, 1.2, 1.1  # most people go to the commune, few to a ministry
PLACE = """
List keys = doc['names'];
double best = 0;
int length = 0;
for (String key : keys) {
  String name = ' ' + (key.startsWith('~') ? key.substring(1) : key) + ' ';
  double row = 1.5;
  int at = name.indexOf(params.words + ' ');
  if (at < 0) { row = 1; at = name.indexOf(params.words); }
  if (at < 0) { row = 0.5; at = name.length(); }
  best = Math.max(best, row / (12 + at));
  if (name.length() > length) length = name.length();
}
return best / (80 + length) * 2000;
"""
"""What people mean by the first word or two of a name: these stand early in it (behind its verb counts as the
start), in a row, as whole words, and the name is short. Twelve letters later is half as good; eighty
letters more in the name, too."""


@dataclass(frozen=True)
class Suggestion:
    """What is offered; `note` tells namesakes apart, `label` says what it is where it is no procedure."""

    type: str
    text: str
    url: str
    note: str = ""
    label: str = ""


LONGEST_TYPED = 200
"""Characters that are looked at: a longer name is offered before that."""


def suggest(words: str) -> list[Suggestion]:
    """Return at most eight: frequent searches, sectors and agencies that begin so, pages, other groups.

    Without the index there are frequent searches and pages; without words, what most people search.
    """
    words = words[:LONGEST_TYPED]
    if not words:
        return list(_frequent("", MOST))
    typed = " ".join(words_of(words))
    if not typed:
        return []
    try:
        found, named = ask(_searches(words))
    except SearchUnavailable:
        return [*_frequent(words), *_pages(degraded.begun(words, MOST))][:MOST]
    groups = [
        group for facet in GROUPS for group in _groups(facet, words, named.aggregations[facet].named.buckets)
    ]
    first = list(_frequent(words)) + [suggestion for suggestion, begun in groups if begun]
    last = [suggestion for suggestion, begun in groups if not begun][:MOST_GROUPS]
    hits = [hit.to_dict() for hit in found]
    hidden = showing.hidden(hits)
    pages = list(_pages([hit for hit in hits if hit["id"] not in hidden]))[
        : max(MOST - len(first) - len(last), 1)
    ]
    return (first + pages + last)[:MOST]


def _frequent(words: str, most: int = MOST_FREQUENT) -> Iterator[Suggestion]:
    for asked in popular.frequent(most, words):
        parameters = SearchParameters(words=asked)
        yield Suggestion("query", asked, _search_for(parameters), label=_("Often searched"))


def _search_for(parameters: SearchParameters) -> str:
    return f"{reverse('search')}?{parameters.query_string()}"


def _searches(words: str) -> MultiSearch:
    """Return what is asked: pages by their names, and the groups of all pages, which is quicker apart."""
    order = {"rescore_query": _order(words).to_dict(), "query_weight": 0}
    without = showing.withheld()
    pages = _search(without).query(_candidates(words))
    pages = pages.source(["id", "type", "code", "title", "url", "levels", "issuer"])
    pages = pages.extra(size=MOST, track_total_hits=False, rescore={"window_size": WINDOW, "query": order})
    groups = _search(without).extra(size=0, track_total_hits=False)
    for facet, (field, named) in GROUPS.items():
        matching = Q("match", **{f"{named}.beginnings": {"query": words, "operator": "and"}})
        group = groups.aggs.bucket(facet, "filter", filter=matching)
        group.bucket("named", "terms", field=field, size=CANDIDATES)
    return MultiSearch(using=reader(), index=names.alias()).add(pages).add(groups)


def _search(without: list[int]) -> Search:
    search = Search().params(allow_partial_search_results=False).filter(NOT_OVER)
    return search.exclude("terms", id=without) if without else search


def _candidates(words: str) -> Any:
    """Return the query for what comes into question: words begin words of its name, or its code."""
    begun = Q("match", title__beginnings={"query": words, "operator": "and"})
    key = _key(words)
    better = [Q("prefix", names=f"{start}{key}{end}") for start in ("", VERBLESS) for end in ("", " ")]
    better += _as_typed(words)
    named = Q("bool", must=_worth(begun), should=[_worth(query) for query in better])
    code = Q("prefix", codes={"value": keys.code_key(words) or words, "boost": relevance.OWN_CODE})
    return Q("bool", should=[_weighed(named, _first_priors()), code], minimum_should_match=1)


def _order(words: str) -> Any:
    """Return the query that orders the candidates."""
    place = {"script_score": {"script": {"source": PLACE, "params": {"words": f" {_key(words)}"}}}}
    marks = [_worth(query, MARKS) for query in _as_typed(words)]
    return _weighed(
        Q("bool", must=_worth(Q("match_all")), should=marks), [place, *_first_priors(), *_more_priors()]
    )


def _as_typed(words: str) -> list[Any]:
    """Return queries for names that have the words with their marks: all, or all but one."""
    return [Q("match", title={"query": words, "minimum_should_match": least}) for least in ("100%", "-1")]


def _worth(query: Any, boost: float = 1.0) -> Any:
    return Q("constant_score", filter=query, boost=boost)


def _weighed(query: Any, functions: list[dict[str, Any]]) -> Any:
    return Q("function_score", query=query, functions=functions, score_mode="multiply", boost_mode="multiply")


def _key(words: str) -> str:
    return " ".join(words_of(documents.text().fold(words)))


def _first_priors() -> list[dict[str, Any]]:
    weights = [(Q("term", demotions=reason.value), weight) for reason, weight in relevance.DEMOTIONS.items()]
    weights.append((Q("term", levels="xa"), COMMUNE))
    return [{"filter": query, "weight": weight} for query, weight in weights]


def _more_priors() -> list[dict[str, Any]]:
    commune, province, ministry = (Q("term", levels=level) for level in ("xa", "tinh", "bo"))
    above = province | ministry
    weights = [
        (commune & ~above, COMMUNE_ALONE),
        (province & ~commune, PROVINCE),
        (Q("term", acts=Act.FIRST.value), relevance.ACT),
        *((Q("term", about=what), weight) for what, weight in relevance.ABOUT.items()),
    ]
    return [{"filter": query, "weight": weight} for query, weight in weights]


def _groups(facet: str, words: str, buckets: Any) -> Iterator[tuple[Suggestion, bool]]:
    """Yield the sectors or agencies whose own name has the words, and whether it begins with them.

    One word that may become another says too little: "con" is no "Công an".
    """
    fold = documents.text().fold
    wanted = fold(words).split()
    beginning = " ".join(wanted) if len(wanted) > 1 else f"{wanted[0]} "
    labels = documents.labels(facet, [bucket.key for bucket in buckets])
    folded = {value: f"{fold(label)} " for value, label in labels.items()}
    found = [
        (not folded[value].startswith(beginning), len(label), value, label)
        for value, label in labels.items()
        if all(any(word.startswith(typed) for word in folded[value].split()) for typed in wanted)
    ]
    for later, _length, value, label in sorted(found)[:MOST_GROUPS]:
        parameters = SearchParameters(filters=((facet, value),))
        yield Suggestion(facet, label, _search_for(parameters), label=str(FACETS[facet])), not later


def _pages(hits: list[dict[str, Any]]) -> Iterator[Suggestion]:
    levels = documents.labels("level", {level for found in hits for level in found.get("levels", ())})
    types = documents.labels("type", {found["type"] for found in hits if found["type"] != "procedure"})
    for found in hits:
        notes = [
            found.get("code", ""),
            *(levels.get(level, "") for level in found.get("levels", ())),
            found.get("issuer", ""),
        ]
        yield Suggestion(
            found["type"],
            found["title"],
            localised(found["url"]),
            note=" · ".join(filter(None, notes)),
            label=types.get(found["type"], ""),
        )
