"""What makes a document fit the words of a query: one table of numbers, a reason beside each."""

from elasticsearch_dsl import Q
from elasticsearch_dsl.query import Query

from search import keys
from search.documents import Demotion

EXACT = {
    "title": 5.0,  # the name says what it is; nearly all that people type is in it
    "sector_names": 2.0,  # "hộ tịch" means the whole sector
    "keywords": 2.0,  # chosen by an editor so that this page is found
    "results": 1.2,  # "giấy khai sinh" is what one gets
    "summary": 1.0,
    "agency_names": 0.8,  # whoever names an office wants its procedures, but many share one
}
"""Fields in which a word counts more, as it is typed."""

FOLDED = 0.6  # of the above, for a word without its marks: "đường" finds "dương", but below
PAIRS = {
    "title.pairs": 1.5,  # Vietnamese words are of several syllables: two in a row count more than two apart
    "title.folded_pairs": 0.9,  # the same without marks: as FOLDED
}
ANYWHERE = 0.5  # steps and dossiers are long, and mostly say the same everywhere
TIE = 0.2  # of the second analysis of a field: both say the same, so they hardly add up
ENOUGH = "3<75%"  # words that a page must have: up to three all, of more at least three in four
OWN_CODE = 1000.0  # a code or number that is the page's own: always first
CITED_NUMBER = 100.0  # a document that a page rests on: below the document itself, above all words
MENTIONED_NUMBER = 20.0  # a code or number somewhere in the text
DEMOTIONS = {
    Demotion.FOREIGN: 0.3,  # not ours: it cannot be used here; results have it last anyway
    Demotion.SUSPECT: 0.3,  # perhaps no procedure at all
    Demotion.ENDED: 0.5,  # no longer in force, yet some look for it
}


def query_of(words: str) -> Query:
    """Return the query for a person's words. Codes and numbers are recognised before words."""
    number = keys.number_in(words)
    readings = [*_by_own_code(words, number), *_by_number(number), *_by_mention(words, number)]
    if not keys.is_code(words) and not keys.is_number(words):
        readings.append(_by_words(words))
    return Q(
        "function_score",
        query=Q("bool", should=readings, minimum_should_match=1),
        functions=[
            {"filter": Q("term", demotions=reason.value), "weight": weight}
            for reason, weight in DEMOTIONS.items()
        ],
        score_mode="multiply",
        boost_mode="multiply",
    )


def _by_own_code(words: str, number: str) -> list[Query]:
    """Return one clause for each code, the fullest form first: with its suffix it is one agency's variant."""
    codes = [*keys.codes_in(words), keys.code_key(number), "" if " " in words else keys.code_key(words)]
    wanted = list(dict.fromkeys(filter(None, codes)))
    return [
        Q("constant_score", filter=Q("term", codes=code), boost=OWN_CODE / (place + 1))
        for place, code in enumerate(wanted)
    ]


def _by_number(number: str) -> list[Query]:
    return [Q("constant_score", filter=Q("term", numbers=number), boost=CITED_NUMBER)] if number else []


def _by_mention(words: str, number: str) -> list[Query]:
    """Return clauses for a code or number that stands in a text: its parts in a row, and nothing less."""
    return [
        Q("constant_score", filter=Q("match_phrase", everything=text), boost=MENTIONED_NUMBER)
        for text in [*keys.written_codes_in(words), number]
        if text
    ]


def _by_words(words: str) -> Query:
    """Return the query for words: enough of them, wherever they are; then it counts where and how."""
    fields = [
        Q(
            "dis_max",
            queries=[_match(name, words, weight), _match(f"{name}.folded", words, weight * FOLDED)],
            tie_breaker=TIE,
        )
        for name, weight in EXACT.items()
    ]
    pairs = [_match(name, words, weight) for name, weight in PAIRS.items()]
    return Q(
        "bool",
        filter=Q("match", everything={"query": words, "minimum_should_match": ENOUGH}),
        should=[*fields, *pairs, _match("everything", words, ANYWHERE)],
    )


def _match(field: str, words: str, boost: float) -> Query:
    return Q("match", **{field: {"query": words, "boost": boost}})
