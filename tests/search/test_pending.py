"""What was hidden a moment ago is not shown, though the worker has not been there yet."""

from django.test import Client
from django.utils import timezone
from elasticsearch import Elasticsearch
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from home.models import InformationPage
from search import pending, service
from search.models import OutboxEntry
from search.parameters import SearchParameters
from search.results import Results
from search.suggestions import suggest
from tests import factories
from tests.search.conftest import Search, titles


def now(words: str = "zebra") -> Results:
    """Search without bringing changes in."""
    return service.search(SearchParameters(words=words))


def test_an_unpublished_page_is_gone_at_once(search: Search) -> None:
    page, other = factories.procedure("zebra một"), factories.procedure("zebra hai")
    assert search("zebra").total == 2
    page.unpublish()
    found = now()
    assert (titles(found), found.total, found.degraded) == (["zebra hai"], 1, False)
    assert [suggestion.text for suggestion in suggest("zebra")] == [other.name]


def test_so_is_a_deleted_one_and_one_that_has_expired(search: Search) -> None:
    page, late = factories.procedure("zebra một"), factories.procedure("zebra hai")
    search("zebra")
    page.delete()
    late.expire_at = timezone.now()
    late.save()
    assert titles(now()) == []


def test_so_is_a_branch_that_was_made_private(search: Search) -> None:
    parent = factories.information("zebra cha")
    factories.publish(InformationPage(title="zebra con"), parent)
    assert search("zebra").total == 2
    restriction = PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    assert titles(now()) == []
    restriction.delete()
    assert now().total == 2


def test_a_page_with_an_edit_that_waits_stays(search: Search) -> None:
    page = factories.procedure("zebra")
    search("zebra")
    page.summary = "Tóm tắt"
    page.save_revision().publish()
    assert OutboxEntry.objects.filter(page_id=page.pk).exists()
    assert titles(now()) == ["zebra"]


def test_where_nothing_waits_it_costs_one_query(
    search: Search, index: Elasticsearch, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = factories.procedure("zebra")
    search("zebra")
    with django_assert_num_queries(1):
        assert pending.hidden([{"id": page.pk, "type": "procedure"}]) == set()
