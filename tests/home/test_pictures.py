"""Pictures that come in: bounded, whole, upright, in RGB, and silent on where they were taken."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import ExifTags, Image
from pytest_django.fixtures import Settings

from home.models import PortalImage
from home.pictures import drawing
from home.pictures.cleaning import LONGEST_SIDE, cleaned
from tests import factories
from tests.home import factories_pictures as files

pytestmark = pytest.mark.django_db
FORMATS = ("format-jpeg", "format-webp", "format-avif", "format-png")
CMYK = ["cyan", "magenta", "yellow", "black"]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, tree: factories.Tree) -> Path:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail keeps renditions there
    return tmp_path


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.administrator())
    return client


def add(editor: Client, name: str, data: bytes) -> Any:
    """Upload a picture as an editor does; return the answer."""
    sent = {"title": "Ảnh", "file": files.upload(name, data)}
    return editor.post(reverse("wagtailimages:add"), sent)


def add_many(editor: Client, name: str, data: bytes) -> dict[str, Any]:
    """Upload a picture where many can be uploaded at once; return the answer."""
    sent = {"title": "Ảnh", "files[]": files.upload(name, data)}
    response = editor.post(reverse("wagtailimages:add_multiple"), sent)
    assert response.status_code == 200
    answer: dict[str, Any] = json.loads(response.content)
    return answer


def svg(content: str, size: str = 'width="90" height="60"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'.encode()


def stored(data: bytes, name: str = "anh.jpg") -> PortalImage:
    return PortalImage.objects.create(title="Ảnh", file=ImageFile(BytesIO(data), name=name))


def opened(file: Any) -> Image.Image:
    with file.open("rb") as handle:
        image = Image.open(BytesIO(handle.read()))
    image.load()
    return image


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rong.png", files.large(8200, 8000)),
        ("dong.gif", files.animation(12, 2400)),
    ],
)
def test_case_35_too_many_dots_are_refused_with_the_limit(editor: Client, name: str, data: bytes) -> None:
    response = add(editor, name, data)
    assert response.status_code == 200
    assert "65 megapixel" in response.content.decode()
    answer = add_many(editor, name, data)
    assert not answer["success"]
    assert "65 megapixel" in answer["error_message"]
    assert not PortalImage.objects.exists()


def test_case_35_an_import_is_refused_too() -> None:
    with pytest.raises(ValidationError, match="65 megapixel"):
        stored(files.large(8200, 8000), "rong.png")
    assert not PortalImage.objects.exists()


def test_case_35_a_large_phone_picture_is_taken_and_stored_smaller(editor: Client) -> None:
    assert add(editor, "lon.png", files.large(9248, 6936)).status_code == 302
    picture = PortalImage.objects.get()
    assert (picture.width, picture.height) == (LONGEST_SIDE, 3072)
    assert picture.file_size == picture.file.size


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_picture_that_breaks_off_is_refused(editor: Client, cut: float) -> None:
    data = files.saved(Image.effect_noise((300, 300), 80).convert("RGB"))
    broken = data[: int(len(data) * cut)]
    assert "file" in add(editor, "dut.jpg", broken).context["form"].errors
    assert not add_many(editor, "dut.jpg", broken)["success"]
    assert not PortalImage.objects.exists()


def test_case_36_inks_become_the_colours_of_a_screen() -> None:
    picture = stored(files.printer())
    for spec in FORMATS:
        image = opened(picture.get_rendition(f"width-400|{spec}").file)
        assert image.mode == "RGB", spec
        places = [(50, 100), (150, 100), (250, 100), (350, 100), (100, 10)]
        assert files.colours(image, *places) == [*CMYK, "white"], spec
    assert opened(picture.file).mode == "RGB"


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_case_36_a_phone_picture_stands_and_says_nothing(editor: Client, kind: str, name: str) -> None:
    assert add(editor, name, files.phone(kind)).status_code == 302
    picture = PortalImage.objects.get()
    assert (picture.width, picture.height) == (120, 240)
    original = opened(picture.file)
    assert dict(original.getexif()) == {ExifTags.Base.Copyright: "(c) Nguyen Van An"}
    for spec in FORMATS:
        rendition = picture.get_rendition(f"width-60|{spec}")
        assert (rendition.width, rendition.height) == (60, 120)
        image = opened(rendition.file)
        assert not dict(image.getexif()), spec
        assert not {"exif", "xmp", "icc_profile"} & image.info.keys()
        assert files.colours(image, (30, 10), (30, 110)) == ["red", "white"]


def test_case_36_a_stored_file_of_before_says_nothing_either(media: Path) -> None:
    picture = stored(files.saved(Image.new("RGB", (240, 120))))
    Path(picture.file.path).write_bytes(files.phone())
    for spec in ("format-jpeg", "format-png"):
        image = opened(picture.get_rendition(f"width-60|{spec}").file)
        assert not dict(image.getexif())
        assert image.size == (60, 120)


def test_what_has_nothing_to_hide_is_stored_as_it_came() -> None:
    for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
        data = files.saved(Image.new("RGB", (50, 40), "teal"), kind)
        with stored(data, name).file.open("rb") as file:
            assert file.read() == data


def test_what_was_cleaned_is_not_cleaned_again() -> None:
    once = cleaned(ImageFile(BytesIO(files.phone()), name="a.jpg"))
    assert cleaned(once) is once


def test_an_svg_is_drawn_wherever_it_comes_in(editor: Client) -> None:
    """By its form, alone or with others, and by code: nothing else reaches the storage."""
    data = svg('<script>1</script><circle cx="45" cy="30" r="20" fill="red"/>')
    assert add(editor, "a.svg", data).status_code == 302
    assert add_many(editor, "B.SVG", data)["success"]
    stored(data, "c.svg")
    for picture in PortalImage.objects.all():
        assert picture.file.name.endswith(".png")
        image = opened(picture.file)
        assert (image.format, image.size) == ("PNG", (2048, 1365)) == ("PNG", (picture.width, picture.height))
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)
        assert files.colours(image, (1024, 680)) == ["red"]
    assert PortalImage.objects.count() == 3


def test_an_svg_that_asks_for_hours_is_refused(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "SECONDS", 1)
    work = '<filter id="f"><feTurbulence numOctaves="1000"/></filter>'
    data = svg(work + '<rect width="90" height="60" filter="url(#f)"/>' * 500)
    errors = add(editor, "a.svg", data).context["form"].errors
    assert "Hãy lưu thành PNG" in errors["file"][0]
    assert not PortalImage.objects.exists()


def test_a_transparent_picture_stays_transparent_and_is_white_as_jpeg() -> None:
    picture = stored(files.saved(Image.new("RGBA", (80, 80), (255, 0, 0, 0)), "PNG"), "a.png")
    assert opened(picture.get_rendition("width-40|format-webp").file).mode == "RGBA"
    image = opened(picture.get_rendition("width-40|format-jpeg").file)
    assert files.colours(image, (20, 20)) == ["white"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", svg('<image href="/etc/hostname" width="9" height="9"/>')),
        ("a.svg", svg('<image href="khac.png" width="9" height="9"/>')),
        ("a.svg", svg("<rect", size="")),
        ("a.svg", svg("", size='width="0" height="0"')),
        ("a.svg", files.saved(Image.new("RGB", (5, 5)), "PNG")),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("a.svg", b'<!DOCTYPE s [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'),
        ("a.png", b"khong phai anh"),
        ("a.bmp", files.saved(Image.new("RGB", (5, 5)), "BMP")),
    ],
)
def test_case_37_what_is_no_picture_of_its_kind_is_refused(editor: Client, name: str, data: bytes) -> None:
    assert "file" in add(editor, name, data).context["form"].errors
    answer = add_many(editor, name, data)
    assert (answer["success"], bool(answer["error_message"])) == (False, True)
    assert not PortalImage.objects.exists()
