"""The pages that a fault works on, straight in the database of the drill."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat

from faults.rig import Rig
from home.models import HomePage, InformationPage
from procedures.models import ProcedurePage
from search.models import OutboxEntry
from search.outbox import mark_changed

WRITTEN_SECONDS = 240
GENERATED = "8."
"""How the codes of the procedures begin that the drill has made."""


def word() -> str:
    """Return a word that no page has, of letters only."""
    return "zq" + "".join(secrets.choice("bcdfghjklmnp") for _letter in range(8))


def an_information_page(title: str, **fields: Any) -> InformationPage:
    """Return a new published page of information; `live=False` makes a draft."""
    page = InformationPage(title=title, **fields)
    HomePage.objects.get().add_child(instance=page)
    revision = page.save_revision()
    if page.live:
        revision.publish()
    return InformationPage.objects.get(pk=page.pk)


def some_procedures(count: int) -> list[ProcedurePage]:
    """Return so many visible procedures that the drill has made, by chance."""
    return list(ProcedurePage.objects.visible().filter(code__startswith=GENERATED).order_by("?")[:count])


def outbox_empty() -> bool:
    """Tell whether all changes are in the index."""
    return not OutboxEntry.objects.exists()


def wait_for_index(rig: Rig, seconds: float = WRITTEN_SECONDS) -> float:
    """Wait until all changes are in the index; return the seconds."""
    return rig.wait_until(outbox_empty, seconds, "all changes in the index")


def change_silently(pages: Iterable[int]) -> None:
    """Change pages by SQL, as a program that sends no signals, and note them in the outbox."""
    ids = list(pages)
    ProcedurePage.objects.filter(pk__in=ids).update(keywords=Concat("keywords", Value(f" {word()}")))
    mark_changed(ids)


@dataclass(frozen=True)
class Subjects:
    """One page for each thing that an editor does while something is broken."""

    saved: InformationPage
    procedure: ProcedurePage
    draft: InformationPage
    unpublished: ProcedurePage
    deleted: ProcedurePage
    word: str

    @classmethod
    def make(cls) -> "Subjects":
        """Make them, or choose them; `word` is what the changes will bring into titles."""
        procedure, unpublished, deleted = some_procedures(3)
        return cls(
            an_information_page(f"Trang diễn tập {word()}"),
            procedure,
            an_information_page(f"Trang nháp {word()}", live=False),
            unpublished,
            deleted,
            word(),
        )
