"""Field group F on the very files of ../shared: bombs, inks, a picture from a phone, scripts in pictures."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django.fixtures import Settings

from home.models import PortalImage
from tests import factories
from tests.home import factories_pictures as files

pytestmark = [pytest.mark.django_db, pytest.mark.shared, pytest.mark.once]
ROOT = Path(__file__).resolve().parents[2]
BOMBS = ("35-bomb-121-megapixels.png", "35-bomb-256-megapixels.png", "35-gif-320-frames.gif")
MEASURE = """
import resource, sys, time
import django
django.setup()
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.fields import WagtailImageField
from home.models import PortalImage
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
name = sys.argv[1]
sent = SimpleUploadedFile(name.rpartition("/")[2], open(name, "rb").read())
before, began, refused = peak(), time.monotonic(), False
try:
    WagtailImageField().clean(sent)
except ValidationError:
    refused = True
print(refused, peak() - before, time.monotonic() - began)
"""


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, tree: factories.Tree) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail keeps renditions there


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.administrator())
    return client


@pytest.fixture
def inputs(shared_dir: Path) -> Path:
    return shared_dir / "field/inputs"


def refusals(editor: Client, path: Path) -> list[str]:
    """Return what is said where one picture is uploaded, where many are, and in a chooser."""
    data = path.read_bytes()
    said = []
    for name, field in (
        ("wagtailimages:add", "file"),
        ("wagtailimages_chooser:create", "image-chooser-upload-file"),
    ):
        sent = {field: files.upload(path.name, data), field.replace("file", "title"): "Ảnh"}
        response = editor.post(reverse(name), sent)
        assert response.status_code == 200
        said.append(response.content.decode())
    sent = {"title": "Ảnh", "files[]": files.upload(path.name, data)}
    answer = json.loads(editor.post(reverse("wagtailimages:add_multiple"), sent).content)
    assert not answer["success"]
    return [*said, answer["error_message"]]


@pytest.mark.parametrize("name", BOMBS)
def test_case_35_bombs_are_refused_everywhere_with_the_limit(editor: Client, inputs: Path, name: str) -> None:
    assert all("65 megapixel" in said for said in refusals(editor, inputs / name))
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize("name", BOMBS[:2])
def test_case_35_a_bomb_takes_neither_time_nor_memory(inputs: Path, name: str) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MEASURE, str(inputs / name)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
        check=True,
    )
    refused, megabytes, seconds = done.stdout.split()[-3:]
    assert refused == "True"
    assert int(megabytes) < 50
    assert float(seconds) < 2


def test_case_36_inks(editor: Client, inputs: Path) -> None:
    sent = {"title": "Mực in", "file": files.upload("36-cmyk.jpg", (inputs / "36-cmyk.jpg").read_bytes())}
    assert editor.post(reverse("wagtailimages:add"), sent).status_code == 302
    picture = PortalImage.objects.get()
    for spec in ("jpeg", "webp", "avif", "png"):
        with picture.get_rendition(f"width-600|format-{spec}").file.open("rb") as file:
            image = Image.open(file)
            image.load()
        assert image.mode == "RGB"
        bars = files.colours(image, *[(75 + place * 150, 300) for place in range(4)])
        assert bars == ["cyan", "magenta", "yellow", "black"], spec
        assert files.colours(image, (300, 5)) == ["white"]


def test_case_36_a_turned_picture(editor: Client, inputs: Path) -> None:
    data = (inputs / "36-exif-rotated-6.jpg").read_bytes()
    sent = {"title": "Ảnh", "file": files.upload("36-exif-rotated-6.jpg", data)}
    assert editor.post(reverse("wagtailimages:add"), sent).status_code == 302
    picture = PortalImage.objects.get()
    for spec in ("jpeg", "webp", "avif"):
        rendition = picture.get_rendition(f"width-150|format-{spec}")
        assert rendition.width < rendition.height
        with rendition.file.open("rb") as file:
            raw = file.read()
        assert b"Exif" not in raw
        assert b"may-anh-thu" not in raw
        with rendition.file.open("rb") as file:
            assert files.colours(Image.open(file), (75, 10)) == ["red"]
    with picture.file.open("rb") as file:
        assert b"may-anh-thu" not in file.read()


@pytest.mark.parametrize("name", ["37-ok.svg", "37-script.svg", "37-onload.svg"])
def test_case_37_an_svg_is_taken_and_drawn(editor: Client, inputs: Path, name: str) -> None:
    sent = {"title": "Biểu trưng", "file": files.upload(name, (inputs / name).read_bytes())}
    assert editor.post(reverse("wagtailimages:add"), sent).status_code == 302
    picture = PortalImage.objects.get()
    assert editor.get(picture.file.url).status_code == 404  # originals have no address
    with picture.file.open("rb") as file:
        data = file.read()
    assert b"data-ran" not in data
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (2048, 1365)) == ("PNG", (picture.width, picture.height))
        assert files.colours(image, (9, 9)) == ["red"]


@pytest.mark.parametrize("name", ["37-entities.svg", "37-script-named.png"])
def test_case_37_what_hides_in_a_picture_is_refused(editor: Client, inputs: Path, name: str) -> None:
    assert all(refusals(editor, inputs / name))
    assert not PortalImage.objects.exists()
