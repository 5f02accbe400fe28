"""The recycle bin: a deleted page is public nowhere, and comes back as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState
from wagtail.rich_text import RichText

from home import recycling
from home.models import BinnedPage, InformationPage, RecycleBin
from home.tasks import empty_bin
from news.models import ArticlePage
from portal import roles
from tests import factories
from tests.people import logged_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(tree: factories.Tree) -> Client:
    return logged_in(person(roles.PUBLISHER, "xuat-ban"))


@pytest.fixture
def article(tree: factories.Tree) -> ArticlePage:
    return factories.article("Một năm cải cách")


def bin_it(client: Client, page: Page) -> BinnedPage:
    assert client.post(f"/admin/pages/{page.pk}/delete/").status_code == 302
    return BinnedPage.objects.get(page=page)


def test_deleting_asks_first_and_says_where_it_is_cited(publisher: Client, article: ArticlePage) -> None:
    link = f'<p><a linktype="page" id="{article.pk}">đọc thêm</a></p>'
    citing = factories.information("Trang trích dẫn", body=[{"type": "text", "value": link}])
    text = publisher.get(f"/admin/pages/{article.pk}/delete/").content.decode()
    assert f"/admin/pages/{citing.pk}/edit/" in text
    assert "30 ngày" in text
    assert Page.objects.get(pk=article.pk).live


def test_a_deleted_page_is_nowhere(publisher: Client, article: ArticlePage, client: Client) -> None:
    address = article.get_url()
    assert client.get(address).status_code == 200
    bin_it(publisher, article)
    assert client.get(address).status_code == 404
    assert client.get("/thung-rac/").status_code == 404
    assert article.title not in client.get("/tin-tuc/").content.decode()
    assert not ArticlePage.objects.visible().exists()
    assert Page.objects.get(pk=article.pk).get_url() is None


def test_it_comes_back_with_its_address_history_and_day(publisher: Client, article: ArticlePage) -> None:
    before = Page.objects.get(pk=article.pk)
    versions = list(article.revisions.values_list("pk", flat=True))
    binned = bin_it(publisher, article)
    response = publisher.post(f"/admin/reports/bin/{binned.pk}/restore/")
    after = Page.objects.get(pk=article.pk)
    assert response.headers["Location"] == f"/admin/pages/{after.get_parent().pk}/"
    for name in (
        "live",
        "slug",
        "url_path",
        "first_published_at",
        "last_published_at",
        "has_unpublished_changes",
    ):
        assert getattr(after, name) == getattr(before, name), name
    assert list(article.revisions.values_list("pk", flat=True)) == versions
    assert {recycling.DELETED, recycling.RESTORED} <= set(
        PageLogEntry.objects.filter(page=article.pk).values_list("action", flat=True)
    )
    assert not BinnedPage.objects.exists()
    assert not Redirect.objects.exists()


def test_a_newer_draft_comes_back_as_a_draft(publisher: Client, article: ArticlePage) -> None:
    article.title = "Bản đang viết"
    article.save_revision()
    publisher.post(f"/admin/reports/bin/{bin_it(publisher, article).pk}/restore/")
    page = ArticlePage.objects.get(pk=article.pk)
    assert (page.title, page.live, page.has_unpublished_changes) == ("Một năm cải cách", True, True)
    assert page.get_latest_revision_as_object().title == "Bản đang viết"


def test_a_draft_comes_back_as_a_draft(publisher: Client, tree: factories.Tree) -> None:
    draft = factories.article("Nháp", live=False)
    publisher.post(f"/admin/reports/bin/{bin_it(publisher, draft).pk}/restore/")
    assert not Page.objects.get(pk=draft.pk).live


def branch(tree: factories.Tree) -> tuple[InformationPage, InformationPage, InformationPage]:
    """Return a page with a public one and a draft below it."""
    top = factories.information("Chuyên đề")
    below = [InformationPage(title="Công khai"), InformationPage(title="Bản nháp", live=False)]
    return top, factories.publish(below[0], top), factories.publish(below[1], top)


def test_what_lies_below_goes_and_comes_with_it(tree: factories.Tree, client: Client) -> None:
    admin = factories.administrator()
    top, public, draft = branch(tree)
    addresses = [page.get_url() for page in (top, public)]
    binned = recycling.put_in(Page.objects.get(pk=top.pk), admin)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert not Page.objects.filter(pk__in=(top.pk, public.pk, draft.pk), live=True).exists()
    recycling.restore(binned, admin)
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    assert not Page.objects.get(pk=draft.pk).live


def test_several_at_once(tree: factories.Tree) -> None:
    client = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    pages = [factories.article(f"Bài {number}") for number in range(3)]
    keys = "&".join(f"id={page.pk}" for page in pages)
    client.post(f"/admin/bulk/wagtailcore/page/delete/?{keys}")
    assert BinnedPage.objects.count() == 3
    assert Page.objects.filter(pk__in=[page.pk for page in pages]).count() == 3


def test_an_address_that_is_taken_by_now_is_said(publisher: Client, article: ArticlePage) -> None:
    binned = bin_it(publisher, article)
    factories.article("Bài mới", slug=article.slug)
    response = publisher.post(f"/admin/reports/bin/{binned.pk}/restore/", follow=True)
    assert "Bài mới" in response.content.decode()
    assert BinnedPage.objects.filter(pk=binned.pk).exists()
    assert not Page.objects.get(pk=article.pk).live


def test_a_page_whose_place_is_deleted_waits_for_it(tree: factories.Tree) -> None:
    admin = factories.administrator()
    top, public, _draft = branch(tree)
    inner = recycling.put_in(Page.objects.get(pk=public.pk), admin)
    recycling.put_in(Page.objects.get(pk=top.pk), admin)
    with pytest.raises(recycling.CannotRestore):
        recycling.restore(BinnedPage.objects.get(pk=inner.pk), admin)


def test_a_review_that_was_going_on_ends(publisher: Client, tree: factories.Tree) -> None:
    draft = factories.article("Đang thẩm định", live=False)
    draft.get_workflow().start(draft, factories.administrator())
    bin_it(publisher, draft)
    assert not WorkflowState.objects.active().exists()


def test_beat_empties_it_after_thirty_days(publisher: Client, tree: factories.Tree) -> None:
    old, new = factories.article("Bài cũ"), factories.article("Bài mới")
    for page in (old, new):
        bin_it(publisher, page)
    month_ago = timezone.now() - timedelta(days=recycling.DAYS)
    BinnedPage.objects.filter(page=old).update(deleted_at=month_ago)
    empty_bin()
    assert not Page.objects.filter(pk=old.pk).exists()
    assert Page.objects.filter(pk=new.pk).exists()
    empty_bin()
    assert BinnedPage.objects.count() == 1


def test_who_may_put_back_and_who_may_delete(publisher: Client, tree: factories.Tree) -> None:
    own = factories.procedure(agencies=("Sở A",))
    binned = recycling.put_in(Page.objects.get(pk=own.pk), factories.administrator())
    of_another = logged_in(person(roles.PUBLISHER, "so-b", factories.agency("Sở B")))
    writer = logged_in(person(roles.EDITOR, "bien-tap"))
    for client, action in ((of_another, "restore"), (writer, "restore"), (publisher, "delete")):
        response = client.post(f"/admin/reports/bin/{binned.pk}/{action}/")
        assert response.status_code in {302, 403}
        assert BinnedPage.objects.filter(pk=binned.pk).exists(), action
    publisher.post(f"/admin/reports/bin/{binned.pk}/restore/")
    assert Page.objects.get(pk=own.pk).live


def test_the_administrator_deletes_for_good(tree: factories.Tree, article: ArticlePage) -> None:
    client = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    binned = bin_it(client, article)
    client.post(f"/admin/reports/bin/{binned.pk}/delete/")
    assert not Page.objects.filter(pk=article.pk).exists()
    assert RecycleBin.objects.count() == 1


def test_the_bin_shows_its_address_and_exports(publisher: Client, article: ArticlePage) -> None:
    address = article.get_url()
    bin_it(publisher, article)
    assert address in publisher.get("/admin/reports/bin/").content.decode()
    assert publisher.get("/admin/reports/bin/?export=xlsx").status_code == 200


def test_two_pages_of_one_name_lie_in_it(publisher: Client, tree: factories.Tree) -> None:
    kept = [bin_it(publisher, factories.article("Trùng", slug="trung")) for _number in range(2)]
    assert [binned.slug for binned in kept] == ["trung", "trung"]
    publisher.post(f"/admin/reports/bin/{kept[1].pk}/restore/")
    assert Page.objects.get(pk=kept[1].page_id).get_url() == "/tin-tuc/trung/"
    publisher.post(f"/admin/reports/bin/{kept[0].pk}/restore/")
    assert BinnedPage.objects.get().pk == kept[0].pk  # whose address is taken


@pytest.mark.parametrize("address", ["edit", "copy", "move/{news}/confirm"])
def test_nobody_works_on_what_is_in_it(address: str, tree: factories.Tree, article: ArticlePage) -> None:
    client = logged_in(factories.administrator())
    bin_it(client, article)
    at = f"/admin/pages/{article.pk}/{address}/".format(news=tree.news.pk)
    for response in (client.get(at), client.post(at, {"action-publish": "1"})):
        assert response.headers["Location"] == "/admin/reports/bin/"
    page = Page.objects.get(pk=article.pk)
    assert not page.live
    assert recycling.inside(page)


def test_nobody_moves_anything_into_it_or_out_of_it_at_once(
    tree: factories.Tree, article: ArticlePage
) -> None:
    client = logged_in(factories.administrator())
    bin_it(client, article)
    for action in ("move", "publish"):
        client.post(f"/admin/bulk/wagtailcore/page/{action}/?id={article.pk}", {"chooser": tree.news.pk})
        assert recycling.inside(Page.objects.get(pk=article.pk))
    assert not Page.objects.get(pk=article.pk).live


def test_what_was_moved_out_by_a_program_is_not_deleted(publisher: Client, article: ArticlePage) -> None:
    binned = bin_it(publisher, article)
    Page.objects.get(pk=article.pk).specific.move(Page.objects.get(pk=binned.parent_id), "last-child")
    BinnedPage.objects.update(deleted_at=timezone.now() - timedelta(days=40))
    assert recycling.empty() == []
    assert Page.objects.filter(pk=article.pk).exists()
    assert not BinnedPage.objects.exists()


def test_not_by_hand_either(tree: factories.Tree, article: ArticlePage) -> None:
    administrator = Client()
    administrator.force_login(factories.administrator())
    binned = bin_it(administrator, article)
    Page.objects.get(pk=article.pk).move(tree.news, pos="last-child")
    administrator.post(f"/admin/reports/bin/{binned.pk}/delete/")
    assert Page.objects.filter(pk=article.pk).exists()
    assert not BinnedPage.objects.exists()
    bin_it(administrator, article)


def test_what_was_to_go_public_waits_for_its_return(publisher: Client, tree: factories.Tree) -> None:
    soon = (timezone.now() + timedelta(hours=1)).replace(microsecond=0)
    planned = factories.article("Hẹn giờ", live=False, go_live_at=soon)
    planned.get_latest_revision().publish()
    public = factories.article("Đang công khai")
    public.go_live_at = soon
    public.save_revision().publish()
    kept = [bin_it(publisher, page) for page in (planned, public)]
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    for binned in kept:
        publisher.post(f"/admin/reports/bin/{binned.pk}/restore/")
    assert [Page.objects.get(pk=page.pk).live for page in (planned, public)] == [False, True]
    moments = Revision.objects.filter(approved_go_live_at__isnull=False).values_list("approved_go_live_at")
    assert list(moments) == [(soon,), (soon,)]


def test_a_page_that_another_has_locked_goes_there_whole(publisher: Client, tree: factories.Tree) -> None:
    other = person(roles.PUBLISHER, "nguoi-khac")
    page = factories.article("Đang khóa")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=other, locked_at=timezone.now())
    bin_it(publisher, page)
    assert not Page.objects.get(pk=page.pk).live


def test_an_alias_in_it_is_public_nowhere(tree: factories.Tree, client: Client) -> None:
    admin = factories.administrator()
    page = factories.article("Bản gốc")
    alias = page.create_alias(parent=tree.home, update_slug="bi-danh")
    recycling.put_in(Page.objects.get(pk=alias.pk), admin)
    page.title = "Bản gốc, sửa"
    page.save_revision().publish()
    assert not ArticlePage.objects.visible().filter(pk=alias.pk).exists()
    assert client.get("/bi-danh/").status_code == 404


def test_a_page_whose_place_is_in_it_says_so(tree: factories.Tree) -> None:
    client = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    top, public, _draft = branch(tree)
    inner, outer = bin_it(client, public), bin_it(client, top)
    assert public.title in client.get("/admin/reports/bin/").content.decode()
    refused = client.post(f"/admin/reports/bin/{inner.pk}/restore/", follow=True)
    assert "Hãy khôi phục trang cha trước" in refused.content.decode()
    for binned in (outer, inner):
        client.post(f"/admin/reports/bin/{binned.pk}/restore/")
    assert Page.objects.get(pk=public.pk).live


def test_a_draft_comes_back_by_its_author_or_an_editor(publisher: Client, tree: factories.Tree) -> None:
    author, other = person(roles.CONTRIBUTOR, "tac-gia"), person(roles.CONTRIBUTOR, "nguoi-khac")
    binned = bin_it(publisher, factories.article("Nháp", live=False, owner=author))
    address = f"/admin/reports/bin/{binned.pk}/restore/"
    logged_in(other).post(address)
    assert BinnedPage.objects.exists()
    logged_in(author).post(address)
    assert not BinnedPage.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["pages/{}/unpublish/", "bulk/wagtailcore/page/unpublish/?id={}", "bulk/wagtailcore/page/delete/?id={}"],
)
def test_before_it_is_taken_away_a_page_says_where_it_is_cited(article: ArticlePage, address: str) -> None:
    link = f'<p><a linktype="page" id="{article.pk}">đọc thêm</a></p>'
    factories.information("Trang trích dẫn", body=[("text", RichText(link))])
    client = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    shown = client.get("/admin/" + address.format(article.pk)).content.decode()
    assert "Trang trích dẫn" in shown


def test_several_at_once_say_where_they_go(tree: factories.Tree, article: ArticlePage) -> None:
    client = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    assert "thùng rác" in client.get(f"/admin/bulk/wagtailcore/page/delete/?id={article.pk}").content.decode()
