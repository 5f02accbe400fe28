"""Rebuilding beside, switching, going back, and what killed rebuilds leave."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from elasticsearch import ConnectionTimeout, Elasticsearch

from procedures.models import ProcedurePage
from search import draining, indexing, lexicons, names, rebuilding
from search.index import definition
from search.models import NewWord, OutboxEntry, Rebuild
from tests import factories
from tests.search.conftest import Search, quiet
from tests.search.factories_health import as_if_committed, rebuild_row
from tests.search.test_draining import stored_title


def in_use(client: Elasticsearch) -> str | None:
    return names.behind(client, names.alias())


def test_a_rebuild_has_all_visible_pages_and_takes_over(search: Search, index: Elasticsearch) -> None:
    before = in_use(index)
    for number in range(3):
        factories.procedure(f"zebra {number}")
    factories.procedure("zebra nháp", live=False)
    seen: list[tuple[int, int]] = []
    built = rebuilding.rebuild(index, lambda done, total: seen.append((done, total)))
    assert (built.documents, built.refused) == (3, {})
    assert in_use(index) == built.index != before
    assert names.behind(index, names.building_alias()) is None
    assert seen[-1] == (3, 3)
    assert not OutboxEntry.objects.exists()  # what waited is in the new index
    assert search("zebra").total == 3


def test_a_change_during_a_rebuild_is_in_both_indexes(
    search: Search, index: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "CHUNK", 1)
    pages = [factories.procedure(f"zebra {number}") for number in range(3)]
    draining.drain()

    def edit(done: int, total: int) -> None:
        if done == 1:  # the first page is in the new index already, the last not yet
            pages[0].unpublish()
            pages[2].name = "quagga"
            pages[2].save_revision().publish()
            draining.drain()

    rebuilding.rebuild(index, edit)
    assert not OutboxEntry.objects.exists()
    assert (search("zebra").total, search("quagga").total) == (1, 1)
    rebuilding.rollback(index)
    assert (search("zebra").total, search("quagga").total) == (1, 1)


def test_a_change_that_nobody_brought_in_during_a_rebuild_waits(search: Search, index: Elasticsearch) -> None:
    factories.procedure("zebra")
    page = factories.procedure("zebra hai")
    as_if_committed()
    rebuilding.rebuild(index, lambda done, total: page.unpublish())
    assert OutboxEntry.objects.filter(page_id=page.pk).exists()
    assert search("zebra").total == 1


def test_a_switch_in_the_middle_of_a_batch_loses_nothing(
    index: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batch saw an index being built, which is in use when its writes arrive: it runs again."""
    building = names.new_index()
    rebuilding._create(index, building)
    page = factories.procedure("zebra")
    real = indexing.read_truth

    def switch_first(ids: list[int]) -> object:
        if names.behind(index, names.building_alias()):
            rebuilding.switch(index, building)
        return real(ids)

    monkeypatch.setattr(indexing, "read_truth", switch_first)
    draining.drain()
    assert in_use(index) == building
    assert stored_title(index, page.pk) == "zebra"
    assert not OutboxEntry.objects.exists()


def test_two_rebuilds_at_once(index: Elasticsearch) -> None:
    rebuild_row()
    with pytest.raises(rebuilding.RebuildError, match="Another rebuild is running"):
        rebuilding.rebuild(index, quiet)


@pytest.mark.parametrize(
    "dead",
    [
        {"pid": 4_000_000},  # killed on this machine
        {"host": "elsewhere", "heartbeat_at": timezone.now() - timedelta(hours=1)},
    ],
)
def test_a_killed_rebuild_stands_in_nobody_s_way(index: Elasticsearch, dead: dict[str, object]) -> None:
    run = rebuild_row(**dead)
    Rebuild.objects.filter(pk=run.pk).update(**dead)
    rebuilding._create(index, run.index)
    before = in_use(index)
    built = rebuilding.rebuild(index, quiet)
    assert names.indexes(index) == [built.index, before]
    run.refresh_from_db()
    assert run.state == Rebuild.State.FAILED


def test_prune_takes_what_a_killed_rebuild_left_but_not_one_at_work(index: Elasticsearch) -> None:
    run = rebuild_row()
    rebuilding._create(index, run.index)
    assert rebuilding.prune(index) == []
    Rebuild.objects.filter(pk=run.pk).update(pid=4_000_000)
    assert rebuilding.prune(index) == [run.index]


def test_words_that_come_in_during_a_rebuild_stay_known(
    index: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that the rebuild has read already gets a word that no other page has."""
    monkeypatch.setattr(indexing, "CHUNK", 1)
    pages = [factories.information(f"zebra {number}") for number in range(3)]
    draining.drain()
    assert NewWord.objects.filter(word="zebra").exists()

    def edit(done: int, total: int) -> None:
        if done == 1:
            pages[0].title = "quagga"
            pages[0].save_revision().publish()
            draining.drain()

    rebuilding.rebuild(index, edit)
    assert set(NewWord.objects.values_list("word", flat=True)) == {"quagga"}
    assert lexicons.vocabulary().knows("quagga") and lexicons.vocabulary().knows("zebra")


def test_what_fails_before_the_switch_leaves_index_and_words_in_use(
    index: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_use(index)

    def fail(*args: object) -> None:
        raise OperationalError("the database went away")

    monkeypatch.setattr(lexicons, "store", fail)
    with pytest.raises(OperationalError):
        rebuilding.rebuild(index, quiet)
    assert names.indexes(index) == [before]
    assert in_use(index) == before


def test_a_switch_whose_answer_is_lost_leaves_the_new_index_in_use(
    index: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_use(index)
    real = rebuilding.switch

    def switch_and_lose_the_answer(client: Elasticsearch, name: str) -> None:
        real(client, name)
        raise ConnectionTimeout("no answer")

    monkeypatch.setattr(rebuilding, "switch", switch_and_lose_the_answer)
    with pytest.raises(ConnectionTimeout):
        rebuilding.rebuild(index, quiet)
    taken = in_use(index)
    assert taken != before
    assert names.indexes(index) == [taken, before]
    assert Rebuild.objects.first().state == Rebuild.State.FAILED  # type: ignore[union-attr]


def test_a_failed_rebuild_changes_nothing(index: Elasticsearch) -> None:
    before = in_use(index)
    factories.procedure("zebra")
    waiting = OutboxEntry.objects.count()

    def fail(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(index, fail)
    assert in_use(index) == before
    assert names.indexes(index) == [before]
    assert Rebuild.objects.first().state == Rebuild.State.FAILED  # type: ignore[union-attr]
    assert OutboxEntry.objects.count() == waiting


def test_many_refused_documents_are_a_fault_of_the_rebuild(
    index: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_use(index)
    factories.procedure("zebra", local_to="UBND tỉnh Nghệ An")
    body = definition()
    del body["mappings"]["properties"]["place"]
    monkeypatch.setattr(rebuilding, "definition", lambda: body)
    with pytest.raises(rebuilding.RebuildError, match="1 of 1 documents were refused"):
        rebuilding.rebuild(index, quiet)
    assert in_use(index) == before
    monkeypatch.setattr(rebuilding, "MOST_REFUSED", 1)
    built = rebuilding.rebuild(index, quiet)
    assert len(built.refused) == 1
    assert OutboxEntry.objects.get().error == next(iter(built.refused.values()))


def test_one_index_is_kept_to_go_back_to(index: Elasticsearch) -> None:
    first = in_use(index)
    second = rebuilding.rebuild(index, quiet).index
    third = rebuilding.rebuild(index, quiet).index
    assert names.indexes(index) == [third, second]
    assert rebuilding.rollback(index) == second
    assert in_use(index) == second
    assert rebuilding.rollback(index) == third
    assert first not in names.indexes(index)


def test_without_an_index_before_there_is_no_way_back(index: Elasticsearch) -> None:
    with pytest.raises(rebuilding.RebuildError, match="no index before"):
        rebuilding.rollback(index)


def test_an_index_in_the_place_of_the_alias_is_replaced(index: Elasticsearch) -> None:
    index.indices.delete(index=names.indexes(index)[0])
    index.indices.delete_index_template(name=f"{names.alias()}-only-aliases")
    index.indices.create(index=names.alias())
    factories.procedure("zebra")
    assert in_use(index) is None
    built = rebuilding.rebuild(index, quiet)
    assert in_use(index) == built.index


def test_another_alias_that_begins_alike_has_its_own_indexes(index: Elasticsearch) -> None:
    other = f"{names.alias()}-b-20250101000000000000"
    index.indices.create(index=other)
    assert other not in names.indexes(index)
    index.indices.delete(index=other)


def test_pages_are_listed_in_portions_once_each(
    tree: factories.Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "CHUNK", 2)
    pages = {factories.procedure(f"Thủ tục {number}").pk for number in range(5)}
    portions = list(indexing.visible_ids())
    assert [len(portion) for portion in portions] == [2, 2, 1]
    assert (
        {pk for portion in portions for pk in portion}
        == pages
        == set(ProcedurePage.objects.values_list("pk", flat=True))
    )


def test_a_rollback_is_up_to_date_before_it_is_taken(
    search: Search, index: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, changed = factories.procedure("zebra một"), factories.procedure("zebra hai")
    assert search("zebra").total == 2
    before = in_use(index)
    rebuilding.rebuild(index, quiet)
    gone.unpublish()
    changed.name = "quagga"
    changed.save_revision().publish()
    draining.drain()
    real = rebuilding.switch

    def look_first(client: Elasticsearch, name: str) -> None:
        assert name == before
        found = index.search(index=name)["hits"]["hits"]
        assert [hit["_source"]["title"] for hit in found] == ["quagga"]
        real(client, name)

    monkeypatch.setattr(rebuilding, "switch", look_first)
    assert rebuilding.rollback(index) == before == in_use(index)
    assert names.behind(index, names.building_alias()) is None
    assert search("quagga").total == 1


def test_a_failed_rollback_changes_nothing(index: Elasticsearch, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuilding.rebuild(index, quiet)
    current, kept = in_use(index), names.indexes(index)

    def fail(client: Elasticsearch, name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rebuilding, "switch", fail)
    with pytest.raises(KeyboardInterrupt):
        rebuilding.rollback(index)
    assert (in_use(index), names.indexes(index)) == (current, kept)
    assert names.behind(index, names.building_alias()) is None
    assert rebuilding.running() is None
