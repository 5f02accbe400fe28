"""The command: exit status, reports, and one clear sentence for what cannot be used."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from procedures.models import ProcedurePage
from tests import factories
from tests.procedures.imports import records_of
from tests.procedures.records import record, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


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


def test_a_portal_without_a_list_of_procedures(tree: factories.Tree, file: Path) -> None:
    tree.procedures.delete()
    assert command(write(file, [record()]))[0] == 2
