"""Seeds the dictionary from the lines that come with the portal; what editors made of them stays."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from search import lexicons, terms
from search.models import SearchTerm

SEEDS = Path(__file__).parent / "seeds"
FILES = "everyday*.tsv"
DIRECTIONS = {"oneway": False, "both": True}


@dataclass
class Outcome:
    """What became of the lines."""

    added: int = 0
    kept: int = 0
    refused: list[str] = field(default_factory=list)  # each with its place and the reason


def seed(folder: Path = SEEDS) -> Outcome:
    """Add the lines that were never there; what an editor changed or switched off is not touched."""
    outcome = Outcome()
    with transaction.atomic():
        there = list(SearchTerm.objects.order_by("pk"))
        dictionary = terms.Dictionary(there)
        known = dictionary.keys | {_seeded_key(term) for term in there if term.seed_line}
        new = []
        for place, row in _lines(folder):
            try:
                term = _term(row)
                if terms.key(term.words, term.official) in known:
                    outcome.kept += 1
                    continue
                term.clean_fields()
                terms.check(term, dictionary)
            except ValidationError as error:
                outcome.refused.append(f"{place}: {' '.join(error.messages)}")
                continue
            dictionary.add(term)
            known.add(terms.key(term.words, term.official))
            new.append(term)
        SearchTerm.objects.bulk_create(new, batch_size=500)
        outcome.added = len(new)
        transaction.on_commit(lexicons.forget)
    return outcome


def _lines(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each line with its place."""
    for path in sorted(folder.glob(FILES)):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
            for row in rows:
                yield f"{path.name}:{rows.line_num}", row


def _term(row: dict[str, str]) -> SearchTerm:
    if row["direction"] not in DIRECTIONS:
        raise ValidationError(f"“{row['direction']}” is no direction: {', '.join(DIRECTIONS)}.")
    term = SearchTerm(
        words=row["words"],
        official=row["official"],
        kind=row["kind"],
        both_ways=DIRECTIONS[row["direction"]],
        note=row["note"],
        seeded=True,
    )
    term.tidy()
    term.seed_line = f"{term.words}\t{term.official}"
    return term


def _seeded_key(term: SearchTerm) -> tuple[terms.Phrase, terms.Phrase]:
    words, _tab, official = term.seed_line.partition("\t")
    return terms.key(words, official)
