"""How soon a page shows on a slow phone: Chromium, a slow line, nothing kept from an earlier visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from playwright.sync_api import Browser, CDPSession, Route, ViewportSize

RUNS: Final = 5
LATENCY_MS: Final = 150
LINE: Final = {
    "offline": False,
    "latency": LATENCY_MS,
    "downloadThroughput": 200_000,
    "uploadThroughput": 93_750,
}
"""Slow 4G, as Lighthouse has it: 150 ms for each request, 1.6 Mbit/s down, 0.75 up (here in bytes)."""
SLOWER_CPU: Final = 4
PHONE: Final = ViewportSize(width=360, height=800)
SWITCHES: Final = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")
LCP: Final = """() => new Promise(done => new PerformanceObserver(list => {
    const last = list.getEntries().at(-1);
    done([last.startTime, last.element ? last.element.tagName.toLowerCase() : ""]);
}).observe({type: "largest-contentful-paint", buffered: true}))"""
STYLE, SCRIPT, FONTS = "**/build/portal*.css", "**/build/portal*.js", "**/assets/fonts/*"
Swaps = Mapping[str, str]
"""Files that are sent in place of ours: pattern of an address, then the folder or file that is sent."""


@dataclass(frozen=True)
class Visit:
    """A first visit: milliseconds until the largest thing shows, what that is, requests and bytes sent."""

    lcp: float
    largest: str
    requests: int
    transferred: int


def visit(browser: Browser, url: str, swaps: Swaps) -> Visit:
    """Make a first visit to a page. Ours and a peer's alike: our policy would refuse its fonts."""
    context = browser.new_context(
        locale="vi-VN", viewport=PHONE, device_scale_factor=2, is_mobile=True, bypass_csp=True
    )
    page = context.new_page()
    for pattern in (STYLE, SCRIPT, FONTS):
        page.route(pattern, _Swapped(swaps.get(pattern, "")))
    sent: list[float] = []
    session = _slow(context.new_cdp_session(page), sent)
    page.goto(url, wait_until="networkidle")
    lcp, largest = page.evaluate(LCP)
    session.detach()
    context.close()
    return Visit(lcp, largest, len(sent), round(sum(sent)))


def middle(visits: list[Visit]) -> Visit:
    """Return the visit whose LCP is the median."""
    wanted = median(one.lcp for one in visits)
    return min(visits, key=lambda one: abs(one.lcp - wanted))


def _slow(session: CDPSession, sent: list[float]) -> CDPSession:
    """Slow line and processor down, and note the bytes of each answer: headers and body, as sent."""
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    return session


class _Swapped:
    """Lets a request go on, to another file of the same server if there is one for it."""

    def __init__(self, target: str) -> None:
        self.target = target

    def __call__(self, route: Route) -> None:
        if not self.target:
            route.continue_()
            return
        name = route.request.url.rsplit("/", 1)[-1]
        route.continue_(url=f"{self.target}{name}" if self.target.endswith("/") else self.target)
