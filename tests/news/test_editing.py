"""The editor's side of the news: the form with its tabs, what the search offers, the list of articles."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset

from news.models import ArticlePage
from tests import editing, factories
from tests.news.factories_articles import picture, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(client: Client, tree: factories.Tree) -> Client:
    client.force_login(factories.administrator())
    return client


def publish(editor: Client, tree: factories.Tree, **fields: Any) -> Any:
    return editing.add(editor, "news/articlepage", tree.news, sent(**fields), "action-publish")


def test_an_article_with_all_its_parts_is_published(editor: Client, tree: factories.Tree) -> None:
    procedure = factories.procedure()
    response = publish(
        editor,
        tree,
        as_of="2026-10-31",
        source_name="Báo",
        source_state="luoc-trich",
        pictures=inline_formset([{"image": picture().pk, "caption": "Quầy số 1", "alt_text": ""}]),
        related_links=inline_formset([{"related": procedure.pk}]),
    )
    assert response.status_code == 302, response.context["form"].errors
    page = ArticlePage.objects.get()
    assert page.live
    assert [row.caption for row in page.pictures.all()] == ["Quầy số 1"]
    assert [row.related_id for row in page.related_links.all()] == [procedure.pk]


def test_a_gallery_without_words_stays_a_draft(editor: Client, tree: factories.Tree) -> None:
    rows = inline_formset([{"image": picture("IMG", "").pk, "caption": "", "alt_text": "IMG_2041.jpg"}])
    response = publish(editor, tree, pictures=rows)
    assert response.status_code == 200
    assert response.context["form"].formsets["pictures"].non_form_errors()
    assert not ArticlePage.objects.filter(live=True).exists()


def test_only_procedures_and_decisions_can_be_related(editor: Client, tree: factories.Tree) -> None:
    other = factories.information()
    response = publish(editor, tree, related_links=inline_formset([{"related": other.pk}]))
    assert response.status_code == 200
    assert response.context["form"].formsets["related_links"].errors


def test_the_editor_has_tabs_and_asks_the_search(editor: Client, tree: factories.Tree) -> None:
    address = reverse("wagtailadmin_pages:add", args=("news", "articlepage", tree.news.pk))
    html = editor.get(address).content.decode()
    for said in ("data-related-offers", 'data-search="/api/v1/search"', "admin/related.js"):
        assert said in html
    assert html.count('role="tab"') >= 4


def offered(client: Client, *pages: Page) -> list[int]:
    addresses = {"address": [page.url if isinstance(page, Page) else page for page in pages]}
    answer = client.get(reverse("news_offers"), addresses)
    assert answer.status_code == 200
    return [page["id"] for page in answer.json()["pages"]]


def test_offers_are_public_procedures_and_decisions_in_their_order(
    editor: Client, tree: factories.Tree
) -> None:
    procedure, decision = factories.procedure(), factories.decision()
    private = factories.decision("2/QĐ")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    draft = factories.procedure("Nháp", live=False)
    asked = (decision, private, tree.news, draft, procedure, decision)
    assert offered(editor, *asked) == [decision.pk, procedure.pk]
    assert editor.get(reverse("news_offers"), {"address": ["/khong-co/", "", "\0", "../.."]}).json() == {
        "pages": []
    }


def test_offers_are_for_editors(client: Client, tree: factories.Tree) -> None:
    assert client.get(reverse("news_offers")).status_code == 302


def test_the_list_is_narrowed_by_topic_and_state(editor: Client, tree: factories.Tree) -> None:
    public = factories.article("Bài công khai", live=False)
    public.topics.add("Một cửa")
    public.save_revision().publish()
    factories.article("Bài nháp", live=False)
    changed = factories.article("Bài đang sửa")
    changed.lead = "Mới"
    changed.save_revision()

    def titles(**query: Any) -> set[str]:
        response = editor.get(reverse("articles:index"), query)
        assert response.status_code == 200
        return {page.title for page in response.context["object_list"]}

    assert titles() == {"Bài công khai", "Bài nháp", "Bài đang sửa"}
    assert titles(state="draft") == {"Bài nháp"}
    assert titles(state="live") == {"Bài công khai", "Bài đang sửa"}
    assert titles(state="changed") == {"Bài đang sửa"}
    assert titles(topics=str(public.topic_links.get().tag_id)) == {"Bài công khai"}
    assert titles(q="nháp") == {"Bài nháp"}
