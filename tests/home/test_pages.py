"""The frame of every page, the home page, pages of information, and what is shown when something fails."""

import re
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from home import views
from home.models import PortalDocument, PortalImage, PortalPage, ProvinceSettings
from home.templatetags.home_tags import in_language
from search.popular import CACHED
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(tree: factories.Tree) -> list[str]:
    """Return the address of a page of each type."""
    pages: list[PortalPage] = [
        factories.procedure(),
        factories.decision(),
        factories.article(),
        factories.information(show_in_menus=True),
    ]
    lists = [
        "/",
        "/thu-tuc/",
        *(f"/thu-tuc/{way}/" for way in ("linh-vuc", "cap", "co-quan", "su-kien", "a-z", "moi")),
        "/thu-tuc/co-quan/uy-ban-nhan-dan-cap-xa/",
        "/quyet-dinh/",
        "/tin-tuc/",
        "/khong-co/",
    ]
    return [*lists, *(page.url for page in pages)]


def test_every_page_has_its_frame(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        html = client.get(address).content.decode()
        assert '<html class="govuk-template" lang="vi">' in html, address
        assert re.search(r"<title>\S.* – Minh Bạch</title>", html), address
        assert 'href="#main" class="govuk-skip-link"' in html, address
        assert html.count("<h1") == 1, address
        assert html.count("<main") == 1, address
        assert 'href="/gioi-thieu/"' in html, address  # the footer has what is in menus


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        html = client.get(address).content.decode()
        assert not re.search(r"\sstyle=|<style|\son\w+=", html), address
        scripts = [tag for tag in re.findall(r"<script[^>]*>", html) if "application/ld+json" not in tag]
        assert scripts == ['<script src="/static/build/portal.js" type="module">'], address
        assert not re.search(r'(?:src|srcset|action)="(?:https?:)?//', html), address
        assert not re.search(r'<link rel="(?!canonical|alternate)[^"]*"[^>]*href="http', html), address


def test_a_reader_gets_no_cookie(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        assert not client.get(address).cookies, address


def test_every_page_names_its_own_address_and_its_languages(client: Client, tree: factories.Tree) -> None:
    page = factories.information("Liên hệ")
    for prefix in ("", "/en"):
        html = client.get(f"{prefix}{page.url}").content.decode()
        assert f'<link rel="canonical" href="http://testserver{prefix}/lien-he/">' in html
        assert '<link rel="alternate" hreflang="vi" href="http://testserver/lien-he/">' in html
        assert '<link rel="alternate" hreflang="en" href="http://testserver/en/lien-he/">' in html


def test_the_language_switch_keeps_what_was_asked_for(client: Client, tree: factories.Tree) -> None:
    factories.procedure()
    assert 'href="/en/thu-tuc/?level=xa"' in client.get("/thu-tuc/?level=xa").content.decode()
    assert 'href="/thu-tuc/?level=xa"' in client.get("/en/thu-tuc/?level=xa").content.decode()


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/", "en", "/en/"),
        ("/en/", "vi", "/"),
        ("/en", "vi", "/"),
        ("/en/tin-tuc/", "en", "/en/tin-tuc/"),
        ("/english/", "en", "/en/english/"),
        ("/thu-tuc/", "vi", "/thu-tuc/"),
    ],
)
def test_an_address_in_another_language(path: str, language: str, expected: str) -> None:
    assert in_language(path, language) == expected


def test_in_english_the_frame_is_english_and_the_content_marked(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure("Đăng ký khai sinh", conditions="Không quá 60 ngày")
    address = f"/thu-tuc/{page.slug}/"
    html = client.get(f"/en{address}").content.decode()
    assert '<html class="govuk-template" lang="en">' in html
    assert re.search(r'<h1 [^>]*lang="vi">Đăng ký khai sinh</h1>', html)
    assert '<div lang="vi"><p>Không quá 60 ngày</p></div>' in html
    assert '<a class="mb-nav__link" href="/en/thu-tuc/" aria-current="true">Procedures</a>' in html
    assert 'lang="' not in client.get(address).content.decode().split("<main", 1)[1]


def test_no_language_is_guessed_from_the_browser(client: Client, tree: factories.Tree) -> None:
    assert 'lang="vi"' in client.get("/", headers={"accept-language": "en"}).content.decode()


def test_the_menu_says_where_one_is(client: Client, tree: factories.Tree) -> None:
    html = client.get("/tin-tuc/").content.decode()
    assert re.findall(r'<a class="mb-nav__link" href="([^"]+)"', html)[:3] == [
        "/thu-tuc/",
        "/quyet-dinh/",
        "/tin-tuc/",
    ]
    assert re.findall(r'href="([^"]+)" aria-current="page"', html) == ["/tin-tuc/"]


def test_search_comes_first_on_the_home_page(client: Client, tree: factories.Tree) -> None:
    html = client.get("/").content.decode()
    assert html.count('role="search"') == 1
    assert html.index('name="q"') < html.index("<h2") if "<h2" in html else True
    assert client.get("/tin-tuc/").content.decode().count('role="search"') == 1


def test_the_home_page_shows_what_the_others_publish(client: Client, tree: factories.Tree) -> None:
    factories.procedure("Thủ tục mới nhất", sectors=("Hộ tịch",))
    factories.decision(title="Quyết định mới nhất")
    factories.article("Tin mới nhất")
    factories.article("Bản nháp", live=False)
    html = client.get("/").content.decode()
    for shown in (
        *("?sector=ho-tich", "?level=xa", "/thu-tuc/cap/", "/thu-tuc/a-z/", "/thu-tuc/moi/"),
        *("Thủ tục mới nhất", "Quyết định mới nhất", "Tin mới nhất"),
    ):
        assert shown in html, shown
    assert "Bản nháp" not in html
    assert html.count("mb-card--large") == 1


def test_the_home_page_counts_procedures_twice_whatever_there_is(
    client: Client, tree: factories.Tree
) -> None:
    def counting() -> int:
        client.get("/")
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        assert len(queries) <= 27
        return sum("COUNT(" in query["sql"] and "procedurepage" in query["sql"] for query in queries)

    factories.procedure(levels=("xa", "tinh"))
    assert counting() == 2  # sets of levels, and sectors
    for number in range(5):
        factories.procedure(f"Việc {number}", sectors=(f"Lĩnh vực {number}",), levels=("bo",))
        factories.article(f"Tin {number}")
    assert counting() == 2


def test_the_home_page_offers_examples_until_people_have_searched(
    client: Client, tree: factories.Tree
) -> None:
    html = client.get("/en/").content.decode()
    assert "For example:" in html
    cache.set(CACHED, [(words, words) for words in ("ly hon", "sang ten xe", "tach thua")])
    html = client.get("/en/").content.decode()
    cache.delete(CACHED)
    assert "For example:" not in html
    assert 'href="/en/tim-kiem/?q=sang+ten+xe">sang ten xe</a>' in html


def test_the_emblem_of_the_province_takes_the_place_of_our_mark(client: Client, tree: factories.Tree) -> None:
    assert 'class="mb-hero__emblem" src="/static/img/mark.svg"' in client.get("/").content.decode()
    picture = BytesIO()
    Image.new("RGB", (400, 400), "red").save(picture, "PNG")
    emblem = PortalImage.objects.create(
        title="Biểu trưng", file=ImageFile(BytesIO(picture.getvalue()), name="bieu-trung.png")
    )
    province = ProvinceSettings.for_site(tree.home.get_site())
    province.emblem = emblem
    province.save()
    html = client.get("/").content.decode()
    assert 'mark.svg" width' not in html
    assert html.count("/bieu-trung") >= 2  # in the header, and large beside the search


def test_the_province_is_named(client: Client, tree: factories.Tree) -> None:
    province = ProvinceSettings.for_site(tree.home.get_site())
    province.province, province.phone, province.footer_note = "Quảng Ngãi", "(0255) 3 000", "Ghi chú <b>"
    province.save()
    html = client.get("/en/").content.decode()
    assert "Administrative procedures of Quảng Ngãi province" in html
    assert 'href="tel:02553000"' in html
    assert "Ghi chú &lt;b&gt;" in html


def test_a_page_of_information_shows_every_kind_of_block(client: Client, tree: factories.Tree) -> None:
    document = PortalDocument(title="Biểu mẫu")
    document.file.save("bieu-mau.pdf", ContentFile(b"%PDF"))
    table = {
        "columns": [{"type": "text", "heading": "Cấp"}, {"type": "number", "heading": "Số"}],
        "rows": [{"values": ["Xã", "1173"]}],
        "caption": "Theo cấp",
    }
    page = factories.information(
        body=[
            {"type": "text", "value": "<p>Đoạn văn</p>"},
            {"type": "quote", "value": "Trích dẫn"},
            {"type": "table", "value": table},
            {"type": "file", "value": {"title": "Tải về", "file": document.pk}},
        ]
    )
    html = client.get(f"/{page.slug}/").content.decode()
    assert "<p>Đoạn văn</p>" in html
    assert "<blockquote>Trích dẫn</blockquote>" in html
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">1.173</td>' in html
    assert '<div class="mb-scroll" tabindex="0" role="region" aria-label="Theo cấp">' in html
    assert "Tải về</a>" in html


def test_what_is_not_there_offers_the_ways_on(client: Client, tree: factories.Tree) -> None:
    response = client.get("/en/khong-co/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "Page not found" in html
    assert 'name="robots" content="noindex"' in html
    assert "canonical" not in html


def test_a_page_with_a_password_asks_for_it(client: Client, tree: factories.Tree) -> None:
    page = factories.information("Nội bộ")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="mo-cua")
    html = client.get(f"/en/{page.slug}/").content.decode()
    assert "Password needed" in html
    assert "Nội bộ" not in html
    where = re.search(r'<form action="([^"]+)" method="post">', html)
    assert where is not None
    back = {"password": "mo-cua", "return_url": f"/{page.slug}/"}
    assert client.post(where.group(1), back).status_code == 302
    assert "<h1" in client.get(f"/{page.slug}/").content.decode()
    assert "Nội bộ" in client.get(f"/{page.slug}/").content.decode()


def _fails(error: type[Exception]) -> None:
    raise error("tắt")


@pytest.mark.parametrize(("error", "status"), [(ValueError, 500), (OperationalError, 503)])
def test_a_failure_is_told_without_the_database(
    error: type[Exception], status: int, rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        try:
            _fails(error)
        except error:
            response = views.server_error(rf.get("/"))
    assert response.status_code == status
    assert "<h1" in response.content.decode()
    assert ("Retry-After" in response.headers) == (status == 503)


def test_crawlers_read_what_is_published(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Disallow: /tim-kiem/" in response.content.decode()


def test_a_visitor_reads_no_name_of_an_editor(client: Client, addresses: list[str]) -> None:
    factories.administrator("ten-bien-tap-vien")
    assert all("ten-bien-tap-vien" not in client.get(address).content.decode() for address in addresses)
