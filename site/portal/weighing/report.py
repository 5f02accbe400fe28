"""The tables of a weighing, as lines of Markdown; a budget that is exceeded is marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.weighing import budgets
from portal.weighing.budgets import KB, Weight
from portal.weighing.speed import Visit

MARKS = {True: "✓", False: "✗"}
LONGEST = 6


@dataclass(frozen=True)
class Line:
    """A budget: what it is about, what is allowed, what was found where, and whether that is within."""

    what: str
    allowed: str
    found: str
    kept: bool


def lines(procedures: Sequence[Weight], others: Sequence[Weight]) -> Iterator[Line]:
    """Yield a line for each budget of weight."""
    if procedures:
        heaviest = max(procedures, key=lambda weight: weight.packed)
        yield Line(
            "HTML of a procedure, compressed: the heaviest",
            kilobytes(budgets.PACKED),
            f"{kilobytes(heaviest.packed)} ({heaviest.name})",
            heaviest.packed <= budgets.PACKED,
        )
        nearest = max(procedures, key=lambda weight: weight.raw / weight.allowed)
        yield Line(
            "HTML of a procedure, raw: the nearest to 1.6 × own text + 40 KB",
            kilobytes(nearest.allowed),
            f"{kilobytes(nearest.raw)} ({nearest.name})",
            nearest.raw <= nearest.allowed,
        )
        middle = budgets.median_raw(procedures)
        yield Line(
            "HTML of a procedure, raw: the median",
            kilobytes(budgets.RAW_MEDIAN),
            kilobytes(middle),
            middle <= budgets.RAW_MEDIAN,
        )
    heaviest = max(others, key=lambda weight: weight.packed)
    yield Line(
        "HTML of any other page, compressed: the heaviest",
        kilobytes(budgets.PACKED),
        f"{kilobytes(heaviest.packed)} (`{heaviest.name}`)",
        heaviest.packed <= budgets.PACKED,
    )
    for what, suffix, allowed in (("Styles", ".css", budgets.STYLES), ("Scripts", ".js", budgets.SCRIPT)):
        size = budgets.built(suffix)
        yield Line(f"{what}, compressed", kilobytes(allowed), kilobytes(size), size <= allowed)


def weights(found: Sequence[Line]) -> Iterator[str]:
    """Yield the table of the budgets."""
    yield "| what | budget | found | |"
    yield "| --- | ---: | ---: | --- |"
    for line in found:
        yield f"| {line.what} | {line.allowed} | {line.found} | {MARKS[line.kept]} |"


def longest(procedures: Sequence[Weight]) -> list[Weight]:
    """Return the procedures with the longest texts."""
    return sorted(procedures, key=lambda weight: -weight.text)[:LONGEST]


def longest_texts(procedures: Sequence[Weight]) -> Iterator[str]:
    """Yield the table of the procedures with the longest texts."""
    yield "| procedure | own text | page, raw | allowed | page, compressed |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for weight in longest(procedures):
        sizes = (weight.text, weight.raw, weight.allowed, weight.packed)
        yield f"| {weight.name} | {' | '.join(map(kilobytes, sizes))} |"


def other_pages(others: Sequence[Weight]) -> Iterator[str]:
    """Yield the table of the other pages."""
    yield "| page | raw | compressed |"
    yield "| --- | ---: | ---: |"
    for weight in others:
        yield f"| `{weight.name}` | {kilobytes(weight.raw)} | {kilobytes(weight.packed)} |"


def speeds(ours: Mapping[str, Visit], stock: Mapping[str, Visit]) -> Iterator[str]:
    """Yield the table of first visits; the budget is that of LCP."""
    yield "| page | LCP | requests | sent | with stock GOV.UK Frontend: LCP | requests | sent | |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for name, one in ours.items():
        yield f"| {name} | {_visit(one)} | {_visit(stock[name])} | {MARKS[in_time(one)]} |"


def in_time(one: Visit) -> bool:
    """Tell whether a first visit keeps the budget of speed."""
    return one.lcp < budgets.LCP_SECONDS * 1000


def kilobytes(size: float) -> str:
    """Return a size for people."""
    return f"{size / KB:,.1f} KB"


def _visit(one: Visit) -> str:
    return f"{one.lcp / 1000:.2f} s (`{one.largest}`) | {one.requests} | {kilobytes(one.transferred)}"
