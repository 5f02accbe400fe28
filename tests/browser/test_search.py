"""The search in a real browser: by keyboard alone, by touch, without script, under a strict policy."""

from collections.abc import Callable, Iterator

import pytest
from elasticsearch import Elasticsearch
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from search import draining, names
from tests import factories
from tests.search.conftest import index  # noqa: F401  the same real index as in tests/search

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'"
)
OPTIONS = "[role=listbox] > [role=option]"
FIELDS = {"/": "#q", "/thu-tuc/": "#header-q", "/tim-kiem/?q=zebra": "#q"}


@pytest.fixture(autouse=True)
def content(transactional_db: None, index: Elasticsearch) -> None:  # noqa: F811
    factories.procedure("Đăng ký khai hươu", code="9.800001", sectors=("Chăn nuôi",))
    factories.procedure("Đăng ký lại khai hươu", code="9.800002", levels=("tinh",), sectors=("Chăn nuôi",))
    factories.procedure("Gia hạn khai hươu", code="9.800003", levels=("bo",), sectors=("Chăn nuôi",))
    for number in range(15):
        factories.procedure(f"zebra {number}", sectors=(f"Lĩnh vực {number:02}",))
    factories.procedure("zebra đường bộ", sectors=("Đường bộ",))
    draining.drain()
    index.indices.refresh(index=names.alias())


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Return a window of a small phone that is touched."""
    context = chromium.new_context(
        base_url=live_server.url,
        locale="vi-VN",
        viewport={"width": 320, "height": 640},
        has_touch=True,
        is_mobile=True,
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def scriptless(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Return a window that runs no script."""
    context = chromium.new_context(base_url=live_server.url, locale="vi-VN", java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("address", "field"), FIELDS.items())
def test_suggestions_by_keyboard_alone(page: Page, address: str, field: str) -> None:
    page.goto(address)
    box, options = page.locator(field), page.locator(OPTIONS)
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("khai huo")
    expect(options).to_have_count(3)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="3 gợi ý")).to_have_count(1)
    listbox = page.get_by_role("listbox")
    assert box.get_attribute("aria-controls") == listbox.get_attribute("id")
    expect(listbox).to_have_accessible_name(box.evaluate("field => field.labels[0].textContent"))

    page.keyboard.press("ArrowDown")
    assert _active(page, field) == "Đăng ký khai hươu"
    page.keyboard.press("ArrowUp")
    assert _active(page, field) == ""  # in the field again
    page.keyboard.press("ArrowUp")
    last = options.nth(2).locator("span").first.inner_text()
    assert _active(page, field) == last
    page.keyboard.press("End")
    assert _active(page, field) == ""
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    assert _active(page, field) == "" and box.evaluate("field => field.selectionStart") == 0
    page.keyboard.press("Escape")
    expect(listbox).to_have_count(0)
    expect(box).to_have_value("khai huo")
    page.keyboard.press("ArrowDown")  # opens what was there
    expect(options).to_have_count(3)
    page.keyboard.press("Tab")
    expect(listbox).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Đăng ký khai hươu")


def test_enter_without_a_choice_searches_for_the_words(page: Page) -> None:
    page.goto("/")
    page.locator("#q").focus()
    page.keyboard.type("khai huo")
    expect(page.locator(OPTIONS)).to_have_count(3)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/tim-kiem/?q=khai+huo")


def test_who_types_fast_asks_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/goi-y/" in request.url else None)
    page.goto("/")
    page.locator("#q").press_sequentially("khai huou", delay=20)
    expect(page.locator(OPTIONS)).to_have_count(3)
    assert len(asked) == 1


def test_an_answer_that_comes_late_is_not_shown(page: Page) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/goi-y/?q=zebra", late)
    page.goto("/")
    page.locator("#q").fill("zebra")
    page.wait_for_timeout(250)
    page.locator("#q").fill("khai huou")
    expect(page.locator(OPTIONS)).to_have_count(3)
    page.wait_for_timeout(800)
    expect(page.locator(OPTIONS).first).to_contain_text("Đăng ký khai hươu")


def test_nothing_is_inline(page: Page) -> None:
    """A strict content security policy finds nothing to refuse."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)

    def strictly(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": POLICY})

    page.route(lambda url: "/tim-kiem/" in url, strictly)
    page.goto("/tim-kiem/?q=zebra")
    page.locator("#q").fill("khai huou")
    expect(page.locator(OPTIONS)).to_have_count(3)
    page.locator("#narrow-sector").focus()
    expect(page.locator("#values-sector label")).to_have_count(16)
    page.locator("#narrow-sector").fill("duong")
    expect(page.locator("#values-sector label:visible")).to_have_count(1)
    assert refused == []


def test_suggestions_on_a_small_phone(phone: Page) -> None:
    for address, field in FIELDS.items():
        phone.goto(address)
        phone.locator(field).tap()
        phone.locator(field).fill("khai huou")
        options = phone.locator(OPTIONS)
        expect(options).to_have_count(3)
        box = phone.get_by_role("listbox").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320 and box["width"] >= 250
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320
        assert all((option.bounding_box() or {"height": 0})["height"] >= 44 for option in options.all())
        options.first.tap()
        expect(phone.locator("h1")).to_have_text("Đăng ký khai hươu")


def test_a_long_filter_narrows_by_what_is_typed(page: Page) -> None:
    page.goto("/tim-kiem/?q=zebra")
    values = page.locator("#values-sector label:visible")
    expect(values).to_have_count(10)
    page.get_by_role("checkbox", name="Lĩnh vực 03 (1)").check()
    page.get_by_label("Tìm trong danh sách: lĩnh vực").focus()
    expect(values).to_have_count(16)
    page.keyboard.type("duong")
    expect(values).to_have_text(["Đường bộ (1)", "Lĩnh vực 03 (1)"])  # what is chosen stays in sight
    expect(page.get_by_role("status").filter(has_text="Số mục hiện ra: 2")).to_have_count(1)
    page.keyboard.press("Enter")  # sends nothing
    page.get_by_role("checkbox", name="Đường bộ (1)").check()
    page.get_by_role("button", name="Lọc", exact=True).click()
    expect(page.locator(".mb-result")).to_have_count(2)


def test_without_script_it_is_a_plain_form(scriptless: Page) -> None:
    scriptless.goto("/")
    scriptless.locator("#q").fill("zebra")
    expect(scriptless.get_by_role("combobox")).to_have_count(0)
    scriptless.keyboard.press("Enter")
    expect(scriptless.locator(".mb-result")).to_have_count(16)
    expect(scriptless.locator("#narrow-sector")).to_be_hidden()
    scriptless.locator("#sector .mb-more a").click()
    expect(scriptless.locator("#values-sector label:visible")).to_have_count(16)


def test_pictures(page: Page, shoot: Callable[[str], None]) -> None:
    page.goto("/tim-kiem/?q=khai+huou+cap+xa")
    page.locator("#q").fill("khai huou")
    expect(page.locator(OPTIONS)).to_have_count(3)
    page.keyboard.press("ArrowDown")
    shoot("suggestions")


def _active(page: Page, field: str) -> str:
    """Return the text of the option that a screen reader is on."""
    option = page.locator(field).get_attribute("aria-activedescendant")
    if not option:
        expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
        return ""
    expect(page.locator(f"#{option}")).to_have_attribute("aria-selected", "true")
    return page.locator(f"#{option} span").first.inner_text()
