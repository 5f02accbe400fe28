"""A run of the import: each line ends somewhere, a second run changes nothing, no edit is lost."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from wagtail.models import Revision

from procedures.importing import bulk, running
from procedures.importing.outcomes import Outcome
from procedures.models import (
    ImportedRecord,
    LegalDocument,
    ProcedurePage,
    Sector,
)
from tests import factories
from tests.procedures.imports import edit, everything, outcomes, records_of, run
from tests.procedures.records import citation, record, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


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
