"""Addresses of pictures and documents: who may see a collection may see what is in it, and nobody else."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import Collection, CollectionViewRestriction

from home.models import PortalDocument, PortalImage
from tests import factories

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 ho so"
LOGIN, GROUPS, PASSWORD = (
    CollectionViewRestriction.LOGIN,
    CollectionViewRestriction.GROUPS,
    CollectionViewRestriction.PASSWORD,
)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, tree: factories.Tree) -> Path:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail keeps renditions there
    return tmp_path


@pytest.fixture
def inner() -> Collection:
    """Return a collection inside another: what is private there is private here."""
    outer = Collection.get_first_root_node().add_child(name="Hồ sơ")
    return outer.add_child(name="Ảnh hiện trường")


@pytest.fixture
def picture(inner: Collection) -> PortalImage:
    data = BytesIO()
    Image.new("RGB", (40, 30), "red").save(data, "PNG")
    file = ImageFile(BytesIO(data.getvalue()), name="hien-truong.png")
    return PortalImage.objects.create(title="Hiện trường", file=file, collection=inner)


@pytest.fixture
def paper(inner: Collection) -> PortalDocument:
    file = ContentFile(PDF, name="bien-ban.pdf")
    return PortalDocument.objects.create(title="Biên bản", file=file, collection=inner)


def restrict(collection: Collection, kind: str) -> CollectionViewRestriction:
    """Make the collection above private."""
    restriction = CollectionViewRestriction.objects.create(
        collection=collection.get_parent(), restriction_type=kind, password="mo-cua"
    )
    if kind == GROUPS:
        restriction.groups.add(Group.objects.get(name="Editors"))
    return restriction


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_case_15_an_open_picture_is_served_and_kept(
    client: Client, picture: PortalImage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = picture.get_rendition("width-20|format-webp").url
    assert address.startswith("/media/images/")
    with django_assert_num_queries(2):
        response = client.get(address)
    assert body(response)[8:12] == b"WEBP"
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert client.get(address, headers={"if-modified-since": response["Last-Modified"]}).status_code == 304
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("kind", [LOGIN, GROUPS, PASSWORD])
def test_case_15_a_private_picture_is_served_at_no_door(
    kind: str, client: Client, picture: PortalImage, inner: Collection
) -> None:
    rendition = picture.get_rendition("width-20")
    restriction = restrict(inner, kind)
    for address in (rendition.url, f"/media/{picture.file.name}"):
        response = client.get(address)
        assert b"PNG" not in body(response)
        assert response.status_code in (200, 301, 302, 404)
    response = client.get(rendition.url)
    assert response.headers.get("Content-Type", "text/html").startswith("text/html")
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert "Cookie" in response.headers["Vary"]
    restriction.delete()
    assert body(client.get(rendition.url)).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", [LOGIN, GROUPS, PASSWORD])
def test_case_15_who_may_see_a_private_collection_does(
    kind: str, client: Client, picture: PortalImage, paper: PortalDocument, inner: Collection
) -> None:
    rendition = picture.get_rendition("width-20")
    restriction = restrict(inner, kind)
    if kind == PASSWORD:
        address = f"/documents/authenticate_with_password/{restriction.pk}/"
        answer = client.post(address, {"password": "mo-cua", "return_url": rendition.url})
        assert answer.headers["Location"] == rendition.url
    else:
        client.force_login(factories.administrator())
    for item, start in ((rendition, b"\x89PNG"), (paper, PDF)):
        response = client.get(item.url)
        assert body(response).startswith(start)
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in response.headers["Vary"]


def test_case_15_a_login_of_another_group_sees_no_picture(
    client: Client, picture: PortalImage, inner: Collection
) -> None:
    rendition = picture.get_rendition("width-20")
    restrict(inner, GROUPS)
    user = factories.administrator()
    user.is_superuser = False
    user.save()
    client.force_login(user)
    assert client.get(rendition.url).status_code == 302
    user.groups.add(Group.objects.get(name="Editors"))
    assert body(client.get(rendition.url)).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", [LOGIN, GROUPS, PASSWORD])
def test_case_15_a_private_document_is_served_at_no_door(
    kind: str, client: Client, paper: PortalDocument, inner: Collection
) -> None:
    restrict(inner, kind)
    for address in (paper.url, f"/media/{paper.file.name}", f"/en{paper.url}"):
        response = client.get(address)
        assert PDF not in body(response)
    response = client.get(paper.url)
    assert response.status_code == (200 if kind == PASSWORD else 302)
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert "Biên bản" not in body(response).decode()


def test_case_15_an_open_document_runs_nowhere_and_is_asked_for_each_time(
    client: Client, paper: PortalDocument
) -> None:
    response = client.get(paper.url)
    assert body(response) == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert response.headers["Cache-Control"] == "no-cache"
    again = client.get(paper.url, headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    paper.file.save("to-khai.docx", ContentFile(b"PK\x03\x04"))
    response = client.get(paper.url)
    assert response.headers["Content-Disposition"].startswith("attachment")
    body(response)


def test_case_15_originals_and_documents_have_no_address_under_media(
    client: Client, picture: PortalImage, paper: PortalDocument, media: Path
) -> None:
    rendition = picture.get_rendition("width-20")
    (media / "images" / "khac.html").write_text("<script>")
    for name in (
        picture.file.name,
        paper.file.name,
        "images/khac.html",
        "images/khong-co.png",
        f"images/../{picture.file.name}",
        f"images/%2e%2e/{picture.file.name}",
        f"images//{rendition.file.name}",
        f"{rendition.file.name}%00",
        "images/",
        "images/" + "a" * 5000,
    ):
        assert client.get(f"/media/{name}", follow=True).status_code == 404, name
    for address in (f"/documents/{paper.pk}/khac.pdf", "/documents/99999999999999999999/a.pdf"):
        assert client.get(address).status_code == 404, address


def test_case_15_a_picture_whose_file_is_gone(client: Client, picture: PortalImage, media: Path) -> None:
    rendition = picture.get_rendition("width-20")
    (media / rendition.file.name).unlink()
    assert client.get(rendition.url).status_code == 404


HTML = b"<!doctype html><title>x</title><script>document.title='ran'</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>document.title='ran'</script></svg>"
UPLOADS = {
    "trang.html": HTML,
    "trang.htm": HTML,
    "anh.svg": SVG,
    "15-not-really.pdf": HTML,
    "bom.pdf": b"\xef\xbb\xbf\r\n " + HTML,
    "utf16.doc": HTML.decode().encode("utf-16"),
    "anh.docx": b"<?xml version='1.0'?>" + SVG,
    "chu.pdf": b"not pdf",
    "chu.docx": b"zz",
    "doi-ten.pdf": b"PK\x03\x04",
}


@pytest.mark.parametrize("door", ["/admin/documents/add/", "/admin/documents/multiple/add/"])
def test_case_15_what_a_browser_would_run_is_refused(client: Client, door: str) -> None:
    client.force_login(factories.administrator())
    root = Collection.get_first_root_node().pk
    single = door.endswith("documents/add/")
    for name, data in {**UPLOADS, "that.pdf": PDF}.items():
        file = SimpleUploadedFile(name, data)
        sent = {"title": name, "collection": root, "file" if single else "files[]": file}
        response = client.post(door, sent, headers={} if single else {"x-requested-with": "XMLHttpRequest"})
        assert response.status_code in (200, 302), name
        assert PortalDocument.objects.exists() is (name == "that.pdf"), name


def test_case_15_a_script_named_as_a_picture_is_refused_and_an_svg_loses_its_own(client: Client) -> None:
    client.force_login(factories.administrator())
    root = Collection.get_first_root_node().pk
    for name, status in (("37-script-named.png", 200), ("trang.html", 200), ("37-script.svg", 302)):
        sent = {"title": name, "collection": root, "file": SimpleUploadedFile(name, SVG)}
        assert client.post("/admin/images/add/", sent).status_code == status
    with PortalImage.objects.get().file.open("rb") as file:
        assert file.read().startswith(b"\x89PNG")


def test_case_15_a_page_with_a_private_picture_is_shown_without_it(
    client: Client, picture: PortalImage, inner: Collection
) -> None:
    article = factories.article(image=picture)
    restrict(inner, LOGIN)
    html = client.get(article.url).content.decode()
    names = {part.split('"')[0].split(" ")[0] for part in html.split("/media/images/")[1:]}
    assert names
    for name in names:
        assert client.get(f"/media/images/{name}").status_code == 302
