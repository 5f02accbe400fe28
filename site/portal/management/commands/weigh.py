"""`manage.py weigh`: what every page weighs, and how soon the most visited ones show on a slow phone."""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.env import BASE_DIR
from portal.weighing import pages, report, speed
from portal.weighing.speed import Visit
from procedures.models import ProcedurePage

DOCUMENT = BASE_DIR / "site/docs/weights.md"
START, END = "<!-- written by make weigh, from here -->", "<!-- to here -->"
KNOWN = "1.001193"
"""The procedure that most people come for: the birth of a child."""


class Command(BaseCommand):
    """Weighs the database in use; with the address of a portal that runs on it, measures its speed, too."""

    help = "Weigh every page of the database. `make weigh` prepares the real catalogue and a server for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--url", help="where a portal with this database runs: measures how soon it shows"
        )
        parser.add_argument("--peer", default="", help="path below which it has the files of the peer")
        parser.add_argument("--record", action="store_true", help=f"write the tables into {DOCUMENT.name}")

    def handle(self, *args: Any, **options: Any) -> None:
        procedures = list(pages.procedures(self._progress))
        if not procedures:
            raise CommandError("The database has no procedures: name one that has with DATABASE_URL.")
        longest = [weight.name for weight in report.longest(procedures)]
        others = list(pages.others(longest))
        found = list(report.lines(procedures, others))
        kept = all(line.kept for line in found)
        sections = [report.weights(found), report.longest_texts(procedures), report.other_pages(others)]
        if options["url"]:
            busy = f"Load of the machine before the visits: {os.getloadavg()[0]:.1f}."
            ours, stock = visits(options["url"], options["peer"], longest[0])
            kept = kept and all(map(report.in_time, ours.values()))
            sections[1:1] = [iter([busy]), report.speeds(ours, stock)]
        text = "\n\n".join("\n".join(section) for section in sections)
        self.stdout.write(text)
        if options["record"]:
            write(DOCUMENT, f"{len(procedures):,} procedures.\n\n{text}")
        if not kept:
            sys.exit(1)

    def _progress(self, done: int) -> None:
        self.stderr.write(f"{done} procedures weighed")


def visits(url: str, peer: str, longest: str) -> tuple[dict[str, Visit], dict[str, Visit]]:
    """Visit four pages, ours and the peer's in turn, and return the middle visit to each."""
    from playwright.sync_api import sync_playwright  # of requirements-dev.txt: only the speed needs it

    addresses = {
        "home": "/",
        "search": "/tim-kiem/?q=khai+sinh",
        f"procedure {KNOWN}": address(KNOWN),
        f"procedure {longest}, the longest": address(longest),
    }
    swaps = {
        speed.STYLE: f"{url}{peer}govuk-frontend.min.css",
        speed.SCRIPT: f"{url}{peer}govuk-frontend.min.js",
        speed.FONTS: f"{url}{peer}",
    }
    ours, stock = {}, {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=speed.SWITCHES)
        for name, path in addresses.items():
            speed.visit(browser, url + path, {})  # warms the server up, not the browser
            both = [
                (speed.visit(browser, url + path, {}), speed.visit(browser, url + path, swaps))
                for _run in range(speed.RUNS)
            ]
            ours[name] = speed.middle([one for one, _other in both])
            stock[name] = speed.middle([other for _one, other in both])
        browser.close()
    return ours, stock


def address(code: str) -> str:
    """Return the path of a procedure: without the detour over its short address."""
    path = ProcedurePage.objects.visible().filter(code=code).values_list("url_path", flat=True).first()
    if path is None:
        raise CommandError(f"There is no procedure {code}.")
    return str(path).removeprefix("/home")


def write(document: Path, section: str) -> None:
    """Write the section between the two markers of the document."""
    before, _, rest = document.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    document.write_text(f"{before}{START}\n\n{section}\n\n{END}{after}", encoding="utf-8")
