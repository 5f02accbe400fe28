"""Every type of page in a real browser: fits, stands still, asks nobody else, and leaves its pictures."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import take_pictures
from tests.browser.kinds import KINDS, Kind, go
from tests.browser.windows import Look

MOST_SHIFT = 0.01
"""Of the sum of layout shifts (CLS), where 0.1 is called good."""
SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
        .observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))));
})"""
PAINTED = """() => new Promise(done =>
    new PerformanceObserver(list => list.getEntriesByName("first-contentful-paint").forEach(() => done()))
        .observe({type: "paint", buffered: true}))"""
WIDE = "document.documentElement.scrollWidth"
CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *")]
    .filter(element => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
        && getComputedStyle(element).overflowX === "hidden")
    .map(element => element.className || element.tagName)"""
WITH_COOKIE = {"rating", "rating-refused", "password"}
"""Their forms change something: Django's token against forged requests is a cookie."""

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@every_kind
def test_fits_every_width_and_leaves_no_cookie(look: Look, kind: Kind) -> None:
    page = look(kind.server)
    go(page, kind)
    expect(page.locator("h1")).to_have_count(1)
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert names == ({"csrftoken"} if kind.name in WITH_COOKIE else set())
    take_pictures(page, kind.name)
    fits(page, 1600)
    fits(page, 320)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    fits(page, 1280)


@every_kind
def test_nothing_moves_when_scripts_and_pictures_come_late(look: Look, kind: Kind) -> None:
    for width in (360, 1280):
        page = look(kind.server, width=width)
        if kind.links:
            go(page, kind)
        late = Late()
        page.route("**/*", late.take)
        page.goto(page.url if kind.links else kind.path, wait_until="commit")
        page.evaluate(PAINTED)
        late.let_go()
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFTS) < MOST_SHIFT, f"at {width} px"


def test_what_moves_is_noticed(look: Look) -> None:
    page = look()
    page.goto("/")
    page.evaluate(PAINTED)
    page.evaluate("document.body.prepend(document.querySelector('footer').cloneNode(true))")
    assert page.evaluate(SHIFTS) > MOST_SHIFT


def fits(page: Page, width: int) -> None:
    """Assert that nobody has to scroll sideways, and that no text is cut off."""
    page.set_viewport_size({"width": width, "height": 640})
    wide = page.evaluate(WIDE)
    assert wide <= width, f"{page.url} is {wide} px wide in a window of {width}"
    assert page.evaluate(CLIPPED) == []


class Late:
    """Holds scripts and pictures back until it lets them go."""

    def __init__(self) -> None:
        self.held: list[Route] | None = []

    def take(self, route: Route) -> None:
        if self.held is not None and route.request.resource_type in ("script", "image"):
            self.held.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        held, self.held = self.held or [], None
        for route in held:
            route.continue_()
