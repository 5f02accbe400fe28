"""A real Chromium on a live server; pictures of what it saw stay in var/screenshots."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from portal.env import VAR_DIR
from tests.browser.province import Province, fill, forget, served
from tests.browser.windows import THEMES, Look, Theme, Window
from tests.live.servers import Database

# Playwright's synchronous interface runs an event loop in this thread; Django then takes every query for
# one inside a coroutine, which it is not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SCREENSHOTS = VAR_DIR / "screenshots"
ALL_IMAGES = """async () => {
    const images = [...document.images];
    images.forEach(image => { image.loading = "eager"; });
    await Promise.allSettled(images.map(image => image.decode()));
}"""
SWITCHES = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder: they run once, on SQLite."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """Start Debian's Chromium for the whole session."""
    # What the migrations wrote, and tests get back, hangs on the connection. In Playwright's context
    # Django opens another one, of the same database.
    written = vars(connections["default"]).get("_test_serialized_contents")
    with sync_playwright() as playwright:
        vars(connections["default"])["_test_serialized_contents"] = written
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Return a fresh window; a script error or a request to another host fails the test."""
    context = chromium.new_context(
        base_url=live_server.url, locale="vi-VN", viewport={"width": 1280, "height": 900}
    )
    window = context.new_page()
    trouble: list[str] = []
    window.on("pageerror", lambda error: trouble.append(str(error)))
    window.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((live_server.url, "data:", "blob:"))
            else trouble.append(request.url)
        ),
    )
    yield window
    context.close()
    wait_for_answers()
    assert trouble == []


def wait_for_answers() -> None:
    """Wait until the live server has answered all that it was asked: it shares the tests' own database."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(20)


@pytest.fixture
def shoot(page: Page) -> Callable[[str], None]:
    """Return what takes full pictures of the page, at 360 and at 1280 px, light and dark."""
    return lambda name: take_pictures(page, name)


def take_pictures(page: Page, name: str) -> None:
    """Keep full pictures of a page, at 360 and at 1280 px, light and dark."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    plain = re.sub(r"[^a-z0-9-]", "-", name)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(ALL_IMAGES)
            page.screenshot(path=SCREENSHOTS / f"{plain}-{theme}-{width}.png", full_page=True)


@pytest.fixture(scope="session")
def province(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Province]:
    """Serve the demo to all tests that only look at it."""
    folder: Path = tmp_path_factory.mktemp("province")
    own = {
        "SEARCH_INDEX": f"{settings.SEARCH_INDEX}-browser-{uuid4().hex[:8]}",
        "MEDIA_ROOT": str(folder / "media"),
    }
    with django_db_blocker.unblock():
        database = Database(folder)
        with override_settings(**own), database.used():
            fill()
    with served(folder, database, own["SEARCH_INDEX"]) as urls:
        yield Province(urls, database)
    with override_settings(**own):
        forget()


@pytest.fixture
def look(province: Province, chromium: Browser, db: None) -> Iterator[Look]:
    """Return what opens a window on the province; whatever one of them complains about fails the test.

    `db` has these tests run before those that empty the tests' own database, which nobody uses here.
    """
    windows: list[Window] = []

    def open_window(server: str = "portal", theme: Theme = "light", width: int = 1280) -> Page:
        windows.append(Window(chromium, province.urls[server], theme, width))
        return windows[-1].page

    yield open_window
    for window in windows:
        window.page.context.close()
    assert [complaint for window in windows for complaint in window.complaints] == []
