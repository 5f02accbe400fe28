"""Pages written in bulk are, in every table of the database, what Wagtail's own way writes."""

import json
import re
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from portal.bench.importing import create_plainly
from procedures.importing import bulk, parts
from procedures.importing.catalogue import Catalogue
from procedures.importing.drafting import draft
from procedures.importing.running import record_hash
from procedures.importing.survey import Survey
from procedures.models import ImportedRecord, ProcedureIndexPage, ProcedurePage
from search.models import OutboxEntry
from tests import factories
from tests.procedures.records import Data, citation, fee, read_all, record, row, way

Rows = dict[str, list[str]]
UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
NUMBERED_ANYHOW = {ReferenceIndex, IndexEntry, ProcedurePage.levels.through, ProcedurePage.audiences.through}
"""Written as sets, or over and over again: the numbers of these rows say nothing."""

WRITTEN = [
    "procedures.ProcedurePage",
    "procedures.LegalBasis",
    "wagtailcore.PageLogEntry",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.Revision",
    "wagtailsearch.IndexEntry",
    "outbox",
]
"""Tables of which a test that found them empty would have proved nothing."""

RECORDS = [
    record(),
    record(
        "1.000002",
        "Thủ tục " + "rất dài " * 60,
        levels=["Bộ", "Tỉnh"],
        sectors=["Hộ tịch", "Chứng thực"],
        scope="địa phương",
        issuing_agency="UBND tỉnh Bắc Ninh",
        applicants=["Doanh nghiệp", "Công dân Việt Nam"],
        ways=[
            way("bưu chính", 1.5, "ngày", fees=[fee(None, "Miễn lệ phí cho người khuyết tật.")]),
            way(value=None),
        ],
        dossier=[row("Đơn", case="Trường hợp 1"), row("Ảnh", case="Trường hợp 2", role="unclear")],
        legal_basis=[citation(), citation("28/2026/QĐ-UBND", "Quy định", number_raw="QĐ số 28/2026/QĐ-UBND")],
        coordinating_agency="Sở Tư pháp; Công an tỉnh",
    ),
    record(
        "C08_XPHCDB",
        "Đăng ký khai sinh",
        levels=[],
        sectors=[],
        issuing_agency="",
        ways=[],
        dossier=[],
        steps=[],
    ),
]


def test_every_table_is_the_same(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert_same(RECORDS, django_capture_on_commit_callbacks)


@pytest.mark.shared
def test_every_table_is_the_same_for_real_records(
    db: None, shared_dir: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    codes = {
        "1.005250",
        "1.014955-Xoa",
        "2.001399",
        "3.000001",
        "1.115188",
        "1.013742",
        "1.013563",
        "1.000513",
    }
    found = read_all(shared_dir / "data" / "procedures.jsonl.gz", codes)
    assert len(found) == len(codes)
    assert_same(found, django_capture_on_commit_callbacks)


def test_a_slug_that_is_taken_gets_a_number(tree: factories.Tree) -> None:
    factories.publish(
        ProcedurePage(code="9", name="Khác", slug="1-000001-dang-ky-khai-sinh"), tree.procedures
    )
    bulk.create([new_page(record())], completed([record()]))
    assert ProcedurePage.objects.get(code="1.000001").slug == "1-000001-dang-ky-khai-sinh-2"


def test_the_tree_stays_sound(tree: factories.Tree) -> None:
    factories.procedure("Có trước")
    bulk.create([new_page(data) for data in RECORDS], completed(RECORDS))
    factories.procedure("Có sau")
    assert Page.find_problems() == ([], [], [], [], [])
    tree.procedures.refresh_from_db()
    assert tree.procedures.numchild == len(RECORDS) + 2
    assert tree.procedures.get_children().first().title == "Có trước"


def test_all_or_nothing(tree: factories.Tree) -> None:
    good, bad = new_page(record()), new_page(record("1.000002"))
    bad.draft.streams["steps"].append({"type": "steps", "value": {"case": object()}})
    with pytest.raises(TypeError):
        bulk.create([good, bad], completed([record()]))
    assert not ProcedurePage.objects.exists()
    tree.procedures.refresh_from_db()
    assert tree.procedures.numchild == 0


def test_a_page_says_what_its_record_says(tree: factories.Tree) -> None:
    """What is compared on the next import: neither a new page nor one saved again differs from its record."""
    catalogue = completed(RECORDS)
    for data in RECORDS:
        item = new_page(data)
        bulk.create([item], catalogue)
        page = ProcedurePage.objects.get(code=data["code"])
        assert parts.of_page(page) == parts.of_draft(item.draft, catalogue)
        page.save_revision().publish()
        assert parts.of_page(ProcedurePage.objects.get(pk=page.pk)) == parts.of_draft(item.draft, catalogue)


def new_page(data: Data) -> bulk.NewPage:
    """Return a record ready to be written."""
    return bulk.NewPage(draft(data), record_hash(data))


def completed(records: list[Data]) -> Catalogue:
    """Return the catalogue with all that the records refer to."""
    survey = Survey()
    for data in records:
        survey.add(data)
    catalogue = Catalogue()
    catalogue.complete(survey)
    return catalogue


def assert_same(records: list[Data], capture: DjangoCaptureOnCommitCallbacks) -> None:
    """Write records both ways, each on the same database, and compare all of it."""
    catalogue = completed(records)
    items = [new_page(data) for data in records]

    def plainly() -> None:
        for item in items:
            create_plainly(item, catalogue)

    plain = written_by(plainly, capture)
    in_bulk = written_by(lambda: bulk.create(items, catalogue), capture)
    assert plain.keys() == in_bulk.keys()
    assert all(plain[table] for table in WRITTEN)
    for table, rows in plain.items():
        assert in_bulk[table] == rows, table


def written_by(write: Callable[[], None], capture: DjangoCaptureOnCommitCallbacks) -> Rows:
    """Return all tables after a way of writing, and take it back."""
    restart_numbers()
    with transaction.atomic():
        with capture(execute=True):
            write()
        ProcedureIndexPage.objects.get()
        rows = all_tables()
        transaction.set_rollback(True)
    return rows


def restart_numbers() -> None:
    """Have PostgreSQL number rows from where they are: a rollback does not bring its sequences back."""
    statements = connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def all_tables() -> Rows:
    """Return every row of every table, without times and random keys."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model not in {ImportedRecord, OutboxEntry}
    ]
    tables = {model._meta.label: rows_of(model) for model in models if model._meta.managed}
    changed = OutboxEntry.objects.values_list("page_id", "subtree").distinct().order_by("page_id", "subtree")
    return tables | {"outbox": [str(entry) for entry in changed]}


def rows_of(model: type[Model]) -> list[str]:
    rows = []
    for values in model._base_manager.order_by("pk").values():
        if model in NUMBERED_ANYHOW:
            del values["id"]
        if model is IndexEntry:
            values["title_norm"] = bool(values["title_norm"])  # an average over what there is at the time
        rows.append(UUID.sub("uuid", json.dumps(plain_value(values), ensure_ascii=False, sort_keys=True)))
    return sorted(rows) if model in NUMBERED_ANYHOW else rows


def plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return "time"
    if isinstance(value, dict):
        return {key: plain_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain_value(inner) for inner in value]
    if isinstance(value, uuid.UUID):
        return "uuid"
    if isinstance(value, str | int | float | bool | None):
        return value
    return str(getattr(value, "raw_data", value))
