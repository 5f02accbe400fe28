"""Numbers of legal documents as people shorten them: "QĐ 1181 BGDĐT", "nghị định 123 năm 2015".

Only numbers that the catalogue has are recognised so: "20 cái ghế" is no document. Whole numbers
("570/QĐ-BTP", "nghị định 123/2015") are `search.keys`' affair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search import documents, keys
from search.understanding.vocabulary import Vocabulary

_KINDS = {
    "qd": "qd",
    "quyet dinh": "qd",
    "nd": "nd",
    "nghi dinh": "nd",
    "tt": "tt",
    "thong tu": "tt",
    "nq": "nq",
    "nghi quyet": "nq",
    "ct": "ct",
    "chi thi": "ct",
    "luat": "qh",
}
_SHORT = re.compile(
    rf"""
    (?: (?:van\ ban|so)\ )?
    (?: (?P<kind> {"|".join(map(re.escape, _KINDS))} ) \s* (?:so\s*)? [-:/]? \s* )?
    0*(?P<number> \d{{1,5}} [a-z]? )
    (?: [\s/-]+ (?P<issuer> (?!nam\b) [a-z]{{2,10}} (?:[\s/-][a-z]{{1,8}})? ) )?
    (?: \s* (?:nam|/) \s* (?P<year> (?:19|20)\d\d ) )?
    """,
    re.VERBOSE,
)
_WHOLE = re.compile(r"/(?:19|20)\d\d/|/(?!nd-cp)[a-z]+-")
"""A number with its year or its issuer; decrees are all the government's."""
MOST = 3
"""Documents that a short number may mean; one that could be more is no number but a word."""
_SHORTEST_BARE = 2


@dataclass(frozen=True)
class Numbers:
    """Documents that a query names, by the keys of their numbers. `alone`: it says nothing else."""

    keys: tuple[str, ...] = ()
    alone: bool = False


def numbers_in(words: str, vocabulary: Vocabulary) -> Numbers:
    """Return the documents that a query names by number."""
    whole = keys.number_in(words)
    if not (whole in vocabulary.numbers and _WHOLE.search(whole)) and (short := _short(words, vocabulary)):
        return Numbers(short, alone=True)
    return Numbers((whole,) if whole else (), alone=bool(whole) and keys.is_number(words))


def _short(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the newest documents that a shortened number may mean."""
    match = _SHORT.fullmatch(documents.text().fold(words).strip(" ."))
    if not match:
        return ()
    said = sum(match[part] is not None for part in ("kind", "issuer", "year"))
    found = [key for key in vocabulary.numbers_from(match["number"]) if _fits(key, match)]
    if not said and (len(found) > MOST or len(match["number"]) < _SHORTEST_BARE):
        return ()
    return tuple(sorted(found, key=_year, reverse=True)[:MOST])


def _fits(key: str, match: re.Match[str]) -> bool:
    """Tell whether a whole number has the kind, the issuer and the year that were said."""
    _number, *rest = key.split("/")
    symbol = rest[-1] if rest and not rest[-1].isdigit() else ""
    kind, _dash, issuer = symbol.partition("-")
    wanted = _KINDS.get(match["kind"] or "", "")
    said = (match["issuer"] or "").replace(" ", "-").replace("/", "-")
    return bool(
        symbol
        and (not wanted or kind.startswith(wanted))
        and (not said or said in (issuer, symbol, issuer.partition("-")[0]))
        and (not match["year"] or match["year"] in rest)
    )


def _year(key: str) -> str:
    return next((part for part in key.split("/") if part.isdigit() and len(part) == 4), "")[-4:]
