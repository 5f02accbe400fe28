"""Addresses of pages: nothing whose time is over, nothing hidden, and old addresses in every language."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import RichText

from home.models import InformationPage, PortalPage
from procedures.models import ProcedurePage, RetiredCode
from tests import factories

pytestmark = pytest.mark.django_db

Make = Callable[[], PortalPage]
MAKERS: dict[str, Make] = {
    "procedure": factories.procedure,
    "decision": factories.decision,
    "article": factories.article,
    "information": factories.information,
    "list of procedures": lambda: factories.Tree.load().procedures,
    "list of decisions": lambda: factories.Tree.load().decisions,
    "list of articles": lambda: factories.Tree.load().news,
}


def let_expire(page: PortalPage) -> None:
    """End the time of a page as it is before beat has taken it down: live, and over."""
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("kind", MAKERS)
def test_case_1_a_page_whose_time_is_over_is_not_served(
    kind: str, client: Client, tree: factories.Tree
) -> None:
    page = MAKERS[kind]()
    assert client.get(page.url).status_code == 200
    let_expire(page)
    for address in (page.url, f"/en{page.url}"):
        assert client.get(address).status_code == 404
        assert client.options(address).status_code == 404
    assert Page.objects.get(pk=page.pk).live


def test_case_1_the_short_addresses_of_a_list_whose_time_is_over(
    client: Client, tree: factories.Tree
) -> None:
    page = factories.procedure()
    let_expire(tree.procedures)
    for address in (f"/thu-tuc/{page.code}/", "/thu-tuc/linh-vuc/", "/thu-tuc/co-quan/"):
        assert client.get(address).status_code == 404


def test_case_1_a_code_leads_to_no_hidden_page(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure()
    for hide in (let_expire, lambda page: page.unpublish()):
        assert client.get(f"/thu-tuc/{page.code}/").status_code == 302
        hide(page)
        response = client.get(f"/thu-tuc/{page.code}/")
        assert (response.status_code, page.slug in response.headers.get("Location", "")) == (404, False)
        Page.objects.filter(pk=page.pk).update(expire_at=None)


def test_a_page_whose_time_is_over_can_be_previewed_and_edited(client: Client, tree: factories.Tree) -> None:
    page = factories.information("Đã hết hạn")
    let_expire(page)
    client.force_login(factories.administrator())
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    revision = page.get_latest_revision()
    preview = client.get(f"/admin/pages/{page.pk}/revisions/{revision.pk}/view/")
    assert preview.status_code == 200
    assert "Đã hết hạn" in preview.content.decode()
    assert client.get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200


def test_breadcrumbs_name_no_page_that_cannot_be_opened(client: Client, tree: factories.Tree) -> None:
    parent = factories.information("Nháp quagga")
    page = factories.publish(InformationPage(title="Con"), parent)
    assert "Nháp quagga" in client.get(page.url).content.decode()
    let_expire(parent)
    assert "quagga" not in client.get(page.url).content.decode().split("<main")[0].split("<nav", 2)[2]
    Page.objects.filter(pk=parent.pk).update(expire_at=None, live=False)
    assert "Nháp quagga" not in client.get(page.url).content.decode()


def test_a_text_does_not_link_to_a_hidden_page(client: Client, tree: factories.Tree) -> None:
    target, other = factories.information("Đích quagga"), factories.information("Khác")
    text = f'<p><a linktype="page" id="{target.pk}">xem</a> <a linktype="page" id="{other.pk}">khác</a></p>'
    page = factories.information("Nguồn", body=[("text", RichText(text))])
    assert f'<a href="{target.url}">xem</a>' in client.get(page.url).content.decode()
    let_expire(target)
    html = client.get(page.url).content.decode()
    assert "<a>xem</a>" in html
    assert f'<a href="{other.url}">khác</a>' in html
    assert "quagga" not in html


def test_a_hidden_page_does_not_say_that_it_has_a_retired_code(tree: factories.Tree) -> None:
    RetiredCode.objects.create(code="9.000001", name="Thủ tục cũ", seen="2025-05")
    page = factories.procedure(code="9.000001")
    assert not RetiredCode.objects.of_keys(["9000001"]).exists()
    ProcedurePage.objects.filter(pk=page.pk).update(live=False)
    assert RetiredCode.objects.of_keys(["9000001"]).exists()


@pytest.fixture
def branch(tree: factories.Tree) -> InformationPage:
    """Return a page with one below it."""
    parent = factories.information("Mục A")
    factories.publish(InformationPage(title="Con"), parent)
    parent.refresh_from_db()
    return parent


@pytest.fixture
def rename(
    branch: InformationPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Callable[[str], InformationPage]:
    """Return a function that gives the branch another slug, as an editor does."""

    def publish(slug: str) -> InformationPage:
        page = InformationPage.objects.get(pk=branch.pk)
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):  # Wagtail makes redirects after the commit
            page.save_revision().publish()
        return page

    return publish


def hops(client: Client, address: str) -> list[tuple[str, int]]:
    """Return where an address leads, hop by hop, and how it ends."""
    response = client.get(address, follow=True)
    return [*response.redirect_chain, ("", response.status_code)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_case_4_old_addresses_lead_to_the_new_in_one_hop(
    language: str, client: Client, branch: InformationPage
) -> None:
    target = factories.information("Mục B")
    with translation.override(language):  # of the editor
        branch.move(target, pos="last-child")
    for prefix in ("", "/en"):
        new = f"{prefix}/muc-b/muc-a/con/"
        assert hops(client, f"{prefix}/muc-a/con/") == [(new, 301), ("", 200)]
        assert hops(client, f"{prefix}/muc-a/con/?trang=1") == [(new, 301), ("", 200)]


def test_case_4_a_new_slug_and_the_way_back(client: Client, rename: Callable[[str], InformationPage]) -> None:
    rename("khac")
    rename("muc-a")
    assert hops(client, "/khac/con/") == [("/muc-a/con/", 301), ("", 200)]
    assert hops(client, "/muc-a/con/") == [("", 200)]


def test_case_4_a_page_that_is_back_and_then_hidden_does_not_lead_to_itself(
    client: Client, rename: Callable[[str], InformationPage]
) -> None:
    rename("khac")
    branch = rename("muc-a")
    branch.unpublish()
    assert hops(client, "/khac/") == hops(client, "/muc-a/") == [("", 404)]
    InformationPage.objects.filter(pk=branch.pk).update(live=True)
    Redirect.objects.create(old_path="/xa", redirect_link="http://testserver/xa/")
    assert hops(client, "/xa/") == [("", 404)]


def test_case_4_an_old_address_says_nothing_of_a_hidden_page(
    client: Client, rename: Callable[[str], InformationPage]
) -> None:
    branch = rename("ten-quagga")
    assert hops(client, "/muc-a/")[0] == ("/ten-quagga/", 301)
    restriction = PageViewRestriction.objects.create(page=branch, restriction_type=PageViewRestriction.LOGIN)
    assert hops(client, "/muc-a/con/") == hops(client, "/muc-a/") == [("", 404)]
    restriction.delete()
    let_expire(branch)
    assert hops(client, "/muc-a/") == [("", 404)]


def test_case_4_unpublished_copies_have_no_address(client: Client, branch: InformationPage) -> None:
    copy = branch.copy(recursive=True, keep_live=False, update_attrs={"slug": "ban-sao"})
    assert client.get("/ban-sao/").status_code == client.get("/ban-sao/con/").status_code == 404
    assert client.get("/muc-a/con/").status_code == 200
    assert copy.get_descendants().count() == 1


def test_a_redirect_that_an_editor_wrote(client: Client, tree: factories.Tree) -> None:
    Redirect.add_redirect("/cu", "https://dichvucong.gov.vn/", is_permanent=False)
    for address in ("/cu/", "/en/cu/", "/cu/?a=b"):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (302, "https://dichvucong.gov.vn/")
    assert client.get("/khong-co%00/").status_code == 404
