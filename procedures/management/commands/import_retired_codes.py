"""`manage.py import_retired_codes FILE`: brings in the codes that the national catalogue had once."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from procedures.importing.reading import UnusableFile, read
from procedures.retired import bring_in

SOME_REFUSED, UNUSABLE = 1, 2


class Command(BaseCommand):
    """Reads JSON, one code a line: code, name, seen (2025-05), source.

    Exit status: 0 if all is well, 1 if lines were refused, 2 if the file cannot be used.
    """

    help = "Import codes that have left the national catalogue, one JSON object a line (.gz too)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="file of codes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = bring_in(read(options["file"]))
        except UnusableFile as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        for number, reason in result.refused:
            self.stderr.write(_("Line %(number)d: %(reason)s.") % {"number": number, "reason": reason})
        said = _("%(added)d codes added, %(changed)d changed, %(unchanged)d unchanged.")
        self.stdout.write(said % vars(result))
        if refused := len(result.refused):
            raise CommandError(
                _("%(number)d lines were refused.") % {"number": refused}, returncode=SOME_REFUSED
            )
