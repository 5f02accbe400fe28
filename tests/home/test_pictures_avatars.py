"""The picture of a person who works here: bounded and cleaned as all are, and for those who work here."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django.fixtures import Settings
from wagtail.users.models import UserProfile

from tests import factories
from tests.home import factories_pictures as files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, tree: factories.Tree) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.administrator())
    return client


def send(editor: Client, name: str, data: bytes) -> Any:
    """Save the account page with a picture; return the answer."""
    sent = {
        "name_email-first_name": "An",
        "name_email-last_name": "Nguyễn",
        "name_email-email": "an@example.vn",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        "locale-preferred_language": "vi",
        "locale-current_time_zone": "Asia/Ho_Chi_Minh",
        "avatar-avatar": files.upload(name, data),
    }
    return editor.post(reverse("wagtailadmin_account"), sent)


def test_a_person_shows_upright_and_says_nothing(editor: Client) -> None:
    assert send(editor, "toi.jpg", files.phone()).status_code == 302
    profile = UserProfile.objects.get()
    response = editor.get(profile.avatar.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    data = b"".join(response)
    response.close()
    image = Image.open(BytesIO(data))
    assert image.size == (120, 240)
    assert b"may-anh-thu" not in data
    assert 34853 not in image.getexif()


def test_a_large_one_is_made_small_and_inks_become_colours(editor: Client) -> None:
    assert send(editor, "muc.jpg", files.printer()).status_code == 302
    with Image.open(UserProfile.objects.get().avatar.path) as image:
        assert (image.mode, image.size) == ("RGB", (400, 200))
    assert send(editor, "lon.png", files.large(3000, 1500)).status_code == 302
    with Image.open(UserProfile.objects.get().avatar.path) as image:
        assert image.size == (400, 200)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("rong.png", files.large(11000, 11000), "65 megapixel"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg">', "error-message"),
        ("a.png", b"khong phai anh", "error-message"),
        ("dut.jpg", files.printer()[:900], "error-message"),
    ],
)
def test_what_is_no_picture_is_refused(editor: Client, name: str, data: bytes, sentence: str) -> None:
    response = send(editor, name, data)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not UserProfile.objects.get().avatar


def test_it_is_not_for_the_public(editor: Client) -> None:
    send(editor, "toi.jpg", files.phone())
    address = UserProfile.objects.get().avatar.url
    assert Client().get(address).status_code == 404
    assert editor.get("/media/avatar_images/../x.png").status_code == 404
    assert editor.get("/media/avatar_images/khong-co.png").status_code == 404
