"""Decisions that an office keeps in a table: each row with a number and its days becomes a draft, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.tables import Refused, Row, code, day, rows, text
from home.text import document_key
from procedures.importing.outcomes import Outcome, Result
from procedures.models import DecisionIndexPage, DecisionPage

NUMBER = ("so hieu", "so hieu van ban", "so quyet dinh")
SIGNED, FORCE = ("ngay ban hanh", "ngay ky"), ("ngay hieu luc", "ngay co hieu luc")
EXPIRES = ("ngay het hieu luc",)
TITLE = ("trich yeu", "ten", "tieu de")


@dataclass(frozen=True, slots=True)
class Decided:
    """A row that can become a decision."""

    number: str
    title: str
    signed: date | None
    in_force: date | None


def run(path: Path, *, dry_run: bool = False) -> Iterator[Result]:
    """Bring the rows in, each in a transaction of its own, and say what became of it."""
    seen: dict[str, int] = {}
    for row in rows(path):
        try:
            decided = _read(row)
        except Refused as error:
            yield Result(row.number, text(row.get(*NUMBER)), Outcome.REFUSED, str(error))
            continue
        key = document_key(decided.number)
        if key in seen:
            reason = _("line %(line)d has this number already") % {"line": seen[key]}
            yield Result(row.number, decided.number, Outcome.REFUSED, reason)
            continue
        seen[key] = row.number
        yield Result(row.number, decided.number, _take(decided, key, dry_run=dry_run), "")


def _read(row: Row) -> Decided:
    number = code(row.get(*NUMBER)).strip()
    if not number:
        raise Refused(_("Row %(row)d has no number of a decision.") % {"row": row.number})
    signed, force, ends = (day(row.get(*names)) for names in (SIGNED, FORCE, EXPIRES))
    if signed and signed > timezone.localdate():
        raise Refused(
            _("Row %(row)d: nobody has signed on a day that has not come yet.") % {"row": row.number}
        )
    if signed and ends and ends < signed:
        raise Refused(_("Row %(row)d: it ends before it was issued.") % {"row": row.number})
    return Decided(number, text(row.get(*TITLE)) or f"Quyết định {number}", signed, force)


@transaction.atomic
def _take(decided: Decided, key: str, *, dry_run: bool) -> Outcome:
    """Write a draft where there is no decision of that number; what is there stays as editors left it."""
    if DecisionPage.objects.filter(number_key=key).exists():
        return Outcome.UNCHANGED
    if not dry_run:
        fields: dict[str, Any] = {"date_signed": decided.signed, "date_in_force": decided.in_force}
        page = DecisionPage(title=decided.title[:255], number=decided.number, live=False, **fields)
        DecisionIndexPage.objects.get().add_child(instance=page)
        page.save_revision()
    return Outcome.CREATED
