"""Measures what a reader waits for: the search and the page of a procedure."""

import random
from collections.abc import Iterator

from django.db.models import Q
from django.test import Client

from home.text import fold
from portal.bench.timing import Timings
from procedures.models import ProcedurePage

CALLS = 200
SEED = 2021


def run() -> Iterator[str]:
    """Yield a line for each measurement of the pages in the database, which the index has already."""
    chance = random.Random(SEED)  # noqa: S311  the same queries in each run
    pages = list(ProcedurePage.objects.visible().order_by("pk").values_list("pk", "name", "url_path"))
    chosen = [chance.choice(pages) for _call in range(CALLS)]
    queries = [_words(chance, name) for _pk, name, _path in chosen]
    client = Client(SERVER_NAME="localhost")

    def get(path: str, **parameters: str) -> None:
        response = client.get(path, parameters)
        if response.status_code != 200:
            raise RuntimeError(f"{path} {parameters}: {response.status_code}")

    def search(query: str) -> None:
        get("/api/v1/search", q=query)

    def search_page(query: str) -> None:
        get("/tim-kiem/", q=query)

    def show(path: str) -> None:
        get(path.removeprefix("/home"))

    paths = [path for _pk, _name, path in chosen]
    for call, warm in ((search, queries[0]), (search_page, queries[0]), (show, paths[0])):
        call(warm)
    yield f"search, API with facets       {Timings.of(search, queries)}"
    yield f"search, page with facets      {Timings.of(search_page, queries)}"
    yield f"  peer: SQL LIKE on the name  {Timings.of(_like, queries)}"
    yield f"procedure page                {Timings.of(show, paths)}"
    yield f"  peer: stock stream blocks   {Timings.of(_stock_blocks, [pk for pk, _name, _path in chosen])}"


def _words(chance: random.Random, name: str) -> str:
    """Return two to four neighbouring words of a name; every second query is typed without marks."""
    words = name.split()
    start = chance.randrange(max(len(words) - 3, 1))
    query = " ".join(words[start : start + chance.randint(2, 4)])
    return fold(query) if chance.random() < 0.5 else query


def _like(query: str) -> None:
    """Answer as a portal without an index does: LIKE for each word, a count and a first page; no facets."""
    condition = Q()
    for word in query.split():
        condition &= Q(name__icontains=word)
    found = ProcedurePage.objects.visible().filter(condition).order_by("-last_published_at")
    found.count()
    list(found[:20])


def _stock_blocks(pk: int) -> None:
    """Render the four stream fields as Wagtail does where no template of ours is in between."""
    page = ProcedurePage.objects.get(pk=pk)
    for field in (page.steps, page.channels, page.dossier, page.results):
        field.render_as_block()
