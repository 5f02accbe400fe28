"""The editors' handbook is read in the admin, with its pictures, by who may enter there."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.people import logged_in

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/so-tay/"


@pytest.fixture
def editor(tree: factories.Tree) -> Client:
    return logged_in(factories.administrator())


def test_the_handbook_is_there_with_all_its_pictures(editor: Client) -> None:
    html = editor.get(ADDRESS).content.decode()
    assert html.count("Sổ tay biên tập</h1>") == 0
    assert re.search(r'<h2 id="([^"]+)">Đăng một thủ tục</h2>', html)
    assert "<table>" in html
    pictures = re.findall(r'<img alt="[^"]+" src="(editors/[a-z-]+\.webp)"', html)
    assert len(pictures) > 10
    for name in pictures:
        response: Any = editor.get(f"{ADDRESS}{name}")
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert b"".join(response.streaming_content)[8:12] == b"WEBP"


def test_its_contents_lead_to_its_headings(editor: Client) -> None:
    html = editor.get(ADDRESS).content.decode()
    contents = re.findall(r'<a href="#([^"]+)"', html.partition("</nav>")[0].rpartition("<nav")[2])
    assert len(contents) > 8
    assert set(contents) <= set(re.findall(r'<h2 id="([^"]+)"', html))


def test_the_first_page_and_the_menu_lead_to_it_and_not_to_wagtail_s(editor: Client) -> None:
    html = editor.get("/admin/").content.decode()
    assert html.count(ADDRESS) >= 2
    assert "guide.wagtail.org" not in html


@pytest.mark.parametrize("name", ["../editors.md", "..%2Feditors.md", "%2e%2e/editors.md", "none.webp"])
def test_only_its_pictures_are_given(editor: Client, name: str) -> None:
    assert editor.get(f"{ADDRESS}editors/{name}", follow=True).status_code == 404


def test_who_is_no_editor_reads_it_not(tree: factories.Tree) -> None:
    assert Client().get(ADDRESS)["Location"].startswith("/admin/login/")
    assert Client().get(f"{ADDRESS}editors/bin.webp")["Location"].startswith("/admin/login/")


def test_the_steps_count_on_after_a_picture(editor: Client) -> None:
    html = editor.get(ADDRESS).content.decode()
    steps = html.partition("Đăng một thủ tục</h2>")[2].partition("<h2")[0]
    assert steps.count("<ol>") == 1
    assert steps.count("<img") >= 3
