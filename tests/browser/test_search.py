"""The search in a real browser: by keyboard alone, by touch, without script, under a strict policy."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django import DjangoDbBlocker

from search import popular, rebuilding
from search.client import writer
from tests import factories
from tests.browser.province import forget, served
from tests.browser.windows import Window
from tests.live.servers import Database
from tests.search.factories_asked import asked

pytestmark = pytest.mark.django_db  # so that they run before tests that empty the database

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'"
)
OPTIONS = "[role=listbox] > [role=option]"
FIELDS = {"/": "#q", "/thu-tuc/": "#header-q", "/tim-kiem/?q=zebra": "#q"}


def fill() -> None:
    """Publish what is searched, and index it."""
    factories.procedure("Đăng ký khai hươu", code="9.800001", sectors=("Chăn nuôi",))
    factories.procedure("Đăng ký lại khai hươu", code="9.800002", levels=("tinh",), sectors=("Chăn nuôi",))
    factories.procedure("Gia hạn khai hươu", code="9.800003", levels=("bo",), sectors=("Chăn nuôi",))
    for number in range(15):
        factories.procedure(f"zebra {number}", sectors=(f"Lĩnh vực {number:02}",))
    factories.procedure("zebra đường bộ", sectors=("Đường bộ",))
    rebuilding.rebuild(writer(), lambda done, total: None)
    for ago in range(popular.FEWEST_DAYS):
        asked("zebra", ago=ago, searches=popular.FEWEST_SEARCHES)


@pytest.fixture(scope="module")
def servers(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Serve it to all tests of this file; return the addresses of the servers."""
    folder: Path = tmp_path_factory.mktemp("search")
    own = {"SEARCH_INDEX": f"{settings.SEARCH_INDEX}-browser-{uuid4().hex[:8]}"}
    with django_db_blocker.unblock():
        database = Database(folder)
        with override_settings(**own), database.used():
            fill()
    with served(folder, database, own["SEARCH_INDEX"]) as urls:
        yield urls
    with override_settings(**own):
        forget()


@pytest.fixture
def page(chromium: Browser, servers: dict[str, str]) -> Iterator[Page]:
    """Return a fresh window; whatever it complains about fails the test."""
    window = Window(chromium, servers["portal"], "light", 1280)
    yield window.page
    window.page.context.close()
    assert window.complaints == []


@pytest.fixture
def phone(chromium: Browser, servers: dict[str, str]) -> Iterator[Page]:
    """Return a window of a small phone that is touched."""
    context = chromium.new_context(
        base_url=servers["portal"],
        locale="vi-VN",
        viewport={"width": 320, "height": 640},
        has_touch=True,
        is_mobile=True,
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def scriptless(chromium: Browser, servers: dict[str, str]) -> Iterator[Page]:
    """Return a window that runs no script."""
    context = chromium.new_context(base_url=servers["portal"], locale="vi-VN", java_script_enabled=False)
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
    page.keyboard.press("Escape")  # the second one takes the words
    expect(box).to_have_value("")
    page.keyboard.type("khai huo")
    expect(options).to_have_count(3)
    page.keyboard.press("Escape")
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


def test_an_empty_field_offers_what_people_search_to_who_asks(page: Page) -> None:
    page.goto("/")
    box, options = page.locator("#q"), page.locator(OPTIONS)
    box.focus()
    expect(options).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(options).to_have_text(["zebra Nhiều người tìm"])
    page.keyboard.press("ArrowDown")
    assert _active(page, "#q") == "zebra"
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.click()
    options.click()
    expect(page).to_have_url("/tim-kiem/?q=zebra")


def test_who_types_fast_asks_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/goi-y/" in request.url else None)
    page.clock.install()
    page.goto("/")
    page.clock.pause_at(timezone.now() + timedelta(hours=1))  # however slow this machine types
    page.locator("#q").press_sequentially("khai huo")
    page.clock.run_for(100)
    page.keyboard.type("u")
    page.clock.run_for(100)
    assert asked == []
    page.clock.run_for(100)
    expect(page.locator(OPTIONS)).to_have_count(3)
    assert [url.partition("?")[2] for url in asked] == ["q=khai+huou"]


def test_an_answer_that_comes_late_is_not_shown(page: Page) -> None:
    late: list[Route] = []
    page.route("**/goi-y/?q=zebra", lambda route: late.append(route))
    page.goto("/")
    with page.expect_request("**/goi-y/?q=zebra"):
        page.locator("#q").fill("zebra")
    page.locator("#q").fill("khai huou")
    expect(page.locator(OPTIONS)).to_have_count(3)
    late.pop().continue_()
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
    expect(page.locator(".mb-result")).to_have_count(1)  # its answer is said, too: it must not come later
    page.get_by_label("Tìm trong danh sách: lĩnh vực").focus()
    expect(values).to_have_count(16)
    page.keyboard.type("duong")
    expect(values).to_have_text(["Đường bộ (1)", "Lĩnh vực 03 (1)"])  # what is chosen stays in sight
    expect(page.get_by_role("status").filter(has_text="Số mục hiện ra: 2")).to_have_count(1)
    page.keyboard.press("Enter")  # sends nothing
    page.get_by_role("checkbox", name="Đường bộ (1)").check()
    expect(page.locator(".mb-result")).to_have_count(2)
    expect(values).to_have_count(2)  # the list in use stays as it is


def test_a_filter_works_in_place(page: Page) -> None:
    page.goto("/tim-kiem/?q=khai+huou")
    page.evaluate("window.same = true")
    said = _said(page)
    page.get_by_role("checkbox", name="Cấp xã (1)").focus()
    page.keyboard.press("Space")
    expect(page.locator(".mb-result")).to_have_count(1)
    expect(page).to_have_url("/tim-kiem/?q=khai+huou&level=xa")
    expect(page.get_by_role("checkbox", name="Cấp xã (1)")).to_be_focused()
    expect(page.locator("#level")).to_contain_text("Cấp tỉnh (1)")  # under all other filters
    expect(page.locator("#sector")).to_contain_text("Chăn nuôi (1)")
    assert said() == ["1 kết quả"]
    page.get_by_role("checkbox", name="Cấp tỉnh (1)").check()
    expect(page.locator(".mb-result")).to_have_count(2)
    page.get_by_label("Sắp xếp theo").focus()
    page.get_by_label("Sắp xếp theo").select_option("name")
    expect(page).to_have_url("/tim-kiem/?q=khai+huou&level=tinh&level=xa&sort=name")
    expect(page.get_by_label("Sắp xếp theo")).to_be_focused()
    assert said() == ["1 kết quả", "2 kết quả", "2 kết quả"]
    expect(page.locator("[role=status]:not(.mb-search *)")).to_have_count(1)
    assert page.evaluate("window.same")


def test_the_address_says_nothing_empty(page: Page) -> None:
    page.goto("/tim-kiem/?q=khai+huou&level=xa")
    page.locator("#q").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/tim-kiem/?q=khai+huou&level=xa")


def test_links_to_the_search_elsewhere_follow_the_filters(page: Page) -> None:
    page.goto("/tim-kiem/?q=khai+huou")
    page.get_by_role("checkbox", name="Cấp xã (1)").check()
    expect(page.locator(".mb-result")).to_have_count(1)
    own = "tim-kiem/?q=khai+huou&level=xa"
    expect(page.locator("link[rel=canonical]")).to_have_attribute("href", re.compile(re.escape(own)))
    feed = page.locator("link[type='application/atom+xml']")
    expect(feed).to_have_attribute("href", "/tim-kiem/tin.atom?q=khai+huou&level=xa")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"/en/{own}")
    expect(page.locator(".mb-result")).to_have_count(1)


def test_back_and_forward_after_filters(page: Page) -> None:
    page.goto("/tim-kiem/?q=khai+huou")
    page.evaluate("window.same = true")
    page.get_by_role("checkbox", name="Cấp xã (1)").check()
    expect(page.locator(".mb-result")).to_have_count(1)
    page.get_by_role("checkbox", name="Cấp bộ (1)").check()
    expect(page.locator(".mb-result")).to_have_count(2)
    page.go_back()
    expect(page.locator(".mb-result")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Cấp bộ (1)")).not_to_be_checked()
    page.go_back()
    expect(page.locator(".mb-result")).to_have_count(3)
    expect(page.locator(".mb-tags")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".mb-tags__link")).to_have_text(["Bỏ điều kiện lọc Cấp thực hiện: Cấp xã×"])
    assert page.evaluate("window.same")
    page.locator(".mb-result a").first.click()
    page.go_back()
    expect(page.get_by_role("checkbox", name="Cấp xã (1)")).to_be_checked()
    expect(page.locator(".mb-result")).to_have_count(1)


def test_what_is_chosen_is_taken_away(page: Page) -> None:
    page.goto("/tim-kiem/?q=khai+huou&level=xa&level=tinh&sector=chan-nuoi")
    page.evaluate("window.same = true")
    tags = page.locator(".mb-tags__link")
    tags.nth(0).focus()
    page.keyboard.press("Enter")
    expect(tags).to_have_count(2)
    expect(tags.nth(0)).to_be_focused()
    expect(page.get_by_role("checkbox", name="Cấp tỉnh (1)")).not_to_be_checked()
    page.locator(".mb-tags__all").click()
    expect(tags).to_have_count(0)
    expect(page.locator(".mb-result")).to_have_count(3)
    expect(page.locator("#chosen")).to_be_focused()
    assert page.evaluate("window.same")


def test_what_fails_in_place_is_a_plain_page(page: Page) -> None:
    page.goto("/tim-kiem/?q=khai+huou")
    page.evaluate("window.same = true")
    page.route(
        "**/tim-kiem/?*level=xa*",
        lambda route: (
            route.fulfill(status=429) if route.request.resource_type == "fetch" else route.continue_()
        ),
    )
    page.get_by_role("checkbox", name="Cấp xã (1)").check()
    expect(page).to_have_url("/tim-kiem/?q=khai+huou&level=xa")
    expect(page.locator(".mb-result")).to_have_count(1)
    assert not page.evaluate("window.same")


def test_filters_work_in_place_while_elasticsearch_is_away(
    chromium: Browser, servers: dict[str, str]
) -> None:
    window = Window(chromium, servers["debugging"], "light", 1280)
    window.page.goto("/tim-kiem/?q=khai+huou")
    window.page.evaluate("window.same = true")
    expect(window.page.locator("#degraded")).to_be_visible()
    window.page.get_by_role("checkbox", name="Cấp xã (1)").check()
    expect(window.page.locator(".mb-result")).to_have_count(1)
    expect(window.page.locator("#degraded")).to_be_visible()
    assert window.page.evaluate("window.same")
    window.page.context.close()
    assert window.complaints == []


def test_filters_fold_on_a_phone(phone: Page) -> None:
    phone.goto("/tim-kiem/?q=zebra")
    fold, filters = phone.locator(".mb-fold summary"), phone.locator("#filters")
    expect(filters).to_be_hidden()
    expect(fold).not_to_contain_text("đã chọn")
    assert _top(phone, "#total") < _top(phone, ".mb-fold") < _top(phone, ".mb-result")
    fold.tap()
    expect(filters).to_be_visible()
    phone.get_by_label("Lĩnh vực 03 (1)").check()
    expect(fold).to_contain_text("(1 đã chọn)")
    phone.get_by_role("button", name="Xem kết quả").tap()
    expect(filters).to_be_hidden()
    expect(phone.locator(".mb-result")).to_have_count(1)
    expect(phone.locator("#total")).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_ticked_on_a_phone_stays_where_it_is(phone: Page) -> None:
    phone.goto("/tim-kiem/?q=zebra")
    phone.locator(".mb-fold summary").tap()
    box = phone.get_by_label("Lĩnh vực 03 (1)")
    box.evaluate("box => scrollTo(0, box.getBoundingClientRect().top + scrollY - innerHeight / 2)")
    for ticked in (True, False):
        before = _top(phone, "#sector-linh-vuc-03")
        box.set_checked(ticked)
        expect(phone.locator(".mb-result")).to_have_count(1 if ticked else 16)
        phone.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert abs(_top(phone, "#sector-linh-vuc-03") - before) < 2


def test_the_link_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/tim-kiem/?q=khai+huou")
    page.get_by_role("checkbox", name="Cấp xã (1)").check()
    expect(page.locator(".mb-result")).to_have_count(1)
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.get_by_role("status").filter(has_text="Đã sao chép liên kết")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_nothing_moves_while_the_page_comes_up(page: Page) -> None:
    page.goto("/tim-kiem/?q=zebra")
    expect(page.locator("#narrow-sector")).to_be_visible()
    moved = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().reduce(
        (sum, entry) => sum + entry.value, 0))).observe({type: 'layout-shift', buffered: true})
        || setTimeout(() => done(0), 300))"""
    assert page.evaluate(moved) < 0.01


def test_without_script_it_is_a_plain_form(scriptless: Page) -> None:
    scriptless.goto("/")
    scriptless.locator("#q").fill("zebra")
    expect(scriptless.get_by_role("combobox")).to_have_count(0)
    scriptless.keyboard.press("Enter")
    expect(scriptless.locator(".mb-result")).to_have_count(16)
    expect(scriptless.locator("#narrow-sector")).to_be_hidden()
    scriptless.locator("#sector .mb-more a").click()
    expect(scriptless.locator("#values-sector label:visible")).to_have_count(16)
    expect(scriptless.locator(".mb-result")).to_have_count(0)
    scriptless.get_by_role("checkbox", name="Lĩnh vực 03 (1)").check()
    scriptless.get_by_role("button", name="Xem kết quả").click()
    expect(scriptless.locator(".mb-result")).to_have_count(1)
    expect(scriptless.get_by_role("button", name="Sao chép liên kết")).to_have_count(0)
    scriptless.set_viewport_size({"width": 320, "height": 640})
    expect(scriptless.locator("#filters")).to_be_hidden()
    scriptless.locator(".mb-fold summary").click()
    expect(scriptless.locator("#filters")).to_be_visible()
    scriptless.locator(".mb-tags__link").click()
    expect(scriptless.locator(".mb-result")).to_have_count(16)


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


def _said(page: Page) -> Callable[[], list[str]]:
    """Return what reads all that the live region has said of the total from now on."""
    page.evaluate("""() => {
        window.heard = [];
        new MutationObserver(() => window.heard.push(document.querySelector('#total').textContent)).observe(
            document.querySelector('#total'), {childList: true});
    }""")
    return lambda: page.evaluate("window.heard")


def _top(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"]
