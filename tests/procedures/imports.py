"""Runs imports for tests, and says what they did."""

from pathlib import Path
from typing import Any

from wagtail.models import PageLogEntry, Revision

from procedures.importing.outcomes import Result
from procedures.importing.running import Run
from procedures.models import Agency, ImportConflict, ImportedRecord, LegalDocument, ProcedurePage, Sector
from search.models import OutboxEntry
from tests.procedures.records import record


def run(file: Path, **options: Any) -> list[Result]:
    """Import a file and return what became of each line."""
    results: list[Result] = []
    totals = Run(file, results.append, **options).execute()
    assert totals.lines == sum(totals.outcomes.values()) == len(results)
    return results


def outcomes(results: list[Result]) -> list[str]:
    return [str(result.outcome) for result in results]


def records_of(number: int) -> list[dict[str, Any]]:
    return [record(f"1.{n:06d}", f"Thủ tục {n}") for n in range(number)]


def everything() -> dict[str, Any]:
    """Return what a run could have changed."""
    models = (
        ProcedurePage,
        Revision,
        PageLogEntry,
        ImportedRecord,
        ImportConflict,
        Sector,
        Agency,
        LegalDocument,
    )
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models} | {
        "outbox": OutboxEntry.objects.count()
    }


def edit(page: ProcedurePage, **fields: Any) -> None:
    """Change a page as an editor does."""
    page = ProcedurePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
