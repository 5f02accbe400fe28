"""By keyboard alone: from home to a printed list of papers, and through every page without losing the way."""

import shutil
import subprocess

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.kinds import KINDS, PROCEDURE, Kind, go
from tests.browser.stops import faults, tab_to, whole
from tests.browser.windows import Look

WALKED = {
    *(
        "home",
        "search-chosen",
        "search-refused",
        "procedures-filtered",
        "levels",
        "agency",
        "journey",
        "a-to-z",
    ),
    *("procedure", "checklist", "decision", "rating", "open-data", "accessibility", "gallery"),
}
PRINTED = "window.printed = 0; window.print = () => { window.printed += 1; };"
A4 = ViewportSize(width=794, height=1123)  # at 96 dots an inch
CASE, CHANNEL = "Trẻ có cha, mẹ đã đăng ký kết hôn", "Trực tiếp"
NAME = "Đăng ký khai sinh cho trẻ em"


def test_from_home_to_a_printed_list(look: Look) -> None:
    page = look()
    page.add_init_script(PRINTED)
    _find(page)
    _choose(page)
    assert faults(tab_to(page, page.locator("[data-print]"))[:-1]) == []
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed") == 1
    words = _printed(page)
    assert all(said in words for said in (NAME, CASE, CHANNEL, "9.000001"))
    assert "Cha, mẹ chưa đăng ký kết hôn" not in words  # what was not chosen is not on the paper


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name in WALKED], ids=lambda kind: kind.name)
def test_focus_is_always_seen_and_never_caught(look: Look, kind: Kind, width: int) -> None:
    page = look(kind.server, width=width)
    go(page, kind)
    stops = whole(page)
    assert len(stops) > 5
    assert faults(stops) == []


def _find(page: Page) -> None:
    """Come from home to the procedure, over suggestions and results."""
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Chuyển đến nội dung chính")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_id("q")
    page.keyboard.type("khai sinh cho tre em")
    expect(page.get_by_role("option")).not_to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/tim-kiem/?q=khai+sinh+cho+tre+em")
    assert faults(tab_to(page, page.get_by_role("link", name=NAME, exact=True))[:-1]) == []
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(NAME)


def _choose(page: Page) -> None:
    """Choose a case and a channel, and come to the list."""
    assert faults(tab_to(page, page.get_by_label(CASE))[:-1]) == []
    page.keyboard.press("Space")
    expect(page.get_by_label(CASE)).to_be_checked()
    assert faults(tab_to(page, page.get_by_label(CHANNEL, exact=True))[:-1]) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label(CHANNEL, exact=True)).to_be_checked()
    tab_to(page, page.locator(".mb-picker button"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{PROCEDURE}chuan-bi/?case=1&channel=truc-tiep")


def _printed(page: Page) -> str:
    """Print the page, keep the sheet as PDF and as a picture, and return its words."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    sheet = SCREENSHOTS / "checklist.pdf"
    pdf = page.pdf(path=sheet, format="A4", print_background=True)
    assert pdf.startswith(b"%PDF-")
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    page.screenshot(path=SCREENSHOTS / "checklist-printed.png", full_page=True)
    if reader := shutil.which("pdftotext"):
        done = subprocess.run(  # noqa: S603
            [reader, "-layout", str(sheet), "-"], capture_output=True, text=True, check=True
        )
        return " ".join(done.stdout.split())
    return " ".join(page.locator("body").inner_text().split())
