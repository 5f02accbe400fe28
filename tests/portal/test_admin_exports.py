"""Every list of the admin goes out as XLSX and CSV: codes stay text, nothing in it is a live formula."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from home.editing.exports import harmless
from home.models import User
from portal.demo import content
from procedures.models import LegalDocument
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LISTS = (
    *(
        "pages/",
        "pages/{procedures}/",
        "pages/{news}/",
        "users/",
        "groups/",
        "images/",
        "documents/",
        "redirects/",
    ),
    *(
        f"snippets/procedures/{name}/"
        for name in ("sector", "agency", "lifeevent", "legaldocument", "retiredcode")
    ),
    *(f"snippets/home/{name}/" for name in ("rule", "banner", "notice", "visitday")),
    *("collections/", "workflows/list/", "workflows/tasks/index/", "sites/", "reports/page-types-usage/"),
    *("snippets/search/searchterm/", "snippets/search/bestbet/"),
    *(f"reports/{name}/" for name in ("site-history", "aging-pages", "locked", "workflow", "workflow_tasks")),
    *(
        f"reports/{name}/"
        for name in (
            "forced",
            "bin",
            "logins",
            "letters",
            "reviews",
            "dead-links",
            "phrasings",
            "import-conflicts",
        )
    ),
)


@pytest.fixture
def admin(client: Client, tree: factories.Tree) -> Client:
    client.force_login(factories.administrator())
    return client


def rows(client: Client, address: str) -> list[list[str]]:
    """Return the CSV of a list."""
    answer = client.get(f"/admin/{address}?export=csv")
    assert answer.headers["Content-Type"].startswith("text/csv"), address
    text = answer.getvalue()
    assert text.startswith("\ufeff".encode())
    return list(csv.reader(StringIO(text.decode("utf-8-sig"))))


def cells(client: Client, address: str) -> list[list[Any]]:
    """Return the cells of a list's workbook."""
    answer = client.get(f"/admin/{address}?export=xlsx")
    book = load_workbook(BytesIO(answer.getvalue()))
    assert book.active
    return [list(row) for row in book.active.iter_rows()]


@pytest.mark.parametrize("address", LISTS)
def test_every_list_goes_out(address: str, admin: Client, tree: factories.Tree) -> None:
    address = address.format(procedures=tree.procedures.pk, news=tree.news.pk)
    shown = admin.get(f"/admin/{address}")
    assert shown.status_code == 200, address
    assert "export=xlsx" in shown.content.decode(), address
    headings = rows(admin, address)[0]
    assert headings
    assert not {"Method", "method", ""} & {heading.strip() for heading in headings}
    assert cells(admin, address)[0]


def test_a_list_has_all_rows_with_few_queries(admin: Client, django_assert_max_num_queries: Any) -> None:
    content.load()
    parent = factories.Tree.load().procedures
    rows(admin, f"pages/{parent.pk}/")
    with django_assert_max_num_queries(60):
        found = rows(admin, f"pages/{parent.pk}/")
    assert len(found) == 41
    assert found[0][:4] == ["tiêu đề", "địa chỉ", "loại", "trạng thái"]


EVIL = ("=1+1", "+84255", "-2", "@SUM(A1)", "\t=1", "＝1+1", " =1", "'=1")


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_is_a_formula(text: str, admin: Client) -> None:
    LegalDocument.objects.create(number=f"1/{EVIL.index(text)}", title=text.strip() or text, issuer=text)
    address = "snippets/procedures/legaldocument/"
    (row,) = rows(admin, address)[1:]
    assert all(not cell or cell[0] not in "=+-@\t＝" for cell in row)
    assert all(cell.data_type != "f" for line in cells(admin, address) for cell in line)


def test_codes_stay_text(admin: Client) -> None:
    LegalDocument.objects.create(number="1.001100", title="Số có số không ở cuối")
    row = cells(admin, "snippets/procedures/legaldocument/")[1]
    assert (row[0].value, row[0].data_type) == ("1.001100", "s")
    assert rows(admin, "snippets/procedures/legaldocument/")[1][0] == "1.001100"


def test_times_are_those_of_the_province(admin: Client) -> None:
    moment = timezone.make_aware(datetime(2026, 6, 5, 0, 30))
    User.objects.create_user("bien-tap", last_login=moment)
    (row,) = [row for row in rows(admin, "users/") if row[0] == "bien-tap"]
    assert row[-1] == "2026-06-05 00:30"


@pytest.mark.shared
def test_field_case_32_values_that_become_formulas(shared_dir: Path, admin: Client) -> None:
    with (shared_dir / "field/inputs/32-formula-cells.csv").open(encoding="utf-8-sig", newline="") as file:
        values = [cell for line in csv.reader(file) for cell in line]
    for value in values:
        assert not harmless(value)[:1] or harmless(value)[0] not in "=+-@\t＝", value
        assert harmless(value).removeprefix("'") == value.removeprefix("'")
