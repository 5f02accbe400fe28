"""Codes that have left the national catalogue: imported, listed, looked up, and where the others are."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from procedures import codes
from procedures.models import RetiredCode
from search.documents import Retired
from search.keys import code_key, codes_in
from tests import factories
from tests.procedures.records import Data, write

pytestmark = pytest.mark.django_db


def old(code: Any = "1.000002", **fields: Any) -> Data:
    return {"code": code, "name": "Cấp giấy phép cũ", "seen": "2025-05", "source": "Bản sao"} | fields


def bring_in(path: Path, *lines: Data | str) -> None:
    call_command("import_retired_codes", write(path / "retired.jsonl", lines))


def test_a_second_run_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(tmp_path, old(), old("1.000003"))
    bring_in(tmp_path, old(name="Cấp  giấy phép\u00a0mới"), old("1.000003"), old("1.000004"))
    bring_in(tmp_path, old(name="Cấp giấy phép mới"), old("1.000003"), old("1.000004"))
    said = capsys.readouterr().out.splitlines()
    assert [[int(word) for word in line.split() if word.isdigit()] for line in said] == [
        [2, 0, 0],
        [1, 1, 1],
        [0, 0, 3],
    ]
    assert RetiredCode.objects.get(code="1.000002").name == "Cấp giấy phép mới"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "JSON"),
        ("[1]", "JSON"),
        (old(code=""), "code"),
        (old(code="..."), "mã"),
        (old(code=["1.000009"]), "code"),
        (old(name=None), "name"),
        (old(seen="05/2025"), "2025-05"),
        (old(seen="2025-13"), "2025-05"),
        (old("1.000001"), "dòng"),
        (old("1" * 51), "50"),
    ],
)
def test_a_bad_line_is_named_and_kept_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: Data | str, reason: str
) -> None:
    with pytest.raises(CommandError) as error:
        bring_in(tmp_path, old("1.000001"), line, old("1.000005"))
    assert error.value.returncode == 1
    said = capsys.readouterr()
    assert said.err.startswith("Dòng 2: ")
    assert reason in said.err
    assert list(RetiredCode.objects.values_list("code", flat=True)) == ["1.000001", "1.000005"]


def test_a_file_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl").write_bytes(b'{"code": "1.000001", "name": "a", "seen": "2025-05"}\n\xff\xfe\n')
    for name in ("cut.jsonl", "none.jsonl"):
        with pytest.raises(CommandError) as error:
            call_command("import_retired_codes", tmp_path / name)
        assert error.value.returncode == 2
    assert not RetiredCode.objects.exists()


@pytest.mark.shared
def test_the_real_file(shared_dir: Path, tree: factories.Tree) -> None:
    call_command("import_retired_codes", shared_dir / "data" / "retired-codes.jsonl")
    assert RetiredCode.objects.count() == 1227
    assert codes.retired(["1000002"])["1000002"].seen == "2025-05"


def test_the_search_finds_them_by_key(
    tree: factories.Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("1.000002", "1.000003", "C08_XPHCDB"):
        RetiredCode.objects.create(code=code, name=f"Tên {code}", seen="2025-05")
    factories.procedure(code="1.000003")
    with django_assert_num_queries(1):
        found = codes.retired(["1000002", "1000003", "c08xphcdb", "1000009"])
    assert found == {
        "1000002": Retired("1.000002", "Tên 1.000002", "2025-05"),
        "c08xphcdb": Retired("C08_XPHCDB", "Tên C08_XPHCDB", "2025-05"),
    }
    assert {code_key(row.code) for row in found.values()} == set(found)


def test_where_the_page_of_a_code_is(tree: factories.Tree) -> None:
    page = factories.procedure(code="1.000003")
    local = factories.procedure("Ở Hà Nội", code="1.000003", code_suffix="000.00.00.H26")
    suffixed = factories.procedure("Chỉ một", code="1.000004", code_suffix="000.00.00.H34")
    for suffix in ("000.00.00.H01", "000.00.00.H02"):
        factories.procedure(suffix, code="1.000005", code_suffix=suffix)
    factories.procedure(code="1.000006", live=False)
    found = {
        written: codes.address(codes_in(written)[0])
        for written in ("1.000003", "1000003", "1.000003.000.00.00.H26", "1.000004", "1.000005", "1.000006")
    }
    assert found == {
        "1.000003": page.get_url(),
        "1000003": page.get_url(),
        "1.000003.000.00.00.H26": local.get_url(),
        "1.000004": suffixed.get_url(),
        "1.000005": None,
        "1.000006": None,
    }


def test_the_admin_shows_them_and_changes_none(client: Client) -> None:
    row = RetiredCode.objects.create(code="1.000002", name="Cấp giấy phép cũ", seen="2025-05")
    client.force_login(factories.administrator())
    html = client.get("/admin/snippets/procedures/retiredcode/").content.decode()
    assert "1.000002" in html
    assert "2025-05" in html
    assert "data-bulk-action-checkbox" not in html
    assert "/admin/snippets/procedures/retiredcode/" in client.get("/admin/").content.decode()
    assert client.get(f"/admin/snippets/procedures/retiredcode/inspect/{row.pk}/").status_code == 200
    for address in ("add/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert client.get(f"/admin/snippets/procedures/retiredcode/{address}").status_code == 302
        assert client.post(f"/admin/snippets/procedures/retiredcode/{address}").status_code == 302
    assert RetiredCode.objects.count() == 1
