"""Tables of offices: codes stay codes; numbers and days are read the Vietnamese way, or refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from home.tables import Cell, Refused, UnreadableTable, code, day, number, rows
from procedures.importing.decisions import run as run_decisions
from procedures.importing.reading import UnusableFile
from procedures.importing.tables import records
from procedures.models import DecisionPage, ProcedurePage
from tests import factories
from tests.procedures.imports import outcomes, run

pytestmark = pytest.mark.django_db

TEXT = (
    "ma;ten;linh_vuc;so_ngay\n"
    "9.932001;Cấp bản sao trích lục hộ tịch;Hộ tịch;1,5\n"
    '9.932002;"Đăng ký ""thường trú""; có dấu";Cư trú;7\n'
)


def cell(value: Any, shown_as: str = "") -> Cell:
    return Cell(value, "Trang!A2", shown_as)


@pytest.mark.parametrize(
    ("value", "shown_as", "meaning"),
    [
        ("1.757", "", 1757),
        ("1.234.567", "", 1234567),
        ("1,234,567", "", 1234567),
        ("1.757,50", "", "1757.5"),
        ("12 345", "", 12345),
        ("1 234 567", "", 1234567),
        ("99,5%", "", "99.5"),
        ("99.5", "", "99.5"),
        ("1,5", "", "1.5"),
        ("0%", "", 0),
        ("—", "", None),
        ("", "", None),
        (None, "", None),
        (1757, "#,##0", 1757),
        (0.995, "0.0%", "99.5"),
        (0, "General", 0),
    ],
)
def test_what_a_number_means(value: Any, shown_as: str, meaning: Any) -> None:
    assert number(cell(value, shown_as)) == (None if meaning is None else Decimal(meaning))


@pytest.mark.parametrize(
    ("value", "shown_as"),
    [
        ("1,757", ""),
        (1.757, "0.000"),
        ("mười", ""),
        ("1.2.3", ""),
        ("1e5", ""),
        (True, ""),
        (date(2025, 1, 2), "d-mmm"),
    ],
)
def test_what_is_no_number_is_refused_by_its_place(value: Any, shown_as: str) -> None:
    with pytest.raises(Refused, match="Trang!A2"):
        number(cell(value, shown_as))


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("03/04/2025", date(2025, 4, 3)),
        ("13/04/2025", date(2025, 4, 13)),
        ("1/6/25", date(2025, 6, 1)),
        ("ngày 05 tháng 6 năm 2025", date(2025, 6, 5)),
        ("2025-04-03", date(2025, 4, 3)),
        ("03/04/2025 00:30", date(2025, 4, 3)),
        (datetime(2025, 4, 3, 23, 30), date(2025, 4, 3)),
        (45750, date(2025, 4, 3)),
        ("", None),
    ],
)
def test_what_a_day_means(value: Any, meaning: date | None) -> None:
    assert day(cell(value)) == meaning


@pytest.mark.parametrize("value", ["31/02/2025", "04/13/2025", "hôm qua", 7, "2025"])
def test_what_is_no_day_is_refused(value: Any) -> None:
    with pytest.raises(Refused, match="Trang!A2"):
        day(cell(value))


@pytest.mark.parametrize("value", [1.001193, 1001193, 999000.7, datetime(2025, 1, 2)])
def test_a_code_that_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(Refused, match="Trang!A2"):
        code(cell(value))


WAYS = {
    "utf8": TEXT.encode("utf-8"),
    "bom": TEXT.encode("utf-8-sig"),
    "commas": TEXT.replace(";", ",")
    .replace("1,5", '"1,5"')
    .replace('""thường trú"", có', '""thường trú""; có')
    .encode(),
    "utf16 tabs": TEXT.replace(";", "\t").replace('""thường trú""\t', '""thường trú"";').encode("utf-16"),
    "windows": TEXT.replace("\n", "\r\n").encode(),
    "mac": TEXT.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_rows_whatever_excel_has_written(way: str, tree: factories.Tree, tmp_path: Path) -> None:
    file = tmp_path / "bang.csv"
    file.write_bytes(WAYS[way])
    assert outcomes(run(file)) == ["created", "created"]
    first, second = ProcedurePage.objects.order_by("code")
    assert (first.name, first.sector_links.get().sector.name) == ("Cấp bản sao trích lục hộ tịch", "Hộ tịch")
    assert first.channels[0].value["limit"]["value"] == Decimal("1.5")
    assert second.name == 'Đăng ký "thường trú"; có dấu'
    assert outcomes(run(file)) == ["unchanged", "unchanged"]


def test_an_unknown_encoding_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "bang.csv"
    file.write_bytes(b"ma;ten\n1.1;C\xca\xbep b\xb6n \x81\x8d\n")
    with pytest.raises(UnreadableTable, match="CSV UTF-8"):
        list(rows(file))


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    file = tmp_path / "bang.xlsx"
    file.write_bytes(b"PK no")
    with pytest.raises(UnusableFile, match="xlsx"):
        run(file)


def test_a_refused_row_names_sheet_and_cell_and_keeps_no_other_back(
    tree: factories.Tree, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "Thủ tục"
    for line in (("Mã thủ tục", "Tên thủ tục"), ("1.001193", "Có mã là chữ"), (1.00011, "Mã thành số")):
        sheet.append(line)
    file = tmp_path / "bang.xlsx"
    book.save(file)
    results = run(file)
    assert outcomes(results) == ["created", "refused"]
    assert "Thủ tục!A3" in results[1].reason
    assert ProcedurePage.objects.get().code == "1.001193"


# The field's own files


@pytest.mark.shared
@pytest.mark.parametrize("way", ["csv", "xlsx"])
def test_a_first_row_without_its_code_keeps_no_other_back(way: str, tmp_path: Path) -> None:
    file = tmp_path / f"bang.{way}"
    if way == "csv":
        file.write_text("Tên;Mã thủ tục\nKhông mã\nCó mã;1.000001\n")
    else:
        book = Workbook()
        sheet = book.active
        assert sheet
        for line in (["Tên", "Mã thủ tục"], ["Không mã"], ["Có mã", "1.000001"]):
            sheet.append(line)
        book.save(file)
    names = [record and record["name"] for _number, record, _error in records(file)]
    assert names == ["Không mã", "Có mã"]


def test_field_case_30_codes_and_numbers(shared_dir: Path, tree: factories.Tree) -> None:
    results = run(shared_dir / "field/inputs/30-codes-and-numbers.xlsx")
    assert [result.line for result in results if result.outcome == "created"] == [2]
    assert all("Thủ tục!A" in result.reason for result in results[1:])
    assert list(ProcedurePage.objects.values_list("code", flat=True)) == ["1.001193"]


@pytest.mark.shared
def test_field_case_31_days(shared_dir: Path, tree: factories.Tree) -> None:
    results = {result.code: result for result in run_decisions(shared_dir / "field/inputs/31-dates.xlsx")}
    assert {code for code, result in results.items() if result.outcome == "refused"} == {
        "05/QĐ-UBND",
        "10/QĐ-UBND",
    }
    assert "B6" in results["05/QĐ-UBND"].reason
    days = dict(DecisionPage.objects.values_list("number", "date_signed"))
    third_of_april = date(2025, 4, 3)
    assert days == {
        "01/QĐ-UBND": third_of_april,
        "02/QĐ-UBND": date(2025, 4, 13),
        "03/QĐ-UBND": third_of_april,
        "04/QĐ-UBND": third_of_april,
        "06/QĐ-UBND": date(2025, 6, 1),
        "07/QĐ-UBND": date(2025, 6, 5),
        "08/QĐ-UBND": third_of_april,
        "09/QĐ-UBND": third_of_april,
    }
    assert not DecisionPage.objects.filter(live=True).exists()
    again = [result.outcome for result in run_decisions(shared_dir / "field/inputs/31-dates.xlsx")]
    assert set(again) == {"unchanged", "refused"}


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["bom-comma.csv", "bom-semicolon.csv", "cp1258-semicolon.csv", "utf16-tab.txt", "semicolon-cr.csv"],
)
def test_field_case_32_encodings(name: str, shared_dir: Path, tree: factories.Tree) -> None:
    results = run(shared_dir / f"field/inputs/32-{name}")
    names = list(ProcedurePage.objects.order_by("code").values_list("name", flat=True))
    assert outcomes(results) == ["created"] * len(names)
    wanted = ["Cấp bản sao trích lục hộ tịch", 'Đăng ký "thường trú"; có dấu chấm phẩy', "Tên có xuống dòng"]
    assert names == wanted[: len(names)]
    assert len(names) == (2 if "cp1258" in name else 3)


@pytest.mark.shared
def test_field_case_34_rich_text(shared_dir: Path, tree: factories.Tree) -> None:
    run(shared_dir / "field/inputs/34-richtext.csv")
    for page in ProcedurePage.objects.all():
        text = str(page.steps.get_prep_value()).lower()
        for danger in ("<script", "onclick", "onerror", "javascript:", "<iframe", "style=", "mso-"):
            assert danger not in text, page.code
    word = str(ProcedurePage.objects.get(code="9.934002").steps.get_prep_value())
    assert "Bước 1" in word
    assert "50.000" in word


@pytest.mark.shared
def test_field_case_10_a_row_that_cannot_be(shared_dir: Path, tree: factories.Tree) -> None:
    results = run(shared_dir / "field/inputs/10-rollback.csv")
    assert outcomes(results) == ["created"] * 5 + ["refused"]
    assert ProcedurePage.objects.count() == 5


def test_the_command_says_each_row(tree: factories.Tree, tmp_path: Path) -> None:
    file = tmp_path / "quyet-dinh.csv"
    file.write_text("Số hiệu;Ngày ban hành;Trích yếu\n1/QĐ-UBND;03/04/2025;Công bố\n;01/01/2025;Không số\n")
    said = StringIO()
    with pytest.raises(CommandError, match="1"):
        call_command("import_decisions", str(file), stdout=said)
    assert said.getvalue().splitlines()[0] == "2\tcreated\t1/QĐ-UBND\t"
    page = DecisionPage.objects.get()
    assert (page.title, page.date_signed, page.live) == ("Công bố", date(2025, 4, 3), False)
