"""`manage.py import_procedures FILE`: brings a file of the national catalogue into the portal."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from procedures.importing.outcomes import Outcome, Result, Totals
from procedures.importing.progress import Progress
from procedures.importing.reading import UnusableFile
from procedures.importing.report import Report, open_report
from procedures.importing.running import Run
from procedures.models import ProcedureIndexPage

SOME_REFUSED, UNUSABLE, STOPPED = 1, 2, 130


class Command(BaseCommand):
    """Reads JSON, one record a line, packed with gzip or not; the fields are those of the national catalogue.

    Exit status: 0 if all is well, 1 if records were refused, 2 if the file or the database cannot be used.
    """

    help = "Import procedures of the national catalogue from a file of one JSON object a line (.gz too)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="file of records")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="one line for each record (JSON, or .csv)"
        )
        parser.add_argument("--limit", type=_positive, metavar="N", help="only the first N records")

    def handle(self, *args: Any, **options: Any) -> None:
        if not ProcedureIndexPage.objects.exists():
            raise CommandError(_("There is no list of procedures to import into."), returncode=UNUSABLE)
        try:
            with open_report(options["report"]) as report:
                totals = self._run(report, options)
        except KeyboardInterrupt as error:
            raise CommandError(
                _("Stopped. What is written is whole; run the command again to go on."), returncode=STOPPED
            ) from error
        except UnusableFile as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        except OSError as error:
            raise CommandError(
                _("The report cannot be written: %(error)s") % {"error": error}, returncode=UNUSABLE
            ) from error
        except OperationalError as error:
            raise CommandError(
                _("The database gave up: %(error)s. What is written is whole; run again to go on.")
                % {"error": error},
                returncode=UNUSABLE,
            ) from error
        self._say(totals, dry_run=options["dry_run"])
        if refused := totals.outcomes[Outcome.REFUSED]:
            raise CommandError(
                _("%(number)d records were refused; the report says why.") % {"number": refused},
                returncode=SOME_REFUSED,
            )

    def _run(self, report: Report, options: dict[str, Any]) -> Totals:
        progress = Progress(sys.stderr)

        def on_result(result: Result) -> None:
            report.add(result)
            progress.step()

        run = Run(options["file"], on_result, progress.start, options["dry_run"], options["limit"])
        try:
            return run.execute()
        finally:
            progress.finish()

    def _say(self, totals: Totals, *, dry_run: bool) -> None:
        names = {
            Outcome.CREATED: pgettext("records", "created"),
            Outcome.UPDATED: pgettext("records", "updated"),
            Outcome.UNCHANGED: pgettext("records", "unchanged"),
            Outcome.REFUSED: pgettext("records", "refused"),
            Outcome.CONFLICT: pgettext("records", "in conflict"),
        }
        sums = ", ".join(f"{totals.outcomes[outcome]} {name}" for outcome, name in names.items())
        self.stdout.write(_("%(lines)d records: %(sums)s.") % {"lines": totals.lines, "sums": sums})
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))
        if totals.findings:
            found = ", ".join(f"{kind} {number}" for kind, number in totals.findings.most_common())
            self.stdout.write(
                _("Found in so many records (the report says where): %(found)s.") % {"found": found}
            )


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError("must be a number above 0")
    return number
