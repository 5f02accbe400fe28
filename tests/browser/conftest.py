"""A real Chromium on a live server; pictures of what it saw stay in var/screenshots."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from portal.env import VAR_DIR

# Playwright's synchronous interface runs an event loop in this thread; Django then takes every query for
# one inside a coroutine, which it is not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SCREENSHOTS = VAR_DIR / "screenshots"
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
    written = vars(connections["default"])["_test_serialized_contents"]
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
    assert trouble == []


@pytest.fixture
def shoot(page: Page, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what takes full pictures of the page, at 360 and at 1280 px."""

    def take(name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(
                path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]', '-', name)}-{width}.png", full_page=True
            )

    return take
