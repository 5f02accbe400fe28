"""`manage.py export_site --to FILE`: writes a branch, with pictures and files, for another server."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.transfer.exporting import Export, NoBranch


class Command(BaseCommand):
    """Writes one ZIP file; its manifest says what is in it and what is left out."""

    help = "Write a branch of pages, and what they refer to, into a file that import_site reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="FILE.zip", help="the file to write")
        parser.add_argument(
            "--branch", metavar="ADDRESS", help="address of its top, such as /tin-tuc/; all if left out"
        )
        parser.add_argument("--owners", action="store_true", help="say who made each page, by user name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            exported = Export(options["branch"], options["owners"]).write(options["to"])
        except NoBranch as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['to']} cannot be written: {error.strerror or error}") from error
        for warning in exported.warnings:
            self.stderr.write(f"warning: {warning}")
        self.stdout.write(", ".join(f"{number} {name}" for name, number in exported.counts.items()))
