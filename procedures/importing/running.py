"""A run: looks through the file, completes the catalogue, then takes the records chunk by chunk.

- A record with the hash and the importer's version of its last import is left alone before it is even parsed.
- A chunk is one transaction. If the database refuses it, its records are tried one by one, so that only those
  are refused that must be. A run that is cut off leaves whole records, and the next one goes on.
- A dry run does all that but write.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from home.text import fold
from procedures.importing import IMPORTER_VERSION, bulk, revising
from procedures.importing.catalogue import Catalogue
from procedures.importing.drafting import Draft, draft
from procedures.importing.findings import Finding, Kind
from procedures.importing.mapping.words import missing
from procedures.importing.outcomes import Outcome, Result, Totals
from procedures.importing.reading import Line, read
from procedures.importing.record import Refused, code_of, name_of
from procedures.importing.survey import Survey
from procedures.models import ImportedRecord, ProcedurePage

CHUNK = 100
REFUSALS = (Refused, DataError, IntegrityError, ValidationError)
"""What a record can be to blame for. Anything else ends the run: the next record would fare no better."""


@dataclass
class Known:
    """What the database has: imported records by code, and pages by code that no import wrote."""

    imported: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    by_hand: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Known":
        """Ask once for all."""
        records = ImportedRecord.objects.values_list("code", "record_hash", "importer_version", "page_id")
        imported = {
            code: (record_hash, version, page) for code, record_hash, version, page in records.iterator()
        }
        pages = ProcedurePage.objects.filter(imported_record=None).values_list("code", "code_suffix", "pk")
        by_hand = {".".join(filter(None, [code, suffix])): pk for code, suffix, pk in pages.iterator()}
        return cls(imported, by_hand)

    def has(self, code: str, record_hash: str) -> bool:
        """Tell whether this very record was imported by this very importer."""
        return self.imported.get(code, ("", "", 0))[:2] == (record_hash, IMPORTER_VERSION)

    def page_of(self, code: str) -> int | None:
        """Return the page of a code."""
        return self.imported[code][2] if code in self.imported else self.by_hand.get(code)


@dataclass
class Run:
    """One import of one file; `on_result` hears of each line in the order of the file."""

    path: Path
    on_result: Callable[[Result], None]
    on_total: Callable[[int], None] = lambda total: None
    dry_run: bool = False
    limit: int | None = None
    totals: Totals = field(default_factory=Totals)

    def execute(self) -> Totals:
        """Import the file. Raises `UnusableFile` before anything is written, if it is one."""
        self.known = Known.load()
        self.lines_of_code: dict[str, int] = {}
        survey = self._survey()
        self.catalogue = Catalogue()
        if self.dry_run:
            self.catalogue.pretend(survey)
        else:
            self.catalogue.complete(survey)
        lines = read(self.path, self.limit)
        while chunk := list(islice(lines, CHUNK)):
            for result in self._chunk(chunk):
                self.totals.add(result)
                self.on_result(result)
        return self.totals

    def _survey(self) -> Survey:
        """Read the whole file once: it is fit for use, and all names are known."""
        survey, self.names, total = Survey(), Counter[str](), 0
        for line in read(self.path, self.limit):
            total += 1
            if line.data is not None:
                self.names[fold(name_of(line.data))] += 1
                if not self.known.has(code_of(line.data), record_hash(line.data)):
                    survey.add(line.data)
        self.on_total(total)
        return survey

    def _chunk(self, chunk: list[Line]) -> list[Result]:
        results: list[Result] = []
        new: list[tuple[Line, bulk.NewPage]] = []
        for line in chunk:
            taken = self._take(line)
            if isinstance(taken, Result):
                results.append(taken)
            else:
                new.append((line, taken))
        results.extend(self._create(new))
        return sorted(results, key=lambda result: result.line)

    def _take(self, line: Line) -> Result | bulk.NewPage:
        """Decide about a line: what became of it, or the new page to be written with the chunk."""
        if line.data is None:
            return Result(line.number, "", Outcome.REFUSED, line.error)
        code, hashed = code_of(line.data), record_hash(line.data)
        if code in self.lines_of_code:
            reason = _("line %(line)d has this code already") % {"line": self.lines_of_code[code]}
            return Result(line.number, code, Outcome.REFUSED, reason)
        if code:
            self.lines_of_code[code] = line.number
        if self.known.has(code, hashed):
            return Result(line.number, code, Outcome.UNCHANGED)
        try:
            drafted = draft(line.data)
            page_id = self.known.page_of(drafted.full_code)
            if page_id is None:
                return bulk.NewPage(drafted, hashed)
            revised = revising.revise(
                page_id, drafted, line.data, hashed, self.catalogue, write=not self.dry_run
            )
        except REFUSALS as error:
            return Result(line.number, code, Outcome.REFUSED, reason_of(error))
        findings = [*self._findings(drafted), *revised.findings]
        return Result(line.number, code, revised.outcome, ", ".join(revised.parts), findings)

    def _create(self, new: list[tuple[Line, bulk.NewPage]]) -> Iterator[Result]:
        """Write new pages together, or one by one where that fails."""
        if not new:
            return
        if self.dry_run:
            yield from self._created(new)
            return
        try:
            bulk.create([page for _line, page in new], self.catalogue)
        except REFUSALS as error:
            if len(new) == 1:
                line, page = new[0]
                yield Result(line.number, page.draft.full_code, Outcome.REFUSED, reason_of(error))
                return
            for one in new:
                yield from self._create([one])
            return
        yield from self._created(new)

    def _created(self, new: Iterable[tuple[Line, bulk.NewPage]]) -> Iterator[Result]:
        for line, page in new:
            findings = self._findings(page.draft)
            yield Result(line.number, page.draft.full_code, Outcome.CREATED, "", findings)

    def _findings(self, drafted: Draft) -> list[Finding]:
        """Return what the record's mapping found, and what only shows beside the other records."""
        findings = list(drafted.findings)
        others = self.names[fold(drafted.values["name"])] - 1
        if others > 0:
            findings.append(Finding(Kind.SAME_NAME, str(others)))
        for basis in drafted.bases:
            known = self.catalogue.documents[basis.key]
            if missing(basis.title, [known.title, known.number, basis.kind, "số"]):
                findings.append(Finding(Kind.TITLE_DIFFERS, f"{basis.number}: {basis.title}"))
        return findings


def record_hash(data: dict[str, Any]) -> str:
    """Return the hash of a record as it came, whatever the order of its fields."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def reason_of(error: Exception) -> str:
    """Return in one line why a record was refused."""
    if isinstance(error, ValidationError):
        return "; ".join(error.messages)
    return " ".join(str(error).split())
