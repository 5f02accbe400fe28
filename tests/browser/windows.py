"""A reader's window: what the browser complains about in it is kept."""

from collections.abc import Callable
from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

Theme = Literal["light", "dark"]
Look = Callable[..., Page]
THEMES: tuple[Theme, Theme] = ("light", "dark")


class Window:
    """A fresh window on one server, and its complaints: errors, refusals of the policy, other hosts."""

    def __init__(self, browser: Browser, url: str, theme: Theme, width: int) -> None:
        self.url = url
        self.complaints: list[str] = []
        context = browser.new_context(
            base_url=url,
            locale="vi-VN",
            color_scheme=theme,
            reduced_motion="reduce",
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(15_000)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        # That a page was not found is an error to the console, and what the test asked for.
        if (
            message.type in ("error", "warning")
            and "the server responded with a status of 4" not in message.text
        ):
            self.complaints.append(message.text)

    def _see(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.complaints.append(request.url)
