"""Queries as people type them, drawn from the content that is there: the same in each run."""

import random
from collections.abc import Callable

from home.text import fold
from procedures.models import Phrasing, ProcedurePage

SEED = 2021
SHARES = {"words": 0.40, "names": 0.15, "everyday": 0.35, "codes": 0.10}
"""Some words of a name, a whole name, what people say, a code: what share of all queries each kind is."""


def draw(number: int) -> list[tuple[str, str]]:
    """Return so many queries, each with its kind; a kind that the database has nothing for is left out."""
    chance = random.Random(SEED)  # noqa: S311  the same queries in each run
    listed = ProcedurePage.objects.visible().order_by("pk")
    names, codes = list(listed.values_list("name", flat=True)), list(listed.values_list("code", flat=True))
    said = list(Phrasing.objects.filter(enabled=True).order_by("pk").values_list("text", flat=True))
    makers: dict[str, tuple[list[str], Callable[[str], str]]] = {
        "words": (names, lambda name: words_of(chance, name)),
        "names": (names, str),
        "everyday": (said, lambda text: marked_or_not(chance, text)),
        "codes": (codes, str),
    }
    kinds = [kind for kind in SHARES if makers[kind][0]]
    chosen = chance.choices(kinds, [SHARES[kind] for kind in kinds], k=number)
    return [(kind, makers[kind][1](chance.choice(makers[kind][0]))) for kind in chosen]


def words_of(chance: random.Random, name: str) -> str:
    """Return two to four neighbouring words of a name; every second time typed without marks."""
    words = name.split()
    start = chance.randrange(max(len(words) - 3, 1))
    return marked_or_not(chance, " ".join(words[start : start + chance.randint(2, 4)]))


def marked_or_not(chance: random.Random, text: str) -> str:
    """Return a text as it is, every second time without its marks."""
    return fold(text) if chance.random() < 0.5 else text
