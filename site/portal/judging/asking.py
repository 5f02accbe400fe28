"""Asks a running portal through its public API, as anyone could: the judge knows no other way in."""

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

SECONDS = 60


class PortalSilent(Exception):
    """The portal does not answer, or with an error of its own: nothing can be judged."""


@dataclass(frozen=True)
class Found:
    """A result, as far as it is judged."""

    code: str
    title: str


@dataclass(frozen=True)
class Answer:
    """What came back for a query, and after how many milliseconds; a refusal says why."""

    total: int
    results: tuple[Found, ...]
    milliseconds: float
    refusal: str = ""

    @property
    def codes(self) -> list[str]:
        """Return the codes of the results, the best first."""
        return [found.code for found in self.results]


class Portal:
    """A portal that runs at some address."""

    def __init__(self, url: str) -> None:
        self.search = f"{url.rstrip('/')}/api/v1/search?q="
        # No proxy of the environment: the portal is on this machine or named in full.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.name_of = cache(self._name_of)

    def ask(self, query: str) -> Answer:
        """Search for a query."""
        start = time.perf_counter()
        body, refusal = self._get(self.search + quote(query))
        milliseconds = (time.perf_counter() - start) * 1000
        if refusal:
            return Answer(0, (), milliseconds, refusal)
        if body.get("degraded"):
            raise PortalSilent("Elasticsearch did not answer the portal in time: nothing was judged.")
        found = (Found(str(result["code"]), str(result["title"])) for result in body["results"])
        return Answer(int(body["total"]), tuple(found), milliseconds)

    def _name_of(self, code: str) -> str:
        """Return the name of the procedure with a code, or "" when there is no such."""
        return next((found.title for found in self.ask(code).results if found.code == code), "")

    def _get(self, url: str) -> tuple[dict[str, Any], str]:
        """Return the answer, or the sentence with which a query was refused."""
        try:
            with self.opener.open(url, timeout=SECONDS) as answer:
                return json.load(answer), ""
        except urllib.error.HTTPError as error:
            with error:
                said = error.read().decode(errors="replace").strip()
            if error.code >= 500:
                raise PortalSilent(f"The portal answers {error.code}: {said[:300]}") from error
            return {}, f"{error.code} {said}"
        except (OSError, ValueError) as error:
            raise PortalSilent(f"The portal does not answer at {self.search}: {error}") from error
