"""Seeds the dictionary of the search."""

from typing import Any

from django.core.management.base import BaseCommand

from search.seeding import seed


class Command(BaseCommand):
    """`seed_search_terms`: may be run again at any time."""

    help = (
        "Adds the everyday words that come with the portal and were never in the dictionary. "
        "What editors changed or switched off stays as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, and say what became of the lines."""
        outcome = seed()
        for line in outcome.refused:
            self.stdout.write(f"refused: {line}")
        self.stdout.write(
            f"{outcome.added} lines added, {outcome.kept} were there already, {len(outcome.refused)} refused."
        )
