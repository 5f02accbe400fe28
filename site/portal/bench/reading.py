"""Measures what a reader waits for on the page of a procedure."""

import random
from collections.abc import Iterator

from django.test import Client

from portal.bench.queries import SEED
from portal.bench.timing import Timings
from procedures.models import ProcedurePage

CALLS = 200


def run() -> Iterator[str]:
    """Yield a line for each measurement of the pages in the database."""
    chance = random.Random(SEED)  # noqa: S311  the same pages in each run
    pages = list(ProcedurePage.objects.visible().order_by("pk").values_list("pk", "url_path"))
    chosen = [chance.choice(pages) for _call in range(CALLS)]
    client = Client(SERVER_NAME="localhost")

    def show(path: str) -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")

    paths = [path.removeprefix("/home") for _pk, path in chosen]
    show(paths[0])
    yield f"procedure page                {Timings.of(show, paths)}"
    yield f"  peer: stock stream blocks   {Timings.of(_stock_blocks, [pk for pk, _path in chosen])}"


def _stock_blocks(pk: int) -> None:
    """Render the four stream fields as Wagtail does where no template of ours is in between."""
    page = ProcedurePage.objects.get(pk=pk)
    for field in (page.steps, page.channels, page.dossier, page.results):
        field.render_as_block()
