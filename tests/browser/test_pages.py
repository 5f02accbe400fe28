"""Every kind of page in a real browser: it fits a small phone, has one heading, and leaves its picture."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from elasticsearch import Elasticsearch
from playwright.sync_api import Page, expect
from pytest_django import Settings

from search import draining, names
from tests.search.conftest import index  # noqa: F401  the same real index as in tests/search

ADDRESSES = {
    "home": "/",
    "home-en": "/en/",
    "search": "/tim-kiem/?q=khai+sinh",
    "search-nothing": "/tim-kiem/?q=zzzz",
    "search-refused": "/tim-kiem/?q=khai+sinh&level=khong-co",
    "procedures": "/thu-tuc/",
    "sectors": "/thu-tuc/linh-vuc/",
    "procedure": "/thu-tuc/9.000001/",
    "procedure-large": "/thu-tuc/9.000019/",
    "procedure-tiny": "/thu-tuc/9.000040/",
    "decisions": "/quyet-dinh/",
    "decision": "/quyet-dinh/ >> .mb-row a",
    "news": "/tin-tuc/",
    "information": "/huong-dan-tra-cuu/",
    "not-found": "/khong-co-trang-nay/",
}


@pytest.fixture
def demo(
    transactional_db: None,
    index: Elasticsearch,  # noqa: F811
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Load the demo and bring it into an index of its own."""
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    call_command("load_demo", stdout=StringIO())
    draining.drain()
    index.indices.refresh(index=names.alias())


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("demo")
def test_every_page_fits_a_phone_and_has_one_heading(page: Page, shoot: Callable[[str], None]) -> None:
    for name, address in ADDRESSES.items():
        path, _, link = address.partition(" >> ")
        page.goto(path)
        if link:
            page.locator(link).first.click()
        expect(page.locator("h1")).to_have_count(1)
        page.set_viewport_size({"width": 320, "height": 640})
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{name} is {width} px wide on a phone of 320"
        shoot(name)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("demo")
def test_a_citizen_finds_a_procedure_with_the_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Chuyển đến nội dung chính")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("khai sinh cho tre em")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Tìm kiếm")
    page.get_by_role("link", name="Đăng ký khai sinh cho trẻ em").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Đăng ký khai sinh cho trẻ em")
