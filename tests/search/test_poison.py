"""One page that cannot be made, sent or taken stops no other, and is kept with the reason."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

import pytest
from django.db import OperationalError
from elasticsearch import Elasticsearch
from pytest_django import Settings

from procedures.documents import ProcedureSource
from procedures.models import ProcedurePage
from search import draining, indexing, names, rebuilding, verification
from search.documents import SearchDocument
from search.index import stored
from search.models import OutboxEntry
from tests import factories
from tests.search.conftest import Search, quiet, titles
from tests.search.factories_health import proxy

Poison = Callable[[int], None]


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Poison:
    """Return a function after which our code breaks at a page, whatever it is made together with."""
    real = ProcedureSource.documents
    broken: set[int] = set()

    def documents(source: ProcedureSource, ids: Collection[int]) -> Iterator[SearchDocument]:
        for document in real(source, ids):
            if document.id in broken:
                raise RecursionError("blocks in blocks")
            yield document

    monkeypatch.setattr(ProcedureSource, "documents", documents)
    return broken.add


def refused() -> dict[int, str]:
    return dict(OutboxEntry.objects.exclude(attempts=0).values_list("page_id", "error"))


def test_a_page_that_our_code_cannot_read_is_kept_and_all_others_are_found(
    search: Search, poison: Poison
) -> None:
    pages = [factories.procedure(f"zebra {number}") for number in range(7)]
    poison(pages[3].pk)
    assert search("zebra").total == 6
    assert refused() == {pages[3].pk: "RecursionError: blocks in blocks"}
    assert OutboxEntry.objects.count() == 1


def test_its_older_document_stays_and_the_check_says_so(
    search: Search, index: Elasticsearch, poison: Poison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "PAUSE", 0)
    page, other = factories.procedure("zebra"), factories.procedure("khác")
    assert search("zebra").total == 1
    poison(page.pk)
    poison(other.pk)
    page.save_revision().publish()
    assert search("zebra").total == 1
    drift = verification.compare(index)
    assert (list(drift.stale), list(drift.missing)) == ([page.pk, other.pk], [])


def test_it_goes_when_it_is_unpublished(search: Search, poison: Poison) -> None:
    page = factories.procedure("zebra")
    search()
    poison(page.pk)
    page.unpublish()
    assert search("zebra").total == 0
    assert not OutboxEntry.objects.exists()


def test_a_rebuild_takes_all_others(index: Elasticsearch, poison: Poison) -> None:
    pages = [factories.procedure(f"zebra {number}") for number in range(3)]
    poison(pages[1].pk)
    built = rebuilding.rebuild(index, quiet)
    assert (built.documents, set(built.refused)) == (2, {pages[1].pk})
    assert set(refused()) == {pages[1].pk}


def test_half_of_a_surrogate_pair_costs_a_letter_and_no_page(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite keeps one in the JSON of a body, PostgreSQL does not."""
    page = factories.procedure("zebra")
    real = ProcedureSource.documents
    monkeypatch.setattr(
        ProcedureSource,
        "documents",
        lambda source, ids: [replace(found, summary="ngựa \ud83e vằn") for found in real(source, ids)],
    )
    assert titles(search("ngựa vằn")) == [page.title]
    assert not OutboxEntry.objects.exists()


def test_a_source_that_yields_another_page_or_one_twice_stops_nothing(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = factories.procedure("zebra")
    gone = factories.procedure("zebra nháp", live=False)
    real = ProcedureSource.documents
    monkeypatch.setattr(
        ProcedureSource, "documents", lambda source, ids: [*real(source, [page.pk]), *real(source, [page.pk])]
    )
    OutboxEntry.objects.filter(page_id=page.pk).delete()
    assert OutboxEntry.objects.filter(page_id=gone.pk).exists()
    assert search("zebra").total == 1
    assert not OutboxEntry.objects.exists()


def test_a_bulk_that_is_too_long_for_a_proxy_is_sent_in_parts(search: Search, settings: Settings) -> None:
    for number in range(6):
        factories.procedure(f"zebra {number}", conditions=[{"type": "text", "value": "<p>dài</p>" * 200}])
    long = factories.information("zebra dài", body=[{"type": "quote", "value": "rất dài " * 5000}])
    (server,) = settings.ELASTICSEARCH_URL
    with proxy(server, longest_body=20_000) as address:
        settings.ELASTICSEARCH_URL = [address]
        draining.drain()
        settings.ELASTICSEARCH_URL = [server]
    assert search("zebra").total == 6
    assert set(refused()) == {long.pk}
    assert refused()[long.pk].startswith("413")


def test_a_text_longer_than_any_real_one_is_found_by_its_name(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.LONGEST_TEXT", 1000)
    page = factories.information("zebra", body=[{"type": "quote", "value": "rất dài " * 1000}])
    assert titles(search("zebra")) == [page.title]
    assert len(stored(*indexing.read_truth([page.pk]))["body"]) == 1000


def test_a_reason_is_kept_whatever_it_quotes(index: Elasticsearch, poison: Poison) -> None:
    reasons: dict[int, str] = {}
    indexing._refuse(reasons, 7, "text \0 \ud800 " + "dài " * 5000)
    OutboxEntry.objects.create(page_id=7, attempts=1, error=reasons[7])
    assert len(reasons[7]) == indexing.LONGEST_REASON


def test_a_closed_index_is_no_fault_of_the_documents(search: Search, index: Elasticsearch) -> None:
    page = factories.procedure("zebra")
    index.indices.close(index=names.alias())
    draining.drain()
    assert OutboxEntry.objects.filter(page_id=page.pk, attempts=0).exists()
    index.indices.open(index=names.alias())
    index.cluster.health(index=names.alias(), wait_for_status="yellow")
    assert search("zebra").total == 1


def test_a_database_that_fails_is_no_fault_of_a_page(
    index: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = factories.procedure("zebra")

    def fail(*args: object) -> None:
        raise OperationalError("the database went away")

    monkeypatch.setattr(ProcedureSource, "documents", fail)
    with pytest.raises(OperationalError):
        draining.drain()
    assert OutboxEntry.objects.filter(page_id=page.pk, attempts=0).exists()
    assert ProcedurePage.objects.filter(pk=page.pk).exists()
