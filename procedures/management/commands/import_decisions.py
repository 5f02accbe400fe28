"""`manage.py import_decisions FILE`: brings a table of decisions into the portal, as drafts."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from home.tables import UnreadableTable
from procedures.importing import decisions
from procedures.importing.outcomes import Outcome


class Command(BaseCommand):
    """Columns: Số hiệu, Ngày ban hành; if there: Trích yếu, Ngày hiệu lực, Ngày hết hiệu lực.

    Exit status: 0 if all is well, 1 if rows were refused or the file cannot be read.
    """

    help = "Import decisions from a CSV or XLSX as drafts. What is there already stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="table of decisions")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        totals: Counter[str] = Counter()
        try:
            for result in decisions.run(options["file"], dry_run=options["dry_run"]):
                totals[result.outcome] += 1
                self.stdout.write(f"{result.line}\t{result.outcome}\t{result.code}\t{result.reason}")
        except (UnreadableTable, FileNotFoundError) as error:
            raise CommandError(str(error)) from error
        if refused := totals[Outcome.REFUSED]:
            raise CommandError(_("%(number)d rows were refused; each line says why.") % {"number": refused})
