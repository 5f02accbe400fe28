"""A changed record and a page that exists: a revision, a conflict or nothing, but no edit is lost."""

from pathlib import Path

import pytest
from wagtail.models import Revision

from procedures.importing import bulk, revising, running
from procedures.models import ImportConflict, ImportedRecord, ProcedurePage
from tests import factories
from tests.procedures.imports import edit, everything, outcomes, records_of, run
from tests.procedures.records import record, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


def test_a_changed_record_makes_one_revision(tree: factories.Tree, file: Path) -> None:
    run(write(file, records_of(2)))
    page = ProcedurePage.objects.get(code="1.000001")
    published = page.last_published_at
    changed = [record("1.000000", "Thủ tục 0"), record("1.000001", "Tên mới", levels=["Tỉnh", "Xã"])]
    results = run(write(file, changed))
    assert outcomes(results) == ["unchanged", "updated"]
    assert results[1].reason == "name, levels"
    page.refresh_from_db()
    assert (page.name, page.title, page.revisions.count()) == ("Tên mới", "Tên mới", 2)
    assert page.live
    assert not page.has_unpublished_changes
    assert page.last_published_at > published
    assert set(page.levels.values_list("slug", flat=True)) == {"tinh", "xa"}
    assert page.slug == "1-000001-thu-tuc-1"  # an address is for ever
    assert page.change_notes.get().text == "Theo nguồn thay đổi: tên, cấp thực hiện."
    assert outcomes(run(file)) == ["unchanged", "unchanged"]
    assert page.change_notes.count() == 1


def test_a_record_changed_in_nothing_that_a_page_says(tree: factories.Tree, file: Path) -> None:
    run(write(file, [record()]))
    assert outcomes(run(write(file, [record() | {"also_in": ["another copy"]}]))) == ["unchanged"]
    assert Revision.objects.count() == 1
    assert ImportedRecord.objects.get().record_hash == running.record_hash(
        record() | {"also_in": ["another copy"]}
    )


def test_a_new_importer_looks_again_and_writes_only_what_differs(
    tree: factories.Tree, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(write(file, records_of(2)))
    for module in (running, bulk, revising):
        monkeypatch.setattr(module, "IMPORTER_VERSION", "next")
    assert outcomes(run(file)) == ["unchanged"] * 2
    assert Revision.objects.count() == 2


def test_an_edited_page_is_left_and_reported(tree: factories.Tree, file: Path) -> None:
    run(write(file, records_of(2)))
    page = ProcedurePage.objects.get(code="1.000001")
    edit(page, conditions="Sửa tay", summary="Tóm tắt")
    changed = [record("1.000000", "Thủ tục 0"), record("1.000001", "Tên mới")]
    results = run(write(file, changed))
    assert outcomes(results) == ["unchanged", "conflict"]
    page.refresh_from_db()
    assert (page.name, page.conditions) == ("Thủ tục 1", "Sửa tay")
    conflict = ImportConflict.objects.get()
    assert (conflict.page_id, conflict.state) == (page.pk, "open")
    assert conflict.parts == ["name", "conditions"]
    assert conflict.record["name"] == "Tên mới"
    before = everything()
    assert outcomes(run(file)) == ["unchanged", "conflict"]
    assert everything() == before


def test_a_conflict_can_be_stored_whatever_the_record_holds(tree: factories.Tree, file: Path) -> None:
    run(write(file, [record()]))
    edit(ProcedurePage.objects.get(), conditions="Sửa tay")
    nasty = record(name="Tên mới") | {"other": ["a\x00b", "\ud800", float("nan"), {"\x00": 1}]}
    assert outcomes(run(write(file, [nasty]))) == ["conflict"]
    assert ImportConflict.objects.get().record["other"] == ["ab", "", None, {"": 1}]


def test_a_draft_is_an_edit(tree: factories.Tree, file: Path) -> None:
    run(write(file, [record()]))
    page = ProcedurePage.objects.get()
    page.conditions = "Bản nháp"
    page.save_revision()
    assert outcomes(run(write(file, [record(name="Tên mới")]))) == ["conflict"]
    assert ProcedurePage.objects.get().get_latest_revision_as_object().conditions == "Bản nháp"


def test_an_edit_alone_is_no_conflict(tree: factories.Tree, file: Path) -> None:
    """The record is the old one: there is nothing to decide."""
    run(write(file, [record()]))
    edit(ProcedurePage.objects.get(), conditions="Sửa tay")
    assert outcomes(run(file)) == ["unchanged"]
    assert outcomes(run(write(file, [record() | {"also_in": ["x"]}]))) == ["unchanged"]
    assert not ImportConflict.objects.exists()
    assert outcomes(run(write(file, [record(keywords="khác")]))) == ["conflict"]


def test_an_edit_that_agrees_with_the_record_is_no_conflict(tree: factories.Tree, file: Path) -> None:
    run(write(file, [record()]))
    edit(ProcedurePage.objects.get(), name="Tên mới")
    assert outcomes(run(write(file, [record(name="Tên mới")]))) == ["unchanged"]


def test_a_conflict_that_is_over_is_closed(tree: factories.Tree, file: Path) -> None:
    run(write(file, [record()]))
    edit(ProcedurePage.objects.get(), name="Tên khác")
    assert outcomes(run(write(file, [record(name="Tên mới")]))) == ["conflict"]
    edit(ProcedurePage.objects.get(), name="Tên mới")
    assert outcomes(run(file)) == ["unchanged"]
    assert ImportConflict.objects.get().state == "done"


def test_a_page_that_was_taken_down_stays_down(tree: factories.Tree, file: Path) -> None:
    run(write(file, [record()]))
    ProcedurePage.objects.get().unpublish()
    results = run(write(file, [record(name="Tên mới")]))
    assert outcomes(results) == ["updated"]
    assert "not_public" in {finding.kind for finding in results[0].findings}
    page = ProcedurePage.objects.get()
    assert not page.live
    assert (page.name, page.get_latest_revision_as_object().name) == ("Đăng ký khai sinh", "Tên mới")
