"""Goes through a page with the Tab key, and says of each stop whether a person sees where they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

MOST = 400
# A stop is compared with how it looks when focus has left it: so focus itself must have made the difference.
WATCH = """() => {
    const looks = element => [element, ...(element.labels ?? [])].flatMap(one =>
        ["", "::before", "::after"].map(part => {
            const style = getComputedStyle(one, part || null);
            return ["outline", "boxShadow", "backgroundColor", "border"].map(name => style[name]).join();
        })).join("|");
    const seen = element => {
        const box = [...element.getClientRects()].find(rect => rect.width && rect.height);
        if (!box) return false;
        const x = box.left + box.width / 2, y = box.top + box.height / 2;
        const top = document.elementFromPoint(x, y);
        return !!top && (element.contains(top) || top.contains(element)
            || [...(element.labels ?? [])].some(label => label.contains(top)));
    };
    window.stops = {last: null, at: () => {
        const now = document.activeElement, last = stops.last;
        const told = last && {marked: looks(last.element) !== last.looks};
        if (!now || now === document.body) {
            stops.last = null;
            return {told, name: ""};
        }
        const after = !last
            || !!(last.element.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING);
        stops.last = {element: now, looks: looks(now)};
        const label = now.labels?.[0]?.innerText || now.getAttribute("aria-label") || now.innerText || now.id;
        const name = `${now.tagName.toLowerCase()} ${label.trim().slice(0, 60)}`;
        return {told, name, seen: seen(now), after};
    }};
}"""

BEGIN = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
}"""


@dataclass
class Stop:
    """A place where focus rests: in sight, after the one before, and (known when it has left) marked."""

    name: str
    in_sight: bool
    in_order: bool
    marked: bool = False


def walk(page: Page) -> Iterator[Stop]:
    """Press Tab again and again and yield each stop, until focus leaves the page or begins anew.

    Whether a stop is marked is known once the next one was asked for.
    """
    page.evaluate(WATCH)
    last: Stop | None = None
    for _press in range(MOST):
        page.keyboard.press("Tab")
        said = page.evaluate("stops.at()")
        if last and said["told"]:
            last.marked = said["told"]["marked"]
        if not said["name"] or (last and not said["after"]):
            return
        last = Stop(said["name"], said["seen"], said["after"])
        yield last
    raise AssertionError(f"focus does not leave {page.url}: a keyboard trap")


def whole(page: Page) -> list[Stop]:
    """Return all stops of a page, from its beginning; some pages begin at what went wrong."""
    page.evaluate(BEGIN)
    return list(walk(page))


def tab_to(page: Page, target: Locator) -> list[Stop]:
    """Press Tab until an element has focus; return the stops on the way, the last of them not yet judged."""
    passed = []
    for stop in walk(page):
        passed.append(stop)
        if target.first.evaluate("element => element === document.activeElement"):
            return passed
    raise AssertionError(f"Tab never comes to {target}: {[stop.name for stop in passed]}")


def faults(stops: list[Stop]) -> list[str]:
    """Return what is wrong with stops: nobody would see where they are."""
    unmarked = [f"{stop.name}: focus does not show" for stop in stops if not stop.marked]
    return unmarked + [f"{stop.name}: hidden" for stop in stops if not stop.in_sight]
