"""A reader of the portal: searches (page and API) and pages, with the time that each took."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import requests

PATIENCE = 20
AT_ONCE = 4


@dataclass(frozen=True)
class Answer:
    """What a reader got: status 0 for nothing at all."""

    status: int
    seconds: float
    text: str
    data: Any = None

    @property
    def ok(self) -> bool:
        """Tell whether this is a page or data, as asked for."""
        return self.status == requests.codes.ok

    @property
    def degraded(self) -> bool:
        """Tell whether the answer of a search is marked as coming from the database."""
        return bool(self.data["degraded"]) if self.data is not None else 'id="degraded"' in self.text

    @property
    def total(self) -> int:
        """How many results the API found."""
        return int(self.data["total"]) if self.data is not None else 0

    def shows(self, address: str) -> bool:
        """Tell whether the API has a page of this address among the results."""
        found = self.data["results"] if self.ok else []
        return any(result["url"].endswith(address) for result in found)


class Reader:
    """Asks the portal, with no cookie and no session."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str, **parameters: Any) -> Answer:
        """Get a page or an answer of the API; never raises."""
        started = time.monotonic()
        with requests.Session() as session:
            session.trust_env = False
            try:
                answer = session.get(
                    self.url + path, params=parameters, timeout=PATIENCE, allow_redirects=False
                )
            except requests.RequestException as error:
                return Answer(0, time.monotonic() - started, str(error))
        seconds = time.monotonic() - started
        is_data = answer.headers.get("Content-Type", "").startswith("application/json")
        data = answer.json() if is_data else None
        if isinstance(data, dict):
            data.setdefault("degraded", None)
        return Answer(answer.status_code, seconds, answer.text, data)

    def page(self, words: str, **parameters: Any) -> Answer:
        """Search on the page."""
        return self.get("/tim-kiem/", q=words, **parameters)

    def api(self, words: str, **parameters: Any) -> Answer:
        """Search through the API."""
        return self.get("/api/v1/search", q=words, **parameters)


def at_once(asking: Callable[[str], Answer], words: Iterable[str], threads: int = AT_ONCE) -> list[Answer]:
    """Ask for each of these words, some at the same time."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(asking, words))
