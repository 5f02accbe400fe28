"""`manage.py bench`: our figures beside a plain way of doing the same, in one run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.bench import importing, indexing, multiplying, reading, searching
from portal.env import BASE_DIR
from procedures.models import ProcedurePage
from search import lexicons

CATALOGUE = BASE_DIR.parent / "shared" / "data" / "procedures.jsonl.gz"


class Command(BaseCommand):
    """Measures all from an empty database, or the search alone with what the database and its index have."""

    help = "Measure import, rebuild, search and pages. `make bench` gives it an empty database and servers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=CATALOGUE, help="records to import (JSONL, .gz too)")
        parser.add_argument("--search", action="store_true", help="only the search, with the index there is")
        parser.add_argument("--many", action="store_true", help="the search among 100,000 pages, too")
        parser.add_argument("--pages", type=int, default=multiplying.PAGES, help="how many --many is")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["many"]:
            self._say(multiplying.run(options["pages"]))
        elif options["search"]:
            self._say(searching.run())
        else:
            self._measure_all(options["file"])

    def _measure_all(self, file: Path) -> None:
        if not file.is_file():
            raise CommandError(f"There is no {file}: name a file of records with --file.")
        if ProcedurePage.objects.exists():
            raise CommandError("The database has procedures already: name an empty one with DATABASE_URL.")
        self._say(importing.run(file))
        call_command("seed_search_terms", stdout=self.stderr)
        call_command("seed_phrasings", stdout=self.stderr)
        self._say(indexing.run())
        lexicons.forget()
        self._say(searching.run())
        self._say(reading.run())

    def _say(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.stdout.write(line)
            self.stdout.flush()
