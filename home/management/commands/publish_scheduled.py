"""`publish_scheduled`: publishes what is due and takes down what has expired, in place of Wagtail's own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.scheduling import all_due, run_schedule


class Command(BaseCommand):
    """Beat does the same every minute; both at once do everything once."""

    help = "Publish what is due and take down what has expired; exit status 1 if a page failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dryrun", action="store_true", help="List what is due and change nothing.")

    def handle(self, *args: Any, dryrun: bool = False, **options: Any) -> None:
        if dryrun:
            for due in all_due():
                self.stdout.write(str(due))
            return
        outcome = run_schedule()
        self.stdout.write(f"Published: {outcome.published}. Taken down: {outcome.expired}.")
        if outcome.failed:
            raise CommandError(f"{outcome.failed} failed and will be tried again: see the log.")
