"""`manage.py relevance`: scores a running portal on judged queries, through its public API."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.env import BASE_DIR, VAR_DIR
from portal.judging import judged, misses, tables
from portal.judging.asking import Portal, PortalSilent
from portal.judging.judging import Summary, judge, warm_up
from portal.judging.recording import Record, Run, UnusableRecord

OWN = sorted((BASE_DIR / "site/judged").glob("*.jsonl"))
DOCUMENT = BASE_DIR / "site/docs/relevance.md"
RECORD = BASE_DIR / "site/docs/relevance.json"
MISSES = VAR_DIR / "relevance"
UNUSABLE = 2


class Command(BaseCommand):
    """Needs a portal that runs with the real catalogue: `make relevance` prepares and starts one."""

    help = "Score a running portal on judged queries. `make relevance` starts one with the real catalogue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sets", nargs="*", type=Path, help="files of judged queries, beside our own sets")
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the portal runs")
        parser.add_argument("--record", action="store_true", help=f"write the run into {DOCUMENT.name}")
        parser.add_argument("--commit", default="", help="what the portal was built from")
        parser.add_argument("--note", default="", help="what is new, in a few words, for the record")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._judge(options)
        except (judged.UnusableSet, PortalSilent, UnusableRecord) as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error

    def _judge(self, options: dict[str, Any]) -> None:
        record = Record.read(RECORD)
        portal = Portal(options["url"])
        sets = {path.stem: judged.load(path) for path in (*options["sets"], *OWN)}
        warm_up(portal, next(iter(sets.values())))
        summaries = {}
        for name, queries in sets.items():
            judgements = judge(portal, queries)
            summaries[name] = Summary.of(judgements)
            self.stdout.writelines(
                f"{line}\n" for line in tables.lines(name, summaries[name], record.last(name))
            )
            path = MISSES / f"misses-{name}.tsv"
            number = misses.write(path, judgements, portal)
            self.stdout.write(f"{number} misses, with what came above: {path}\n\n")
            self.stdout.flush()
        if options["record"]:
            run = Run(f"{date.today():%Y-%m-%d}", options["commit"], options["note"], summaries)
            record.with_run(run).write(RECORD, DOCUMENT)
            self.stdout.write(f"Recorded in {DOCUMENT} and {RECORD.name}.")
