"""The query of Elasticsearch for what a person's words mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

from elasticsearch_dsl import Q
from elasticsearch_dsl.query import Query

from search import documents, keys, relevance
from search.bets import Bets
from search.understanding.naming import Act
from search.understanding.understanding import Lexicon, Reading, Understanding

NO_BETS = Bets()
LONGEST_NAME = 500
"""Characters of a beginning that is looked for; Elasticsearch refuses more than 1,000."""
MOST_NAMES = 5
"""Names that stand whole in a query and are looked for: those that fill most of it."""


class Matching:
    """The parts of the request for one understood query."""

    def __init__(self, words: str, meant: Understanding, lexicon: Lexicon, bets: Bets = NO_BETS) -> None:
        self.words, self.meant, self.lexicon, self.bets = words, meant, lexicon, bets
        self.vocabulary = lexicon.vocabulary
        first = meant.readings[0].words if meant.readings else ()
        self.formality = self.vocabulary.formality(first)

    @property
    def numbers_alone(self) -> tuple[str, ...]:
        """Return the numbers of documents in a query that says nothing else: the first is what is meant."""
        return () if self.meant.readings else self.meant.numbers[:1]

    def gate(self) -> Query:
        """Return which pages are found at all: those that have enough of the words, or the code."""
        gates = [self._gate(reading) for reading in self.meant.readings]
        found = [*gates, *self._sure] or [Q("match_none")]
        hidden = [Q("terms", id=sorted(self.bets.hidden))] if self.bets.hidden else []
        return Q("bool", should=found, minimum_should_match=1, must_not=hidden)

    def first(self) -> Query:
        """Return the query that chooses the candidates: names and phrasings alone, so that it is cheap."""
        return self._best([self._reading(reading, relevance.FIRST) for reading in self.meant.readings])

    def full(self) -> Query:
        """Return the query that orders the candidates."""
        light, whole = relevance.NAMES, relevance.NAMES | relevance.MORE
        queries = [
            self._reading(reading, light if reading.light else whole) for reading in self.meant.readings
        ]
        return Q(
            "function_score",
            query=self._best(queries),
            functions=self._priors(),
            score_mode="multiply",
            boost_mode="multiply",
        )

    def _best(self, readings: list[Query]) -> Query:
        """Return the query in which the best reading counts, and the others a little."""
        queries = [*readings, *self._sure]
        return Q("dis_max", queries=queries or [Q("match_none")], tie_breaker=relevance.TIE)

    @cached_property
    def _sure(self) -> list[Query]:
        """Return the clauses that hold whatever the reading: pages, codes, numbers, sectors, agencies."""
        return [*self._own(), *self._named()]

    def _own(self) -> list[Query]:
        """Return a clause for each pinned page, each code and number, and where a number is cited."""
        codes = [
            *self.meant.codes,
            *map(keys.code_key, self.meant.numbers),
            "" if " " in self.words else keys.code_key(self.words),
        ]
        wanted = list(dict.fromkeys(filter(None, codes)))
        pinned = enumerate(self.bets.pinned)
        found = [_constant(Q("term", id=page), relevance.PINNED - place) for place, page in pinned]
        found += [
            _constant(Q("term", codes=code), relevance.OWN_CODE / 10**place)
            for place, code in enumerate(wanted)
        ]
        asked = max((len(reading.words) for reading in self.meant.readings), default=0)
        cited = relevance.CITED_NUMBER if asked < relevance.WHOLE_QUESTION else relevance.CITED_BY_THE_WAY
        numbers = enumerate(self.meant.numbers, start=1)
        found += [_constant(Q("term", numbers=number), cited / place) for place, number in numbers]
        mentioned = filter(None, [*keys.written_codes_in(self.words), *self.meant.numbers])
        found += [
            _constant(Q("match_phrase", everything=text), relevance.MENTIONED_NUMBER) for text in mentioned
        ]
        return found

    def _named(self) -> list[Query]:
        """Return clauses for the sector or the agency whose name the query is."""
        boost = relevance.SECTOR_NAMED * relevance.SCALE
        found: list[Query] = []
        if self.meant.sector:
            found.append(Q("constant_score", filter=Q("term", sectors=self.meant.sector), boost=boost))
        if self.meant.agency:
            found.append(Q("constant_score", filter=Q("term", agency_keys=self.meant.agency), boost=boost))
        if self.meant.office:
            found.append(
                Q(
                    "match_phrase",
                    **{"agency_names.folded": {"query": self.meant.office, "boost": relevance.OFFICE_NAMED}},
                )
            )
        return found

    def _gate(self, reading: Reading) -> Query:
        """Return which pages have enough words of a reading. The rarest decide: they cost least."""
        pages = self.vocabulary.pages
        words = {word: pages[word] for word in map(documents.text().fold, reading.words) if word in pages}
        words = words or dict.fromkeys(map(documents.text().fold, reading.words), 0)
        deciding = sorted(words, key=words.__getitem__)[: relevance.DECIDING]
        return Q("match", everything={"query": " ".join(deciding), "minimum_should_match": relevance.ENOUGH})

    def _reading(self, reading: Reading, fields: Mapping[str, float]) -> Query:
        """Return the query for one reading: its words in these fields, and names that stand whole in it."""
        scale = reading.weight * relevance.SCALE
        unit = scale / max(self.lexicon.mass(reading.words), 1.0)
        for_candidates = fields is relevance.FIRST
        whole, rarest = " ".join(reading.words), " ".join(self._rarest(reading.words))
        should = []
        for field, weight in self._weights(reading, fields).items():
            in_full = field.endswith("pairs") or (field.startswith("name") and not for_candidates)
            words = {"query": whole if in_full else rarest, "boost": round(weight * unit, 4)}
            should.append(Q("match", **{field: words}))
        key, names = self._names[reading.words]
        bonus = scale * relevance.NAME_WHOLE
        should += [_constant(Q("term", names=name), bonus * share) for name, share in names]
        if len(reading.words) > 1 and not for_candidates and len(key) <= LONGEST_NAME:
            should.append(_constant(Q("prefix", names=f"{key} "), relevance.NAME_STARTS * scale))
        return Q("bool", should=should, minimum_should_match=1)

    @cached_property
    def _names(self) -> dict[tuple[str, ...], tuple[str, list[tuple[str, float]]]]:
        """Return for each reading its own key, and the names that stand whole in it with their shares."""
        found = {}
        for words in {reading.words for reading in self.meant.readings}:
            key = documents.text().fold(" ".join(words)).removeprefix("thu tuc ")
            names = self.lexicon.names_in(words) | {key: 1.0}
            found[words] = key, sorted(names.items(), key=lambda item: -item[1])[:MOST_NAMES]
        return found

    def _rarest(self, words: tuple[str, ...]) -> list[str]:
        """Return the words of a long reading that say most, in their order."""
        rarest = sorted(set(words), key=self.vocabulary.rarity, reverse=True)[: relevance.LOOKED_FOR]
        return [word for word in words if word in rarest]

    def _weights(self, reading: Reading, fields: Mapping[str, float]) -> dict[str, float]:
        """Return what each field counts for a reading."""
        share = relevance.phrasings_share(len(reading.words), self.formality, level=bool(self.meant.level))
        weights = _plain(fields) if reading.plain else fields
        return {
            field: weight * share if field.startswith("phrasings") else weight
            for field, weight in weights.items()
            if len(reading.words) > 1 or not field.endswith("pairs")
        }

    def _priors(self) -> list[dict[str, Any]]:
        """Return what puts a page higher or lower whatever its words: its state, its level, what it does."""
        meant = self.meant
        found: list[tuple[dict[str, str], float]] = [
            ({"demotions": reason.value}, weight) for reason, weight in relevance.DEMOTIONS.items()
        ]
        found += [
            ({"about": what}, weight) for what, weight in relevance.ABOUT.items() if what not in meant.about
        ]
        functions = [{"filter": Q("term", **term), "weight": weight} for term, weight in found]
        if meant.level:
            functions.append({"filter": Q("term", levels=meant.level), "weight": relevance.LEVEL})
        if not meant.codes and not meant.numbers:
            acts = [act.value for act in meant.acts] or [Act.FIRST.value]
            functions.append({"filter": Q("terms", acts=acts), "weight": relevance.ACT})
        return functions


def _constant(query: Query, boost: float) -> Query:
    return Q("constant_score", filter=query, boost=round(boost, 3))


@cache
def _plain_field(field: str) -> str:
    """Return the field without marks that stands for one with them."""
    if field.endswith(".pairs"):
        return field.replace(".pairs", ".folded_pairs")
    return field if "folded" in field else f"{field}.folded"


def _plain(fields: Mapping[str, float]) -> dict[str, float]:
    """Return the weights for words that were typed without marks: both analyses are one there."""
    weights: dict[str, float] = defaultdict(float)
    for field, weight in fields.items():
        weights[_plain_field(field)] += weight
    return weights
