"""What others show of a shared address: a title, a picture, and nothing that the public may not see."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from home import sharing
from home.models import PortalImage, PortalPage, ProvinceSettings
from home.sharing_picture import SIZE, drawn
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LARGEST = 100_000
"""Bytes of a picture."""


def _head(client: Client, address: str) -> dict[str, str]:
    """Return what the head of a page says by the names of Open Graph."""
    html = client.get(address).content.decode()
    found = re.findall(r'<meta [^>]*?property="(og:[\w:]+)" content="([^"]*)">', html)
    assert len(found) == len(dict(found)), address
    return {name: unescape(content) for name, content in found}


def _path(client: Client, address: str) -> str:
    return _head(client, address)["og:image"].removeprefix("http://testserver")


def _card(title: str, label: str = "Thủ tục hành chính 1.001193") -> sharing.Card:
    return sharing.Card(1, title, label, "Tỉnh Quảng Ngãi")


def _photo() -> PortalImage:
    cache.clear()  # Wagtail keeps renditions by the key of their image, which tests use again
    file = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(file, "JPEG")
    return PortalImage.objects.create(title="Quầy", file=ImageFile(file, "quay.jpg"))


def test_every_type_of_page_says_what_to_show(client: Client, tree: factories.Tree) -> None:
    pages = [
        *(factories.procedure(), factories.decision(), factories.article(), factories.information()),
        *(tree.home, tree.procedures, tree.decisions, tree.news),
    ]
    for address in [*(page.url for page in pages), "/en/", "/tro-nang/", "/thu-tuc/linh-vuc/"]:
        head = _head(client, address)
        assert head["og:url"] == f"http://testserver{address}"
        assert head["og:title"], address
        assert "Minh Bạch" not in head["og:title"], address
        assert head["og:locale"] == "vi_VN"
        assert head["og:type"] in {"website", "article"}
        assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")
        assert head["og:image:alt"], address
        assert client.get(head["og:image"]).status_code == 200, address
        html = client.get(address).content.decode()
        assert '<meta name="twitter:card" content="summary_large_image">' in html


def test_a_description_is_said_once_and_never_blank(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure(summary='Cho trẻ "mới" sinh & cha mẹ')
    assert _head(client, page.url)["og:description"] == 'Cho trẻ "mới" sinh & cha mẹ'
    html = client.get(page.url).content.decode()
    assert html.count('name="description"') == 1
    html = client.get(factories.information().url).content.decode()
    assert "description" not in html.split("</head>")[0]


def test_an_error_shares_nothing(client: Client, tree: factories.Tree) -> None:
    assert set(_head(client, "/khong-co/")) == {"og:title"}


def test_a_picture_may_be_kept_for_ever(client: Client, tree: factories.Tree) -> None:
    path = _path(client, factories.procedure().url)
    response = client.get(path)
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert Image.open(BytesIO(response.content)).size == SIZE
    assert client.get(path).content == response.content


def test_an_address_of_before_leads_to_the_picture_of_now(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure("Tên cũ")
    before = _path(client, page.url)
    page.name = "Tên mới"
    page.save_revision().publish()
    now = _path(client, page.url)
    assert before != now
    assert client.get(before)["Location"] == now
    office = ProvinceSettings.for_site(tree.home.get_site())
    office.province = "Quảng Ngãi"
    office.save()
    assert _path(client, page.url) != now


def test_the_address_is_the_same_in_english(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure()
    assert _path(client, page.url) == _path(client, f"/en{page.url}")


def test_what_is_hidden_has_no_picture(client: Client, tree: factories.Tree) -> None:
    private, draft = factories.procedure(), factories.procedure(live=False)
    path = _path(client, private.url)
    assert client.get(path).status_code == 200
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    client.force_login(factories.administrator())
    assert client.get(path).status_code == 404
    own = sharing.card(draft, sharing.shared(draft).label, ProvinceSettings.for_site(tree.home.get_site()))
    assert client.get(own.path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/chia-se/1/0123456789abcdef.png",  # the root of the tree, which is no page
        "/chia-se/999999999999999999/0123456789abcdef.png",
        "/chia-se/9999999999999999999999/0123456789abcdef.png",
        "/chia-se/3/tieu-de-tuy-y.png",
    ],
)
def test_no_address_says_what_a_picture_says(path: str, client: Client, tree: factories.Tree) -> None:
    assert client.get(path, follow=True).status_code == 404


def test_a_made_up_key_leads_to_what_the_page_says(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure()
    made_up = f"/chia-se/{page.pk}/0123456789abcdef.png"
    assert client.get(f"{made_up}?title=x")["Location"] == _path(client, page.url)
    assert client.post(made_up).status_code == 405


def test_an_article_shows_its_own_picture(client: Client, tree: factories.Tree) -> None:
    page = factories.article(image=_photo(), image_alt="Người dân ở quầy")
    head = _head(client, page.url)
    assert head["og:image"].startswith("http://testserver/media/")
    assert head["og:image:alt"] == "Người dân ở quầy"
    assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")
    response = client.get(head["og:image"])
    content: Any = b"".join(response) if response.streaming else response.content
    assert Image.open(BytesIO(content)).format == "JPEG"


def test_an_article_whose_file_is_lost_shows_a_drawn_one(tree: factories.Tree, rf: Any) -> None:
    photo = _photo()
    page = factories.article(image=photo)
    photo.file.storage.delete(photo.file.name)
    photo.renditions.all().delete()
    cache.clear()
    found = sharing.picture_of(rf.get("/"), page)
    assert found is not None
    assert "/chia-se/" in found.url


def test_long_titles_and_odd_signs_fit() -> None:
    titles = ["", "Ữ Ễ Ặ Ợ Ẵ", "Đăng ký khai sinh " * 14, "A" * 255, "學位證書 🙂 \u200b", "một\nhai"]
    for title in titles:
        png = drawn(_card(title, "Mã " * 60))
        assert len(png) <= LARGEST, title
        assert Image.open(BytesIO(png)).size == SIZE


def test_letters_and_marks_are_inside_the_picture() -> None:
    def bright(image: Image.Image) -> tuple[int, int, int, int]:
        box = image.convert("L").point(lambda value: 255 if value > 200 else 0).getbbox()
        assert box is not None
        return box

    picture = Image.open(BytesIO(drawn(_card("Thủ tục cấp giấy phép " * 11, "")))).convert("RGB")
    left, _top, right, bottom = bright(picture.crop((0, 190, 1200, 610)))
    assert left >= 60
    assert right <= 1140
    assert bottom < 410


def test_heads_cost_no_query(
    client: Client, tree: factories.Tree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page: PortalPage = factories.information()
    client.get(page.url)
    with django_assert_max_num_queries(12):
        client.get(page.url)


def test_what_is_below_a_page_has_a_picture_of_its_own(client: Client, tree: factories.Tree) -> None:
    factories.procedure(agencies=("Sở Y tế tỉnh",))
    paths = {}
    for address, alt in (
        ("/thu-tuc/", "Thủ tục hành chính"),
        ("/thu-tuc/co-quan/so-y-te-tinh/", "Sở Y tế tỉnh"),
        ("/thu-tuc/linh-vuc/", "Lĩnh vực"),
    ):
        head = _head(client, address)
        assert head["og:image:alt"] == alt
        paths[address] = head["og:image"].removeprefix("http://testserver")
        assert client.get(paths[address])["Content-Type"] == "image/png"
    assert len(set(paths.values())) == 3
    nobody = paths["/thu-tuc/co-quan/so-y-te-tinh/"].replace("so-y-te-tinh", "tieu-de-tuy-y")
    assert client.get(nobody, follow=True).redirect_chain == [(paths["/thu-tuc/"], 302)]
