"""Measures the import: the whole file in bulk, a sample of it record by record, and the file once more."""

import resource
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from procedures.importing import bulk
from procedures.importing.catalogue import Catalogue
from procedures.importing.drafting import draft
from procedures.importing.outcomes import Totals
from procedures.importing.reading import read
from procedures.importing.running import Run, record_hash
from procedures.importing.survey import Survey
from procedures.models import ProcedureIndexPage, ProcedurePage

SAMPLE = 100


def run(path: Path, sample: int = SAMPLE) -> Iterator[str]:
    """Yield a line for each measurement. The database has no procedures before, and those of the file after.

    Call it first in its process: the memory is the most that the process ever had.
    """
    plain = _plainly(path, sample)
    yield f"import, plain loader          {plain:7.1f} records/s   ({sample} records of the file)"
    seconds, totals = _whole(path)
    rate = totals.lines / seconds
    yield f"import, bulk                  {rate:7.1f} records/s   ({totals.lines} records, {seconds:.1f} s)"
    yield f"  times the plain loader      {rate / plain:7.1f}"
    yield f"  most memory                 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:7d} MB"
    seconds, totals = _whole(path)
    yield f"import, nothing has changed   {seconds:7.1f} s           ({totals.lines} records)"


def create_plainly(item: bulk.NewPage, catalogue: Catalogue) -> ProcedurePage:
    """Create the page of a record as Wagtail's documentation does: the measure of the bulk writer."""
    page = bulk.build(item, catalogue)
    ProcedureIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def _whole(path: Path) -> tuple[float, Totals]:
    start = time.perf_counter()
    totals = Run(path, on_result=lambda result: None).execute()
    return time.perf_counter() - start, totals


def _plainly(path: Path, sample: int) -> float:
    """Return how many records a second a plain loader writes; its pages are deleted again."""
    step = max(sum(1 for _line in read(path)) // sample, 1)
    chosen = [line.data for line in islice(read(path), 0, step * sample, step) if line.data]
    survey = Survey()
    for data in chosen:
        survey.add(data)
    catalogue = Catalogue()
    catalogue.complete(survey)
    start = time.perf_counter()
    pages = [create_plainly(bulk.NewPage(draft(data), record_hash(data)), catalogue) for data in chosen]
    seconds = time.perf_counter() - start
    for page in pages:
        page.delete()
    return len(pages) / seconds
