"""`manage.py seed_phrasings`: gives procedures the lines of what people say that come with the portal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from procedures.phrasings import seed

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


class Command(BaseCommand):
    """Reads code, _tab, line. To run it again adds what is new, for procedures imported since, too."""

    help = "Give procedures what people say: procedures/seeds/phrasings*.tsv, or another folder's."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=SEEDS, help="where the files are")

    def handle(self, *args: Any, **options: Any) -> None:
        result = seed(self._read(options["folder"]))
        said = _(
            "%(added)d lines added to %(pages)d procedures, %(present)d were there, %(without)d have no"
            " procedure here, %(long)d are too long."
        )
        numbers = {"added": result.added, "pages": len(result.pages), "present": result.present}
        numbers |= {"without": result.without_procedure, "long": result.too_long}
        self.stdout.write(said % numbers)

    def _read(self, folder: Path) -> Iterator[tuple[str, str]]:
        for path in sorted(folder.glob("phrasings*.tsv")):
            for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                code, _tab, line = row.partition("\t")
                if code.strip() and line.strip():
                    yield code.strip(), line
                elif row.strip():
                    said = _("%(file)s, line %(number)d: no code and line with a tab between them.")
                    self.stderr.write(said % {"file": path.name, "number": number})
