"""The demo as readers meet it: a database and an index of its own, and servers that are processes."""

import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from io import StringIO
from pathlib import Path
from subprocess import Popen
from types import MappingProxyType
from typing import NamedTuple

from django.core.management import call_command
from wagtail.models import PageViewRestriction

from search import names, rebuilding
from search.client import writer
from tests import factories
from tests.live.servers import Database, environment, start, wait_until

PASSWORD_TITLE = "Tài liệu họp"  # its address: /tai-lieu-hop/
SERVERS: dict[str, dict[str, str]] = {
    "portal": {},
    # What only developers see, and how the search looks while Elasticsearch is away.
    "debugging": {
        "DJANGO_SETTINGS_MODULE": "tests.browser.debugging",
        "ELASTICSEARCH_URL": "http://127.0.0.1:9",
    },
}


def fill() -> None:
    """Load the demo and a page that has a password into the database in use, and index them."""
    call_command("load_demo", stdout=StringIO())
    page = factories.information(PASSWORD_TITLE)
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="mat-khau-hop"
    )
    rebuilding.rebuild(writer(), lambda done, total: None)


def forget() -> None:
    """Remove the index in use."""
    client = writer()
    for name in names.indexes(client):
        client.indices.delete(index=name)
    client.indices.delete_index_template(name=f"{names.alias()}-only-aliases")


class Province(NamedTuple):
    """The addresses of the servers by name, and the database behind them."""

    urls: dict[str, str]
    database: Database


@contextmanager
def served(
    folder: Path,
    database: Database,
    index: str,
    servers: Mapping[str, dict[str, str]] = MappingProxyType(SERVERS),
) -> Iterator[dict[str, str]]:
    """Run the servers in this block; it gets the address of each by name."""
    common = {
        "DATABASE_URL": database.url,
        "MEDIA_ROOT": str(folder / "media"),
        "SEARCH_INDEX": index.removeprefix("test-"),  # which the settings of the tests add
    }
    processes: list[Popen] = []
    urls: dict[str, str] = {}
    try:
        for name, special in servers.items():
            processes.append(_start(folder / f"{name}.log", environment(**common | special)))
        for name in servers:
            urls[name] = wait_until(partial(_address, folder / f"{name}.log"))
            wait_until(partial(_answers, urls[name]))
        yield urls
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(60)


def _start(log: Path, env: dict[str, str]) -> Popen:
    words = ("-c", "site/gunicorn.conf.py", "--no-control-socket", "--workers", "1", "--threads", "8")
    with log.open("w") as output:
        return start(
            *(sys.executable, "-m", "gunicorn", *words, "--bind", "127.0.0.1:0"),
            env=env,
            stdout=output,
            stderr=output,
        )


def _address(log: Path) -> str:
    """Return where a server says that it listens; nothing before it does."""
    _, _, rest = log.read_text().partition("Listening at: ")
    return rest.split(" ")[0] if " " in rest else ""


def _answers(url: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(urllib.error.URLError):
        direct.open(f"{url}/robots.txt", timeout=60).close()
        return True
    return False
