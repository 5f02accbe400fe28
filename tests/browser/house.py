"""The editors' house: the demo with its people, a Redis, a worker and a server of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.test import override_settings
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from portal.env import BASE_DIR, VAR_DIR
from tests.browser.province import fill, forget, served
from tests.live.servers import Database, Redis, Worker, environment

GUIDE = VAR_DIR / "screenshots" / "guide"
"""Pictures for site/docs/editors.md: copied from here to site/docs/editors/."""
WIDTH = 960
"""Pixels of such a picture."""


class House:
    """Where the people of the demo work."""

    def __init__(self, browser: Browser, urls: dict[str, str], env: dict[str, str]) -> None:
        self.browser, self.urls, self.env = browser, urls, env
        self.windows: list[Page] = []

    def enter(self, username: str, server: str = "portal") -> Page:
        """Log a person of the demo in, in a window of their own."""
        window = self.window(server)
        log_in(window, username)
        return window

    def window(self, server: str = "portal") -> Page:
        """Open a window in which nobody is logged in."""
        context = self.browser.new_context(
            base_url=self.urls[server], locale="vi-VN", viewport={"width": 1280, "height": 900}
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        self.windows.append(page)
        return page

    def run_schedule(self) -> None:
        """Publish what is due, as beat does each minute."""
        command = [sys.executable, "manage.py", "publish_scheduled"]
        subprocess.run(command, cwd=BASE_DIR, env=self.env, check=True, timeout=60)  # noqa: S603

    def close(self) -> None:
        """Close all windows."""
        for window in self.windows:
            window.context.close()


def log_in(window: Page, username: str) -> None:
    """Log a person of the demo in."""
    window.goto("/admin/")
    window.fill("#id_username", username)
    window.fill("#id_password", f"minh-bach-{username}")
    window.click("button[type=submit]")
    expect(window.get_by_role("button", name=username)).to_be_visible()


IMPATIENT = {"IDLE_SECONDS": "8", "IDLE_WARNING_SECONDS": "6"}
"""A server that logs out after ten seconds, and warns six seconds before."""


@contextmanager
def opened(browser: Browser, folder: Path) -> Iterator[House]:
    """Open the house: its servers, a worker, a Redis."""
    own = {
        "SEARCH_INDEX": f"{settings.SEARCH_INDEX}-house-{uuid4().hex[:8]}",
        "MEDIA_ROOT": str(folder / "media"),
    }
    database = Database(folder)
    with override_settings(**own), database.used():
        fill()
    redis = Redis()
    programs = environment(
        DATABASE_URL=database.url,
        MEDIA_ROOT=own["MEDIA_ROOT"],
        SEARCH_INDEX=own["SEARCH_INDEX"].removeprefix("test-"),
        BROKER_URL=redis.url,
    )
    worker = Worker(programs, folder)
    try:
        common = {"BROKER_URL": redis.url}
        servers = {"portal": common, "impatient": common | IMPATIENT}
        with served(folder, database, own["SEARCH_INDEX"], servers) as urls:
            house = House(browser, urls, programs)
            yield house
            house.close()
    finally:
        worker.stop()
        redis.remove()
        with override_settings(**own):
            forget()


def picture(page: Page, name: str) -> None:
    """Keep a picture for the editors' handbook, as it lies in site/docs/editors."""
    GUIDE.mkdir(parents=True, exist_ok=True)
    shot = Image.open(BytesIO(page.screenshot(animations="disabled")))
    shot.thumbnail((WIDTH, WIDTH))
    shot.save(GUIDE / f"{name}.webp", quality=80)


def ready(page: Page) -> None:
    """Wait until the editor knows what its form looked like at first: only then it sees what is written."""
    page.wait_for_function(
        """() => {
            const form = document.querySelector("form[data-controller~='w-unsaved']");
            const watch = window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-unsaved");
            return Boolean(watch?.initialFormData);
        }"""
    )


def press(page: Page, button: str) -> None:
    """Press one of the editor's actions, a selector; those behind the first are unfolded."""
    wanted = page.locator("footer").locator(button).first
    if not wanted.is_visible():
        page.locator("footer").get_by_role("button", name="Thao tác khác").click()
    wanted.click()


def left_editor(page: Page) -> None:
    """Wait until an action has led away from the editor."""
    page.wait_for_url(lambda url: "/edit/" not in url and "/add/" not in url)
