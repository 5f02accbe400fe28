"""The index follows the database: whatever changes what the public may see changes what is found."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from elasticsearch import Elasticsearch
from wagtail.models import PageViewRestriction, Site

from home.models import InformationPage
from procedures.models import LifeEvent, ProcedureLifeEvent, ProcedurePage
from search import documents, names
from search.models import OutboxEntry
from search.suggestions import suggest
from tests import factories
from tests.search.conftest import Search, counts, titles


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


def test_renamed_sectors_agencies_and_life_events(search: Search) -> None:
    page = factories.procedure(sectors=("Lĩnh vực cũ",), agencies=("Sở Cũ",))
    event = LifeEvent.objects.create(name="quagga ba")
    page.life_event_links = [ProcedureLifeEvent(life_event=event)]
    page.save_revision().publish()
    assert search("quagga ba").total == 1
    for quoted, name in (
        (factories.sector("Lĩnh vực cũ"), "zebra một"),
        (factories.agency("Sở Cũ"), "zebra hai"),
    ):
        quoted.name = name
        quoted.save()
        assert search(name).total == 1
    assert search("Lĩnh vực cũ").total == 0
    event.delete()
    assert search("quagga ba").total == 0


def test_a_site_that_moves_its_root(search: Search, tree: factories.Tree) -> None:
    page = factories.procedure("zebra")
    site = Site.objects.get()
    site.root_page = tree.procedures
    site.save()
    assert [result.url for result in search("zebra").results] == [f"/{page.slug}/"]


def test_all_of_it_leaves_nothing_in_the_outbox(search: Search) -> None:
    factories.procedure("zebra").unpublish()
    search("zebra")
    assert not OutboxEntry.objects.exists()
