"""`manage.py bench`: our figures beside a plain way of doing the same, in one run."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.bench import importing, indexing, reading
from portal.env import BASE_DIR
from procedures.models import ProcedurePage

CATALOGUE = BASE_DIR.parent / "shared" / "data" / "procedures.jsonl.gz"


class Command(BaseCommand):
    """Measures import, rebuild, search and pages; needs an empty database and Elasticsearch."""

    help = "Measure import, rebuild, search and pages. `make bench` gives it an empty database and servers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=CATALOGUE, help="records to import (JSONL, .gz too)")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"There is no {file}: name a file of records with --file.")
        if ProcedurePage.objects.exists():
            raise CommandError("The database has procedures already: name an empty one with DATABASE_URL.")
        for measure in (importing.run(file), indexing.run(), reading.run()):
            for line in measure:
                self.stdout.write(line)
                self.stdout.flush()
