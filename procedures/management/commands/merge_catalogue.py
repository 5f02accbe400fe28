"""`manage.py merge_catalogue sector KEPT OTHER...`: what the admin's "merge" does, by slugs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from procedures import merging
from procedures.models import Agency, LifeEvent, Sector

KINDS: dict[str, type[merging.Row]] = {"sector": Sector, "agency": Agency, "event": LifeEvent}


class Command(BaseCommand):
    """Merges rows of the catalogue."""

    help = (
        "Merge sectors, agencies or life events that mean one thing; the first slug is the one that is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("kept", help="slug of the row that is kept")
        parser.add_argument("others", nargs="+", help="slugs of the rows that go")

    def handle(self, *args: Any, **options: Any) -> None:
        model = KINDS[options["kind"]]
        wanted = [options["kept"], *options["others"]]
        rows = {row.slug: row for row in model._default_manager.filter(slug__in=wanted)}
        if missing := [slug for slug in wanted if slug not in rows]:
            raise CommandError(f"There is no such {options['kind']}: {', '.join(missing)}")
        try:
            kept = merging.merge(rows[wanted[0]], [rows[slug] for slug in dict.fromkeys(wanted[1:])])
        except merging.NotMergeable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{', '.join(wanted[1:])} → {kept.slug}")
