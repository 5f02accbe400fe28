"""`manage.py make_roles`: the roles of the editors' house, and the way of a page to the public."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from portal import roles


class Command(BaseCommand):
    """Makes what is missing; to be run after each `migrate`, and as often as one likes."""

    help = (
        "Make the groups of the roles and the workflow: draft, legal review, publication. "
        "What is there already stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--branch", metavar="ADDRESS", help="make groups for one branch, such as /tin-tuc/, instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        names = roles.make(self._page(options["branch"]) if options["branch"] else None)
        self.stdout.write("\n".join(names))

    def _page(self, address: str) -> Page:
        """Return the page of an address."""
        wanted = f"/{address.strip('/')}/".replace("//", "/")
        for page in Page.objects.filter(depth__gte=2).filter(slug=wanted.strip("/").split("/")[-1]):
            if page.get_url() == wanted:
                return page
        raise CommandError(f"No page has the address {address}. Name one as readers see it: /tin-tuc/")
