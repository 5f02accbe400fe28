"""Asks addresses outside whether they are still there: politely, and none within our own walls.

An editor can link to anything, so an address is asked only if its host is a public one (RFC 6890): the check
is no way to look around in the server's own network. Each redirect is looked at again.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from home.linkcheck.finding import collect
from home.models import Event, OutsideLink
from home.rules.telling import tell

SECONDS: Final = 150
"""How long one run goes on."""
PATIENCE: Final = (5, 10)
"""Seconds to connect, and to wait for the answer."""
BETWEEN: Final = 1.0
"""Seconds between two questions to one host."""
AGAIN: Final = timedelta(hours=20)
"""An address is asked once a night."""
HOPS: Final = 5
OF_A_HOST: Final = 40
"""Addresses of one host in a run: thousands of procedures name the national portal as their source."""
TOLD_AFTER: Final = 2
"""Nights after which people are told: a site may be away for one."""
BLOCKED: Final = frozenset({401, 403, 405, 407, 429})
"""Answers of sites that are there and do not like to be asked by a program."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question: the status, or a word of `ANSWERS`; and whether the address is dead."""

    said: str
    dead: bool


def run(seconds: float = SECONDS) -> int:
    """Collect the addresses, then ask those that have waited longest; return how many were asked."""
    collect()
    until = time.monotonic() + seconds
    asked, last = 0, dict[str, float]()
    with requests.Session() as session:
        session.headers["User-Agent"] = f"MinhBach-LinkCheck (+{settings.WAGTAILADMIN_BASE_URL})"
        for link in due():
            pause = last.get(link.host, 0) + BETWEEN - time.monotonic()
            if time.monotonic() + max(pause, 0) > until:
                break
            time.sleep(max(pause, 0))
            note(link, ask(session, link.url))
            last[link.host] = time.monotonic()
            asked += 1
    return asked


def due() -> list[OutsideLink]:
    """Return the addresses that are to be asked, those never asked first, hosts in turns."""
    before = timezone.now() - AGAIN
    waiting = OutsideLink.objects.filter(Q(checked_at=None) | Q(checked_at__lt=before))
    turns: dict[str, int] = {}
    chosen = []
    for link in waiting.order_by(F("checked_at").asc(nulls_first=True), "pk").iterator():
        turn = turns[link.host] = turns.get(link.host, 0) + 1
        if turn <= OF_A_HOST:
            chosen.append((turn, link))
    return [link for _turn, link in sorted(chosen, key=lambda item: item[0])]


def ask(session: requests.Session, url: str) -> Answer:
    """Ask an address, and where it leads."""
    for _hop in range(HOPS):
        if not is_public(url):
            return Answer("private", dead=False)
        try:
            response = _one(session, url)
        except requests.exceptions.SSLError:
            return Answer("certificate", dead=True)
        except requests.exceptions.Timeout:
            return Answer("timeout", dead=True)
        except (requests.exceptions.RequestException, UnicodeError):
            return Answer("unreachable", dead=True)
        if not response.is_redirect:
            status = response.status_code
            return Answer(str(status), dead=status >= 400 and status not in BLOCKED)
        url = urljoin(url, response.headers["Location"])
    return Answer("redirects", dead=True)


def _one(session: requests.Session, url: str) -> requests.Response:
    """Ask for the head of a page; where a site knows no such question, for the page, without reading it."""
    response = session.head(url, timeout=PATIENCE, allow_redirects=False)
    if response.status_code in {400, 403, 404, 405, 500, 501, 503}:
        response = session.get(url, timeout=PATIENCE, allow_redirects=False, stream=True)
        response.close()
    return response


def is_public(url: str) -> bool:
    """Tell whether the host of an address is a public one, as far as its names say now."""
    if settings.LINK_CHECK_PRIVATE_HOSTS:
        return True
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError, ValueError):
        return True  # nobody there; that is for the question itself to say
    return all(ipaddress.ip_address(str(entry[4][0])).is_global for entry in found)


def note(link: OutsideLink, answer: Answer, now: datetime | None = None) -> None:
    """Write an answer down; tell of an address that has been dead for some nights, once."""
    now = now or timezone.now()
    link.checked_at, link.answer = now, answer.said
    link.failures = link.failures + 1 if answer.dead else 0
    link.dead_since = (link.dead_since or now) if answer.dead else None
    link.save()
    if link.failures == TOLD_AFTER:
        for page in link.pages.all():
            tell(Event.DEAD_LINK, page, f"link {link.pk} {link.dead_since:%Y-%m-%d} page {page.pk}", link.url)
