"""Looks after the index of the public search."""

import time
from argparse import ArgumentParser
from dataclasses import asdict
from json import dumps
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError

from search import checking, health, names, rebuilding, starting, verification
from search.client import writer
from search.documents import sources
from search.models import Rebuild

LISTED = 20
"""How many pages are listed of each kind of drift, unless all are asked for."""


class Command(BaseCommand):
    """`search_index status | rebuild | rollback | prune | check [--repair]`."""

    help = "Looks after the index of the public search."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the five things that can be done."""
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        status = actions.add_parser("status", help="say what is in use, what waits, and what was refused")
        status.add_argument("--json", action="store_true", help="the figures of /metrics, as JSON")
        actions.add_parser("rebuild", help="build a new index from the database and take it into use")
        actions.add_parser("rollback", help="take the index before into use again, brought up to date")
        actions.add_parser("prune", help="delete indexes that nobody uses")
        check = actions.add_parser("check", help="compare the index with the database; exit 1 if they differ")
        check.add_argument(
            "--repair", action="store_true", help="bring the pages that differ into the index again"
        )
        check.add_argument(
            "--all", action="store_true", help=f"list all pages that differ, not {LISTED} of a kind"
        )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Do it; whatever Elasticsearch or another rebuild has against it is said in a sentence."""
        try:
            getattr(self, f"do_{action}")(writer(), **options)
        except TransportError as error:
            raise CommandError(f"Elasticsearch does not answer at {_nodes()}: {error.message}") from error
        except ApiError as error:
            raise CommandError(f"Elasticsearch refuses: {error}") from error
        except rebuilding.RebuildError as error:
            raise CommandError(str(error)) from error

    def do_status(self, client: Elasticsearch, *, json: bool, **options: Any) -> None:
        """Say what is in use, what waits, and what was refused."""
        if json:
            self.stdout.write(dumps(asdict(health.read())))
            return
        self.say_what_waits()
        server = client.info()["version"]["number"]
        self.stdout.write(f"Elasticsearch {server} at {_nodes()}")
        if current := names.behind(client, names.alias()):
            count = client.count(index=current)["count"]
            visible = sum(source.visible().count() for source in sources.values())
            self.stdout.write(f"In use:   {current}, {count} documents; {visible} visible pages")
            if starting.of_other_mapping(client):
                self.stdout.write(
                    "          of another mapping than this code: run `manage.py search_index rebuild`"
                )
        else:
            self.stdout.write("In use:   none: run `manage.py search_index rebuild`")
        self.stdout.write(f"Before:   {rebuilding.previous(client) or 'none'}")
        if run := rebuilding.running():
            self.stdout.write(f"Building: {run.index}, {run.documents} documents so far, on {run.host}")
        elif leftover := names.behind(client, names.building_alias()):
            self.stdout.write(
                f"Left by a rebuild that died: {leftover}: `manage.py search_index prune` deletes it"
            )
        if last := Rebuild.objects.exclude(state=Rebuild.State.RUNNING).first():
            self.stdout.write(
                f"Last rebuild: {timezone.localtime(last.started_at):%d/%m/%Y %H:%M}, {last.state}"
            )

    def say_what_waits(self) -> None:
        """Say how many changes wait, since when, and which documents were refused."""
        now = health.read()
        since = f", the oldest for {now.oldest_seconds:.0f} s" if now.waiting else ""
        self.stdout.write(f"Outbox:   {now.waiting} changes wait{since}")
        for row in health.refused_documents().iterator():
            self.stdout.write(f"Refused:  page {row.page_id}, {row.attempts} times: {row.error}")

    def do_rebuild(self, client: Elasticsearch, **options: Any) -> None:
        """Build a new index from the database and take it into use."""
        started = time.monotonic()
        built = rebuilding.rebuild(client, self.show_progress)
        self.stdout.write(
            f"{built.documents} documents in {time.monotonic() - started:.1f} s: {built.index} is in use."
        )
        for page_id, reason in built.refused.items():
            self.stderr.write(f"Page {page_id} was refused: {reason}")
        if built.refused:
            raise CommandError(f"{len(built.refused)} documents were refused; all others are found.")

    def show_progress(self, done: int, total: int) -> None:
        """Show how far a rebuild is, on one line where a person watches."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} documents", ending="\n" if done >= total else "")

    def do_rollback(self, client: Elasticsearch, **options: Any) -> None:
        """Bring the index before up to date and take it into use again."""
        index = rebuilding.rollback(client)
        self.stdout.write(f"{index} is in use.")
        self.say_repaired(checking.check(client, repair=True))

    def do_prune(self, client: Elasticsearch, **options: Any) -> None:
        """Delete indexes that nobody uses."""
        gone = rebuilding.prune(client)
        self.stdout.write(f"Deleted: {', '.join(gone) or 'nothing'}")

    def do_check(self, client: Elasticsearch, *, repair: bool, **options: Any) -> None:
        """Compare the index with the database."""
        try:
            checked = checking.check(client, repair=repair)
        except checking.NoIndex as error:
            raise CommandError(str(error)) from error
        drift = checked.drift
        if not drift:
            self.stdout.write(f"The index is the database's truth: {drift.pages} pages, no difference.")
            return
        kinds = {"Missing": drift.missing, "Out of date": drift.stale, "Not to be seen": drift.ghosts}
        for name, ids in kinds.items():
            if ids:
                shown = ids if options["all"] else ids[:LISTED]
                rest = f" and {len(ids) - len(shown)} more" if len(ids) > len(shown) else ""
                self.stdout.write(f"{name}: {len(ids)}: {', '.join(map(str, shown))}{rest}")
        if repair:
            self.say_repaired(checked)
        else:
            self.fail_if_newer(drift)
            raise CommandError(
                f"{len(drift.ids)} of {drift.pages} pages differ; --repair brings them in again."
            )

    def say_repaired(self, checked: checking.Checked) -> None:
        """Say how many pages were brought in again, or that some could not be."""
        self.fail_if_newer(checked.drift)
        if left := checked.record.left:
            raise CommandError(f"{left} pages still differ: run `manage.py search_index rebuild`.")
        self.stdout.write(f"{checked.record.repaired} pages brought in again.")

    def fail_if_newer(self, drift: verification.Drift) -> None:
        """End with a sentence if the index has seen a database that was newer than this one."""
        if drift.from_the_future:
            raise CommandError(
                f"{drift.from_the_future} documents are newer than this database (a restored backup?): "
                "run `manage.py search_index rebuild`."
            )


def _nodes() -> str:
    return ", ".join(settings.ELASTICSEARCH_URL)
