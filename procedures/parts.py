"""The parts of a procedure as its stream fields store them: the one statement of that shape.

Who writes parts without a form in between (the import, the demo, tests) makes them here.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import uuid4

Raw = dict[str, Any]


def _block(kind: str, value: Any) -> Raw:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _items(values: Iterable[Any]) -> list[Raw]:
    return [_block("item", value) for value in values]


def step(text: str, label: str = "") -> Raw:
    """Return a step."""
    return {"label": label, "text": text}


def step_group(steps: Iterable[Raw], case: str = "") -> Raw:
    """Return the steps of a case, a block of `ProcedurePage.steps`."""
    return _block("steps", {"case": case, "steps": _items(steps)})


def fee(
    amount: Decimal | float | str | None = None,
    *,
    kind: str = "",
    currency: str = "VND",
    note: str = "",
    exemption: str = "",
) -> Raw:
    """Return a line of a tariff; the amount is in units of the currency, None where only words are known."""
    return {
        "kind": kind,
        "amount": None if amount is None else str(amount),
        "currency": currency,
        "note": note,
        "exemption": exemption,
    }


def limit(value: Decimal | float | str | None = None, unit: str = "", text: str = "") -> Raw:
    """Return a time limit: a number with one of `LimitUnit`, or words."""
    return {"value": None if value is None else str(value), "unit": unit, "text": text}


def channel(kind: str, limit: Raw, fees: Iterable[Raw] = (), *, case: str = "", note: str = "") -> Raw:
    """Return a channel, a block of `ProcedurePage.channels`."""
    value = {"kind": kind, "case": case, "limit": limit, "fees": _items(fees), "note": note}
    return _block("channel", value)


def form(title: str, file: int | None = None) -> Raw:
    """Return a form; `file` is the key of a `PortalDocument`."""
    return {"title": title, "file": file}


def paper(
    name: str,
    *,
    role: str = "paper",
    originals: int = 0,
    copies: int = 0,
    marker: str = "",
    forms: Iterable[Raw] = (),
) -> Raw:
    """Return a row of a dossier."""
    return {
        "name": name,
        "marker": marker,
        "role": role,
        "originals": originals,
        "copies": copies,
        "forms": _items(forms),
    }


def dossier_case(rows: Iterable[Raw], case: str = "", sets: int | None = None) -> Raw:
    """Return the dossier of a case, a block of `ProcedurePage.dossier`."""
    return _block("case", {"case": case, "sets": sets, "documents": _items(rows)})


def result(name: str, code: str = "") -> Raw:
    """Return a result, a block of `ProcedurePage.results`."""
    return _block("result", {"name": name, "code": code})


def journey_step(
    title: str, procedures: Iterable[int] = (), *, text: str = "", when: str = "", optional: bool = False
) -> Raw:
    """Return a step of a journey, a block of `LifeEvent.steps`; `procedures` are the keys of pages."""
    value = {"title": title, "when": when, "text": text, "optional": optional}
    return _block("step", value | {"procedures": _items(procedures)})
