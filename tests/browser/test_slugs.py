"""Field case 16: the editor's browser makes the slug that the server makes."""

import pytest
from playwright.sync_api import Page, expect

from home.text import slugify
from tests import factories

TITLES = {
    "Đăng ký khai sinh": "dang-ky-khai-sinh",
    "Cấp đổi Giấy phép lái xe": "cap-doi-giay-phep-lai-xe",
    "Thủ tục hòa giải ở cơ sở": "thu-tuc-hoa-giai-o-co-so",
    "ĐĂNG KÝ ĐẤT ĐAI": "dang-ky-dat-dai",
    "Đăng ký khai tử": "dang-ky-khai-tu",  # decomposed, as some keyboards type it
    "Ổi tên": "oi-ten",
}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_case_16_browser_and_server_agree(page: Page) -> None:
    factories.administrator()
    home = factories.Tree.load().home
    page.goto("/admin/login/")
    page.get_by_label("Tên đăng nhập").fill("quan-tri")
    page.locator("input[name=password]").fill("mat-khau-thu")
    page.locator("button[type=submit]").click()
    for title, slug in TITLES.items():
        page.goto(f"/admin/pages/add/home/informationpage/{home.pk}/")
        page.locator("#id_title").press_sequentially(title)
        page.locator("#id_title").blur()
        page.get_by_role("tab", name="Đường dẫn và tìm kiếm").click()
        expect(page.locator("#id_slug")).to_have_value(slug)
        assert slugify(title) == slug
