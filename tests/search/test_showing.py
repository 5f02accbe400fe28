"""What was hidden a moment ago is not shown, though the worker has not been there yet."""

import pytest
from django.utils import timezone
from elasticsearch import Elasticsearch
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from home.models import InformationPage
from procedures.models import ProcedurePage
from search import draining, names, service, showing
from search.models import OutboxEntry
from search.parameters import SearchParameters
from search.results import Results
from search.suggestions import suggest
from tests import factories
from tests.search.conftest import Search, counts, titles


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


def test_it_costs_one_query_for_a_type(
    search: Search, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = factories.procedure("zebra")
    with django_assert_num_queries(1):
        assert showing.hidden([{"id": page.pk, "type": "procedure"}]) == set()


def test_the_moment_between_the_worker_and_the_index_shows_nothing(
    search: Search, index: Elasticsearch
) -> None:
    """Elasticsearch shows a deletion with its next refresh, up to a second after the outbox is empty."""
    page = factories.procedure("zebra")
    search("zebra")
    index.indices.put_settings(index=names.alias(), settings={"refresh_interval": "-1"})
    page.unpublish()
    draining.drain()
    assert not OutboxEntry.objects.exists()
    assert titles(now()) == []
    assert suggest("zebra") == []


def test_what_a_worker_has_not_taken_out_is_not_counted(search: Search) -> None:
    for number in range(3):
        factories.procedure(f"zebra {number}", sectors=("Hộ tịch",))
    parent = factories.information("zebra cha")
    factories.publish(InformationPage(title="zebra con"), parent)
    assert search("zebra").total == 5
    ProcedurePage.objects.get(name="zebra 0").unpublish()
    PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    found = now()
    assert (found.total, counts(found, "sector"), counts(found, "type")) == (
        2,
        {"ho-tich": 2},
        {"procedure": 2},
    )
    assert [suggestion.type for suggestion in suggest("hộ tịch")] == ["sector"]


def test_of_very_many_the_results_are_right_if_not_the_totals(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "MOST_WITHHELD", 1)
    for number in range(3):
        factories.procedure(f"zebra {number}")
    search()
    for page in ProcedurePage.objects.all():
        page.unpublish()
    assert showing.withheld() == []
    assert titles(now()) == []
