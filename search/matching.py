"""The query of Elasticsearch for what a person's words mean."""

from __future__ import annotations

from typing import Any

from elasticsearch_dsl import Q
from elasticsearch_dsl.query import Query

from search import documents, keys, relevance
from search.bets import Bets
from search.understanding.naming import Act
from search.understanding.understanding import Lexicon, Reading, Understanding

_FIELDS = {
    "name": relevance.NAME,
    "name.pairs": relevance.NAME_PAIRS,
    "phrasings": relevance.PHRASINGS,
    "phrasings.pairs": relevance.PHRASINGS_PAIRS,
}
_MORE_FIELDS = {
    "sector_names": relevance.SECTOR,
    "results": relevance.RESULTS,
    "dossier": relevance.DOSSIER,
    "prose": relevance.PROSE,
    "prose.pairs": relevance.PROSE_PAIRS,
    "summary": relevance.SUMMARY,
    "keywords": relevance.KEYWORDS,
}


NO_BETS = Bets()


class Matching:
    """The parts of the request for one understood query."""

    def __init__(self, words: str, meant: Understanding, lexicon: Lexicon, bets: Bets = NO_BETS) -> None:
        self.words, self.meant, self.lexicon, self.bets = words, meant, lexicon, bets
        self.vocabulary = lexicon.vocabulary

    def gate(self) -> Query:
        """Return which pages are found at all: those that have enough of the words, or the code."""
        gates = [self._gate(reading) for reading in self.meant.readings]
        found = [*gates, *self._own(), *self._named()] or [Q("match_none")]
        hidden = [Q("terms", id=sorted(self.bets.hidden))] if self.bets.hidden else []
        return Q("bool", should=found, minimum_should_match=1, must_not=hidden)

    def first(self) -> Query:
        """Return the query that chooses the candidates: names and phrasings alone, so that it is cheap."""
        queries = [self._reading(reading, names_only=True) for reading in self.meant.readings]
        return Q(
            "dis_max",
            queries=[*queries, *self._own(), *self._named()] or [Q("match_none")],
            tie_breaker=relevance.TIE,
        )

    def full(self) -> Query:
        """Return the query that orders the candidates."""
        queries = [self._reading(reading) for reading in self.meant.readings]
        return Q(
            "function_score",
            query=Q(
                "dis_max",
                queries=[*queries, *self._own(), *self._named()] or [Q("match_none")],
                tie_breaker=relevance.TIE,
            ),
            functions=self._priors(),
            score_mode="multiply",
            boost_mode="multiply",
        )

    def _own(self) -> list[Query]:
        codes = [
            *self.meant.codes,
            keys.code_key(self.meant.number),
            "" if " " in self.words else keys.code_key(self.words),
        ]
        wanted = list(dict.fromkeys(filter(None, codes)))
        found = [
            Q("constant_score", filter=Q("term", codes=code), boost=relevance.OWN_CODE / (place + 1))
            for place, code in enumerate(wanted)
        ]
        found += [
            Q("constant_score", filter=Q("term", id=page), boost=relevance.PINNED - place)
            for place, page in enumerate(self.bets.pinned)
        ]
        if self.meant.number:
            found.append(
                Q("constant_score", filter=Q("term", numbers=self.meant.number), boost=relevance.CITED_NUMBER)
            )
        found += [
            Q("constant_score", filter=Q("match_phrase", everything=text), boost=relevance.MENTIONED_NUMBER)
            for text in [*keys.written_codes_in(self.words), self.meant.number]
            if text
        ]
        return found

    def _named(self) -> list[Query]:
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
        fold = documents.text().fold
        total = max(self.vocabulary.documents, 1)
        words = sorted(set(map(fold, reading.words)), key=lambda word: self.vocabulary.pages.get(word, 0))
        deciding = " ".join(words[: relevance.DECIDING])
        enough = relevance.ENOUGH if len(words) > 2 else "1"
        return Q("match", everything={"query": deciding, "minimum_should_match": enough})

    def _reading(self, reading: Reading, *, names_only: bool = False) -> Query:
        words = " ".join(reading.words)
        scale = reading.weight * relevance.SCALE
        unit = scale / max(self.lexicon.mass(reading.words), 1.0)
        should = []

        def match(field: str, weight: float) -> None:
            should.append(Q("match", **{field: {"query": words, "boost": round(weight * unit, 4)}}))

        fields = dict(_FIELDS)
        if not names_only and not reading.light:
            fields |= _MORE_FIELDS
        for field, weight in fields.items():
            if field.endswith(".pairs") and len(reading.words) == 1:
                continue
            if field == "name":
                if reading.plain:
                    match("name.folded", relevance.NAME + relevance.NAME_FOLDED)
                else:
                    match("name", weight)
                    match("name.folded", 0.5 if names_only else relevance.NAME_FOLDED)
            elif field == "name.pairs":
                if reading.plain:
                    match("name.folded_pairs", relevance.NAME_PAIRS + relevance.NAME_FOLDED_PAIRS)
                else:
                    match("name.pairs", weight)
                    if not names_only:
                        match("name.folded_pairs", relevance.NAME_FOLDED_PAIRS)
            else:
                match(
                    field.replace(".pairs", ".folded_pairs")
                    if reading.plain and field.endswith(".pairs")
                    else f"{field}.folded"
                    if reading.plain
                    else field,
                    weight,
                )
        names = sorted(self.lexicon.names_in(reading.words).items(), key=lambda item: -item[1])
        should += [
            Q(
                "constant_score",
                filter=Q("term", names=key),
                boost=round(relevance.NAME_WHOLE * scale * share, 3),
            )
            for key, share in names[:5]
        ]
        if len(reading.words) > 1 and not names_only:
            start = documents.text().fold(words).removeprefix("thu tuc ")
            should.append(
                Q(
                    "constant_score",
                    filter=Q("prefix", names=f"{start} "),
                    boost=relevance.NAME_STARTS * scale,
                )
            )
        return Q("bool", should=should, filter=[self._gate(reading)], minimum_should_match=0)

    def _priors(self) -> list[dict[str, Any]]:
        meant = self.meant
        found = [({"demotions": reason.value}, weight) for reason, weight in relevance.DEMOTIONS.items()]
        found += [
            ({"about": what}, weight) for what, weight in relevance.ABOUT.items() if what not in meant.about
        ]
        functions = [{"filter": Q("term", **term), "weight": weight} for term, weight in found]
        if meant.level:
            functions.append({"filter": Q("term", levels=meant.level), "weight": relevance.LEVEL})
        if not meant.codes and not meant.number:
            acts = [act.value for act in meant.acts] or [Act.FIRST.value]
            functions.append({"filter": Q("terms", acts=acts), "weight": relevance.ACT})
        return functions
