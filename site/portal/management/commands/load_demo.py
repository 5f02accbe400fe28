"""`manage.py load_demo`: a small province to look at."""

from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo import content, logins


class Command(BaseCommand):
    """Writes what is missing of the demo and its logins; what an editor changed stays as it is."""

    help = "Write the demo content and its logins. What is there already stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--logins", action="store_true", help="only print the logins: name, password, role"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo has public passwords, so it is not for these settings. Use portal.settings.dev."
            )
        if options["logins"]:
            for login in logins.LOGINS:
                self.stdout.write(f"{login.username} {login.password} {login.described}")
            return
        written = content.load()
        logins.create()
        if any(written.values()):
            call_command("seed_search_terms", stdout=StringIO())
            call_command("seed_phrasings", stdout=StringIO())
        self.stdout.write(", ".join(f"{number} {kind}" for kind, number in written.items()) + " written")
