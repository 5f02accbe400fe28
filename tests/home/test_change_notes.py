"""What a version changed is public with it: once, not before, and never as the note of the next version."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from home.models import ChangeNote
from news.models import ArticlePage
from tests import editing, factories
from tests.home.factories_collections import collection

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, tree: factories.Tree) -> Client:
    client.force_login(factories.administrator())
    return client


def note(client: Client, page: Any, text: str, button: str = "action-publish", **fields: Any) -> Any:
    return editing.edit(client, page, editing.information(change_note=text, **fields), button)


def test_a_note_is_public_with_its_version(editor: Client) -> None:
    page = factories.information("Lịch tiếp dân")
    note(editor, page, "Thêm buổi chiều thứ năm.", button="")
    assert "Thêm buổi chiều" not in Client().get(page.url).content.decode()
    note(editor, page, "Thêm buổi chiều thứ năm.", change_is_major="on")
    shown = Client().get(page.url).content.decode()
    assert "Thêm buổi chiều thứ năm." in shown
    assert "Thay đổi lớn" in shown
    kept = ChangeNote.objects.get()
    assert (kept.page_id, kept.is_major, kept.text) == (page.pk, True, "Thêm buổi chiều thứ năm.")


def test_the_editor_asks_anew_for_the_next_version(editor: Client) -> None:
    page = factories.information("Lịch tiếp dân")
    note(editor, page, "Thêm buổi chiều.", change_is_major="on")
    form = editor.get(f"/admin/pages/{page.pk}/edit/").context["form"]
    assert (form["change_note"].value(), form["change_is_major"].value()) == ("", False)
    note(editor, page, "Đang viết dở.", button="")
    form = editor.get(f"/admin/pages/{page.pk}/edit/").context["form"]
    assert form["change_note"].value() == "Đang viết dở."


def test_a_version_without_a_note_has_none(editor: Client) -> None:
    page = factories.information("Lịch tiếp dân")
    note(editor, page, "Thêm buổi chiều.")
    note(editor, page, "")
    assert ChangeNote.objects.count() == 1


def test_publishing_a_version_again_says_it_once(tree: factories.Tree) -> None:
    page = factories.article("Tin", change_note="Thêm số liệu tháng 11.")
    page.get_latest_revision().publish()
    page.unpublish()
    ArticlePage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert ChangeNote.objects.count() == 1


@pytest.mark.parametrize("kind", ["procedure", "decision", "article", "information"])
def test_each_type_of_page_shows_it(kind: str, tree: factories.Tree) -> None:
    page = getattr(factories, kind)(change_note="Đổi mẫu tờ khai.")
    assert "Đổi mẫu tờ khai." in Client().get(page.url).content.decode()


def test_a_page_that_is_not_saved_yet_is_previewed(editor: Client, tree: factories.Tree) -> None:
    address = f"/admin/pages/add/home/informationpage/{tree.home.pk}/preview/"
    data = editing.flat(editing.information(change_note="Trang mới."))
    assert editor.post(address, data).json()["is_valid"]
    assert "Trang mới." not in editor.get(address).content.decode()


def test_feeds_say_what_the_public_version_changed(editor: Client) -> None:
    page = factories.article("Họp báo", lead="Mời dự.")
    own_feed = f"{collection(types=['article']).url}tin.atom"

    def described() -> set[str]:
        answers = [Client().get(address, follow=True).content for address in ("/tin-tuc.atom", own_feed)]
        feeds = [ElementTree.fromstring(answer) for answer in answers]  # noqa: S314  our own
        return {str(feed.findtext(".//{*}entry/{*}summary")) for feed in feeds}

    assert described() == {"Mời dự."}
    for text, is_major, button in (("Đổi giờ.", "on", "action-publish"), ("Đang viết dở.", "", "")):
        changed = editing.article(
            title=page.title, lead=page.lead, change_note=text, change_is_major=is_major
        )
        editing.edit(editor, page, changed, button)
    assert described() == {"Mời dự. Thay đổi lớn: Đổi giờ."}
