"""The index follows pages: their state, their place, their address, the privacy of what is above them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.management import call_command
from django.utils import timezone
from elasticsearch import Elasticsearch
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page, PageViewRestriction, Site, Workflow

from home.models import InformationPage
from procedures.models import ProcedurePage
from search import documents, names
from search.models import OutboxEntry
from search.suggestions import suggest
from tests import factories
from tests.search.conftest import Search, counts, titles

pytestmark = pytest.mark.once


def branch(parent: InformationPage, *names: str) -> list[InformationPage]:
    return [factories.publish(InformationPage(title=f"zebra {name}"), parent) for name in names]


def test_a_published_page_is_found_and_its_draft_words_are_not(search: Search) -> None:
    page = factories.procedure("zebra7001", sectors=("Hộ tịch",))
    assert titles(search("zebra7001")) == ["zebra7001"]
    page.name = "zebra7001 zebra7002"
    page.save_revision()
    assert titles(search("zebra7001")) == ["zebra7001"]
    assert search("zebra7002").total == 0
    assert suggest("zebra7002") == []


def test_an_unpublished_page_is_gone_with_its_counts(search: Search) -> None:
    page = factories.procedure("zebra7001", sectors=("Hộ tịch",))
    factories.procedure("Thứ hai", sectors=("Hộ tịch",))
    assert counts(search(), "sector") == {"ho-tich": 2}
    page.unpublish()
    assert search("zebra7001").total == 0
    assert counts(search(), "sector") == {"ho-tich": 1}
    assert suggest("zebra7001") == []
    page.get_latest_revision().publish()
    assert search("zebra7001").total == 1


def test_a_deleted_page_is_gone_and_so_is_a_deleted_branch(search: Search) -> None:
    parent = factories.information("zebra cha")
    branch(parent, "một", "hai")
    assert search("zebra").total == 3
    InformationPage.objects.get(title="zebra một").delete()
    assert search("zebra").total == 2
    parent.refresh_from_db()
    parent.delete()
    assert search("zebra").total == 0


def test_a_page_past_its_time_is_gone_at_its_hour(search: Search) -> None:
    page = factories.procedure("zebra7001")
    assert search("zebra7001").total == 1
    ProcedurePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=2))
    documents.mark_changed([page.pk])
    assert search("zebra7001").total == 0
    call_command("publish_scheduled")
    assert search("zebra7001").total == 0


def test_a_page_whose_time_ends_while_it_is_indexed(search: Search, index: Elasticsearch) -> None:
    page = factories.procedure("zebra7001", expire_at=timezone.now() + timedelta(days=1))
    assert search("zebra7001").total == 1
    past = (timezone.now() - timedelta(minutes=2)).isoformat()
    index.update(index=names.alias(), id=str(page.pk), doc={"expires": past}, refresh=True)
    assert search("zebra7001").total == 0


def test_a_moved_branch_has_its_new_addresses(search: Search) -> None:
    parent, target = factories.information("zebra cha"), factories.information("Đích")
    branch(parent, "một", "hai")
    parent.refresh_from_db()
    parent.move(target, pos="last-child")
    assert {result.url for result in search("zebra").results} == {
        "/dich/zebra-cha/",
        "/dich/zebra-cha/zebra-mot/",
        "/dich/zebra-cha/zebra-hai/",
    }


def test_a_new_slug_goes_down_the_branch(search: Search) -> None:
    parent = factories.information("zebra cha")
    branch(parent, "một")
    parent.refresh_from_db()
    parent.slug = "khac"
    parent.save_revision().publish()
    assert {result.url for result in search("zebra").results} == {"/khac/", "/khac/zebra-mot/"}


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS])
def test_a_private_branch_is_hidden_and_comes_back(search: Search, kind: str) -> None:
    parent = factories.information("zebra cha")
    branch(parent, "một", "hai")
    assert search("zebra").total == 3
    restriction = PageViewRestriction.objects.create(page=parent, restriction_type=kind)
    restriction.groups.add(Group.objects.first())
    assert search("zebra").total == 0
    assert suggest("zebra") == []
    restriction.delete()
    assert search("zebra").total == 3


def test_a_moved_page_takes_on_the_privacy_of_its_new_place(search: Search) -> None:
    private, page = factories.information("Riêng"), factories.information("zebra")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert search("zebra").total == 1
    page.move(private, pos="last-child")
    assert search("zebra").total == 0


def test_copied_pages_are_found_when_they_are_live(search: Search) -> None:
    page = factories.information("zebra")
    page.copy(update_attrs={"slug": "zebra-2", "title": "zebra hai"})
    page.copy(update_attrs={"slug": "zebra-3", "title": "zebra ba"}, keep_live=False)
    assert sorted(titles(search("zebra"))) == ["zebra", "zebra hai"]


def test_alias_pages_follow_their_source(search: Search) -> None:
    page = factories.information("zebra")
    page.create_alias(update_slug="zebra-alias")
    assert search("zebra").total == 2
    page.title = "quagga"
    page.save_revision().publish()
    assert (search("zebra").total, search("quagga").total) == (0, 2)
    page.unpublish()
    assert search("quagga").total == 0


def test_a_converted_alias_is_its_own_and_outlives_its_source(search: Search) -> None:
    page = factories.information("zebra")
    page.create_alias(update_slug="zebra-2")
    ConvertAliasPageAction(page.create_alias(update_slug="zebra-3")).execute()
    page.title = "quagga"
    page.save_revision().publish()
    assert (search("zebra").total, search("quagga").total) == (1, 2)
    page.delete()  # which unpublishes its aliases
    assert (search("zebra").total, search("quagga").total) == (1, 0)


def test_a_page_approved_by_a_moderator(search: Search) -> None:
    page, user = factories.information("zebra", live=False), factories.administrator()
    state = Workflow.objects.get().start(page, user)
    assert search("zebra").total == 0
    state.current_task_state.approve(user=user)
    assert search("zebra").total == 1


def test_a_scheduled_page_comes_and_goes_at_its_hour(search: Search) -> None:
    later = timezone.now() + timedelta(hours=1)
    page = factories.information("zebra", go_live_at=later, expire_at=later + timedelta(hours=1))
    assert search("zebra").total == 0
    past = timezone.now() - timedelta(hours=1)
    page.revisions.update(approved_go_live_at=past)
    revision = page.get_latest_revision()
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert search("zebra").total == 1
    page.refresh_from_db()
    page.expire_at = past
    page.save(update_fields=["expire_at"])
    call_command("publish_scheduled")
    assert search("zebra").total == 0
    assert not Page.objects.get(pk=page.pk).live


def rename_plain(page: Page) -> None:
    plain = Page.objects.get(pk=page.pk)
    plain.slug = "khac"
    plain.save()


def rename_fields(page: Page) -> None:
    page.slug = "khac"
    page.save(update_fields=["slug", "url_path"])


def rename_stale(page: Page) -> None:
    """Rename by an instance that was read before there were pages below."""
    page.numchild = 0
    page.slug = "khac"
    page.save()


@pytest.mark.parametrize("rename", [rename_plain, rename_fields, rename_stale])
def test_a_new_slug_goes_down_the_branch_however_it_is_saved(
    search: Search, rename: Callable[[Page], None]
) -> None:
    parent = factories.information("zebra cha")
    branch(parent, "một")
    rename(InformationPage.objects.get(pk=parent.pk))
    assert {result.url for result in search("zebra").results} == {"/khac/", "/khac/zebra-mot/"}


def test_a_branch_is_copied_with_what_is_below(search: Search) -> None:
    parent = factories.information("zebra cha")
    branch(parent, "một")
    parent.refresh_from_db()
    parent.copy(recursive=True, update_attrs={"slug": "hai"})
    parent.copy(recursive=True, update_attrs={"slug": "ba"}, keep_live=False)
    assert {result.url for result in search("zebra").results} == {
        "/zebra-cha/",
        "/zebra-cha/zebra-mot/",
        "/hai/",
        "/hai/zebra-mot/",
    }


def test_privacy_that_changes_its_kind_its_groups_and_its_place(search: Search) -> None:
    first, second = factories.information("zebra một"), factories.information("zebra hai")
    group = Group.objects.create(name="Tổ")
    restriction = PageViewRestriction.objects.create(page=first, restriction_type="groups")
    restriction.groups.add(group)
    group.delete()  # what only they could see is not everybody's now
    assert titles(search("zebra")) == ["zebra hai"]
    restriction.restriction_type = "login"
    restriction.save()
    assert titles(search("zebra")) == ["zebra hai"]
    restriction.page = second
    restriction.save()
    assert titles(search("zebra")) == ["zebra một"]


def test_sites_that_come_go_and_move_their_root(search: Search, tree: factories.Tree) -> None:
    page, other = factories.procedure("zebra"), factories.information("quagga")
    site = Site.objects.get()
    second = Site.objects.create(hostname="hai.vn", root_page=tree.procedures)
    assert [result.url for result in search("zebra").results] == [f"/{page.slug}/"]
    second.hostname = "ba.vn"
    second.save()
    second.delete()
    assert [result.url for result in search("zebra").results] == [f"/thu-tuc/{page.slug}/"]
    site.root_page = tree.procedures
    site.save()
    assert [result.url for result in search("zebra").results] == [f"/{page.slug}/"]
    assert search("quagga").total == 0  # it is on no site now
    site.root_page = tree.home
    site.save()
    assert [result.url for result in search("quagga").results] == [other.url]


def test_rows_that_are_loaded_from_a_file(search: Search) -> None:
    page = factories.information("zebra")
    raw = serializers.serialize("json", [Page.objects.get(pk=page.pk)]).replace("zebra", "quagga")
    for loaded in serializers.deserialize("json", raw):
        loaded.save()
    assert (search("zebra").total, search("quagga").total) == (0, 1)


def test_all_of_it_leaves_nothing_in_the_outbox(search: Search) -> None:
    factories.procedure("zebra").unpublish()
    search("zebra")
    assert not OutboxEntry.objects.exists()
