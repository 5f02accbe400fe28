"""A run of the import: each line ends somewhere, a second run changes nothing, no edit is lost."""

import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from wagtail.models import PageLogEntry, Revision

from procedures.importing import bulk, running
from procedures.importing.outcomes import Outcome, Result
from procedures.importing.running import Run
from procedures.models import (
    Agency,
    ImportConflict,
    ImportedRecord,
    LegalDocument,
    ProcedurePage,
    Sector,
)
from search.models import OutboxEntry
from tests import factories
from tests.procedures.records import citation, record, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


def run(file: Path, **options: Any) -> list[Result]:
    """Import a file and return what became of each line."""
    results: list[Result] = []
    totals = Run(file, results.append, **options).execute()
    assert totals.lines == sum(totals.outcomes.values()) == len(results)
    return results


def outcomes(results: list[Result]) -> list[str]:
    return [str(result.outcome) for result in results]


def records_of(number: int) -> list[dict[str, Any]]:
    return [record(f"1.{n:06d}", f"Thủ tục {n}") for n in range(number)]


def everything() -> dict[str, Any]:
    """Return what a run could have changed."""
    models = (
        ProcedurePage,
        Revision,
        PageLogEntry,
        ImportedRecord,
        ImportConflict,
        Sector,
        Agency,
        LegalDocument,
    )
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models} | {
        "outbox": OutboxEntry.objects.count()
    }


def edit(page: ProcedurePage, **fields: Any) -> None:
    """Change a page as an editor does."""
    page = ProcedurePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_each_line_ends_somewhere(tree: factories.Tree, file: Path) -> None:
    factories.procedure("Có từ trước", code="1.000099")
    lines: list[Any] = [
        record("1.000001"),
        "{broken",
        record("", "Không có mã"),
        record("1.000002", ""),
        record("1.000001", "Lần nữa"),
        record("1.000003") | {"steps": "không phải danh sách"},
        record("1.000099"),
        "[1, 2]",
        "",
        record("1.000004"),
    ]
    results = run(write(file, lines))
    assert outcomes(results) == [
        "created", "refused", "refused", "refused", "refused", "refused", "conflict", "refused", "created",
    ]  # fmt: skip
    assert [result.line for result in results] == [1, 2, 3, 4, 5, 6, 7, 8, 10]
    assert all(result.reason for result in results if result.outcome == Outcome.REFUSED)
    assert "1" in results[4].reason
    assert set(ProcedurePage.objects.visible().values_list("code", flat=True)) == {
        "1.000001",
        "1.000004",
        "1.000099",
    }


def test_a_second_run_changes_nothing(tree: factories.Tree, file: Path) -> None:
    write(file, records_of(3))
    run(file)
    before = everything()
    assert outcomes(run(file)) == ["unchanged"] * 3
    assert everything() == before


def test_the_order_of_fields_is_no_change(tree: factories.Tree, file: Path) -> None:
    run(write(file, [record()]))
    assert outcomes(run(write(file, [dict(reversed(record().items()))]))) == ["unchanged"]


def test_a_dry_run_writes_nothing(tree: factories.Tree, file: Path) -> None:
    run(write(file, records_of(2)))
    edit(ProcedurePage.objects.get(code="1.000001"), conditions="Sửa tay")
    before = everything()
    lines = [
        record("1.000000", "Tên mới", sectors=["Lĩnh vực mới"]),
        record("1.000001", "Tên mới"),
        record("1.000009"),
    ]
    assert outcomes(run(write(file, [*lines, "{"]), dry_run=True)) == [
        "updated",
        "conflict",
        "created",
        "refused",
    ]
    assert everything() == before


def test_limit(tree: factories.Tree, file: Path) -> None:
    assert len(run(write(file, records_of(5)), limit=2)) == 2
    assert outcomes(run(file)) == ["unchanged"] * 2 + ["created"] * 3


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
    assert outcomes(run(file)) == ["unchanged", "unchanged"]


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
    for module in (running, bulk):
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


def test_only_the_bad_record_of_a_chunk_is_refused(
    tree: factories.Tree, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database refuses a chunk: its records are tried one by one."""
    create = bulk.create

    def refusing(new: list[bulk.NewPage], *args: Any) -> None:
        if any(item.draft.full_code == "1.000002" for item in new):
            raise IntegrityError("no such place")
        create(new, *args)

    monkeypatch.setattr(bulk, "create", refusing)
    results = run(write(file, records_of(4)))
    assert outcomes(results) == ["created", "created", "refused", "created"]
    assert results[2].reason == "no such place"


def test_a_run_that_was_cut_off_goes_on(
    tree: factories.Tree, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    create, calls = bulk.create, []

    def dying(*args: Any) -> None:
        calls.append(args)
        create(*args)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(bulk, "create", dying)
    with pytest.raises(KeyboardInterrupt):
        run(write(file, records_of(5)))
    whole = ProcedurePage.objects.count()
    assert whole == ImportedRecord.objects.count() == Revision.objects.count() == 4
    monkeypatch.setattr(bulk, "create", create)
    assert Counter(outcomes(run(file))) == {"unchanged": whole, "created": 5 - whole}


def test_another_page_took_the_code_meanwhile(
    tree: factories.Tree, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.Known, "load", classmethod(lambda cls: cls()))
    factories.procedure("Nhanh hơn", code="1.000001")
    assert outcomes(run(write(file, records_of(3)))) == ["created", "refused", "created"]


def test_a_code_with_a_suffix(tree: factories.Tree, file: Path) -> None:
    lines = [record("1.001193"), record("1.001193.000.00.00.H34", "Riêng của tỉnh")]
    assert outcomes(run(write(file, lines))) == ["created", "created"]
    page = ProcedurePage.objects.get(name="Riêng của tỉnh")
    assert (page.code, page.code_suffix, page.full_code) == (
        "1.001193",
        "000.00.00.H34",
        "1.001193.000.00.00.H34",
    )
    assert outcomes(run(file)) == ["unchanged", "unchanged"]


def test_spellings_of_one_sector_are_aliases(tree: factories.Tree, file: Path) -> None:
    spellings = [
        "Thi đua khen thưởng",
        "Thi đua – Khen thưởng",
        "Thi đua – Khen thưởng",
        "Thi đua, khen thưởng",
    ]
    run(write(file, [record(f"1.{n:06d}", sectors=[name]) for n, name in enumerate(spellings)]))
    sector = Sector.objects.get()
    assert (sector.name, sector.slug) == ("Thi đua – Khen thưởng", "thi-dua-khen-thuong")
    assert {alias.name for alias in sector.aliases.all()} == {"Thi đua khen thưởng", "Thi đua, khen thưởng"}
    assert sector.procedure_links.count() == 4
    sector.name = "Thi đua"
    sector.save()
    run(write(file, [record("1.000009", sectors=["Thi đua - khen thưởng"])]))
    assert Sector.objects.get().procedure_links.count() == 5


def test_legal_documents_are_one_row_each(tree: factories.Tree, file: Path) -> None:
    known = factories.legal_document("60/2014/QH13", title="Luật Hộ tịch (đã sửa tay)", issuer="")
    lines = [
        record("1.000001", legal_basis=[citation(), citation("Luật số 60/2014/QH13")]),
        record(
            "1.000002", legal_basis=[citation("123/2015/NĐ-CP", "Nghị định 123/2015/NĐ-CP", kind="Nghị định")]
        ),
        record(
            "1.000003", legal_basis=[citation("123/2015/NĐ-CP", "Quy định chi tiết thi hành Luật Hộ tịch")]
        ),
    ]
    results = run(write(file, lines))
    assert "basis_repeated" in {finding.kind for finding in results[0].findings}
    known.refresh_from_db()
    assert (known.title, known.issuer) == ("Luật Hộ tịch (đã sửa tay)", "Quốc hội")
    decree = LegalDocument.objects.get(key="123/2015/nd-cp")
    assert (decree.title, decree.bases.count()) == ("Quy định chi tiết thi hành Luật Hộ tịch", 2)


def test_two_provinces_use_one_number(tree: factories.Tree, file: Path) -> None:
    lines = [
        record(
            f"1.{n:06d}",
            scope="địa phương",
            issuing_agency=f"UBND tỉnh {place}",
            legal_basis=[citation("28/2026/QĐ-UBND", f"Quy định của tỉnh {place}"), citation()],
        )
        for n, place in enumerate(["Lai Châu", "Lạng Sơn"])
    ]
    run(write(file, lines))
    found = LegalDocument.objects.filter(number="28/2026/QĐ-UBND").order_by("place")
    assert [(document.place, document.title) for document in found] == [
        ("Lai Châu", "Quy định của tỉnh Lai Châu"),
        ("Lạng Sơn", "Quy định của tỉnh Lạng Sơn"),
    ]
    for document in found:
        document.save()  # as an editor does: each keeps its key
    assert LegalDocument.objects.get(number="60/2014/QH13").bases.count() == 2


def command(*args: Any) -> tuple[int, str]:
    """Run the command; return its exit status and what it said."""
    out = StringIO()
    try:
        call_command("import_procedures", *map(str, args), stdout=out, skip_checks=True)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def test_exit_status_and_reports(tree: factories.Tree, file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    status, said = command(write(tmp_path / "r.jsonl.gz", [*records_of(2), "{"]), "--report", report)
    assert status == 1
    assert "3" in said
    entries = [json.loads(line) for line in report.read_text().splitlines()]
    assert [(entry["line"], entry["code"], entry["outcome"]) for entry in entries] == [
        (1, "1.000000", "created"),
        (2, "1.000001", "created"),
        (3, "", "refused"),
    ]
    table = tmp_path / "report.csv"
    assert command(write(file, records_of(2)), "--report", table, "--dry-run")[0] == 0
    assert table.read_text("utf-8-sig").splitlines()[1].startswith("1,1.000000,unchanged")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nothing.jsonl", None),
        ("empty.jsonl", b""),
        ("text.txt", b"khong phai json\n" * 30),
        ("latin.jsonl", '{"code": "1", "name": "thủ"}'.encode("cp1258", "replace") + b"\xff\n"),
        ("cut.jsonl.gz", None),
        ("false.jsonl.gz", b"\x1f\x8bnot packed"),
    ],
)
def test_an_unusable_file_is_said_in_one_sentence(
    tree: factories.Tree, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    elif name.startswith("cut"):
        write(path, [record(f"1.{n:06d}", "Tên " * n) for n in range(300)])
        path.write_bytes(path.read_bytes()[:-200])
    status, said = command(path)
    assert status == 2
    assert name in said
    assert "\n" not in said.strip()
    assert not ProcedurePage.objects.exists()


def test_a_folder_and_a_report_that_cannot_be_written(
    tree: factories.Tree, file: Path, tmp_path: Path
) -> None:
    assert command(tmp_path)[0] == 2
    assert command(write(file, [record()]), "--report", tmp_path / "no" / "report.jsonl")[0] == 2
    assert not ProcedurePage.objects.exists()
    with pytest.raises(CommandError):
        call_command("import_procedures", str(file), "--limit", "0")
