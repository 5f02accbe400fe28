"""The index follows commands: imports of procedures, and Wagtail's own."""

from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.models import Page

from home.models import InformationPage
from procedures.importing.running import Run
from search.models import OutboxEntry
from tests import factories
from tests.procedures.records import Data, citation, record, write
from tests.search.conftest import Search, titles


def run(file: Path, *records: Data) -> list[str]:
    outcomes: list[str] = []
    Run(write(file, records), lambda result: outcomes.append(str(result.outcome))).execute()
    return outcomes


def test_imports_of_new_and_changed_records(search: Search, tree: factories.Tree, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    first = [record(f"1.00000{number}", f"zebra {number}") for number in range(3)]
    assert run(file, *first) == ["created"] * 3
    assert search("zebra").total == 3
    changed = record("1.000001", "quagga", sectors=["hộ tịch"], legal_basis=[citation(title="Luật okapi")])
    assert run(file, first[0], changed) == ["unchanged", "updated"]
    assert (search("zebra").total, search("quagga").total) == (2, 1)


def test_an_import_that_changes_a_page_leaves_one_row_for_it(tree: factories.Tree, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    run(file, record())
    OutboxEntry.objects.all().delete()
    numbers = [citation(number=f"{number}/2014/QH13") for number in range(20)]
    assert run(file, record(legal_basis=numbers)) == ["updated"]
    assert OutboxEntry.objects.count() <= 2


@pytest.fixture
def branch(db: None) -> InformationPage:
    parent = factories.information("zebra cha")
    for name in ("một", "hai"):
        factories.publish(InformationPage(title=f"zebra {name}"), parent)
    return parent


def test_pages_moved_by_a_command(search: Search, branch: InformationPage) -> None:
    target = factories.information("Đích")
    call_command("move_pages", branch.pk, target.pk)
    assert {result.url for result in search("zebra").results} == {
        "/zebra-cha/",
        "/dich/zebra-mot/",
        "/dich/zebra-hai/",
    }


def test_addresses_set_anew(search: Search, branch: InformationPage) -> None:
    Page.objects.filter(path__startswith=branch.path).update(url_path="/sai/")
    call_command("set_url_paths")
    assert "/zebra-cha/zebra-hai/" in {result.url for result in search("zebra").results}


def test_a_tree_that_is_mended(search: Search, branch: InformationPage) -> None:
    elsewhere = f"{branch.path[:-4]}00ZZ"
    Page.objects.filter(pk=branch.pk).update(path=elsewhere)  # the pages below it are orphans now
    call_command("fixtree", interactive=False, delete_orphans=True)
    assert titles(search("zebra")) == ["zebra cha"]
    call_command("fixtree", interactive=False, full=True)
    assert Page.objects.get(pk=branch.pk).path != elsewhere
    assert titles(search("zebra")) == ["zebra cha"]


def test_what_changes_no_page(search: Search, branch: InformationPage) -> None:
    branch.title = "zebra quagga"
    branch.save_revision().publish()
    search()
    for command in ("purge_revisions", "create_log_entries_from_revisions", "rebuild_references_index"):
        call_command(command)
    assert search("quagga").total == 1
