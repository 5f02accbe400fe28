"""`manage.py import_site FILE`: brings in a branch that export_site wrote on another server."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.transfer.archive import Refused
from portal.transfer.importing import Import
from portal.transfer.outcomes import Outcome, Report

SOME_REFUSED, UNUSABLE = 1, 2


class Command(BaseCommand):
    """Writes all that can come in, in one transaction; the same file twice changes nothing.

    Exit status: 0 if all is well, 1 if records were refused, 2 if nothing of the file can be used.
    """

    help = "Bring in a branch of pages, and what they refer to, from a file that export_site wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file that export_site wrote")
        parser.add_argument(
            "--under", metavar="ADDRESS", help="the page to put the branch below, if not its old place"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument(
            "--take-theirs", action="store_true", help="write pages in conflict, too, as new versions"
        )
        parser.add_argument("--report", type=Path, metavar="FILE", help="a line of JSON for each record")

    def handle(self, *args: Any, **options: Any) -> None:
        given = Import(options["file"], options["under"], options["dry_run"], options["take_theirs"])
        try:
            report = given.run()
            if options["report"]:
                _write(report, options["report"])
        except Refused as error:
            raise CommandError(f"Nothing was imported. {error}", returncode=UNUSABLE) from error
        except OSError as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        self._say(report, all_of_them=options["verbosity"] > 1)
        counts = report.counts()
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")
        self.stdout.write(", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome))
        if counts[Outcome.REFUSED]:
            raise CommandError(f"{counts[Outcome.REFUSED]} records were refused.", returncode=SOME_REFUSED)

    def _say(self, report: Report, *, all_of_them: bool) -> None:
        """List what became of each record; of those that are unchanged only the number, unless asked for."""
        for result in report.results:
            if all_of_them or result.outcome is not Outcome.UNCHANGED:
                reason = f": {result.reason}" if result.reason else ""
                self.stdout.write(f"{result.outcome} {result.kind} {result.name}{reason}")
        for warning in report.warnings:
            self.stderr.write(f"warning: {warning}")


def _write(report: Report, path: Path) -> None:
    lines = [
        {"outcome": result.outcome, "type": result.kind, "name": result.name, "reason": result.reason}
        for result in report.results
    ]
    lines += [{"outcome": "warning", "reason": warning} for warning in report.warnings]
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines))
