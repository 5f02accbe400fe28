"""Whether the national catalogue still has a procedure: imported, asked about, shown, and ranked."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from procedures import conflict_admin
from procedures.documents import ProcedureSource
from procedures.models import ImportConflict, ImportedRecord, ProcedurePage
from search.documents import Demotion
from tests import factories
from tests.procedures.imports import edit, outcomes, run
from tests.procedures.records import Data, record, write

pytestmark = pytest.mark.django_db


def unlisted(**fields: Any) -> Data:
    return record(**fields, in_catalogue_2026_07=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


@pytest.mark.parametrize(
    ("data", "listed"), [(record(), True), (record(in_catalogue_2026_07=None), True), (unlisted(), False)]
)
def test_a_record_says_it(tree: factories.Tree, file: Path, data: Data, listed: bool) -> None:
    run(write(file, [data]))
    assert ProcedurePage.objects.get().listed is listed
    assert outcomes(run(file)) == ["unchanged"]


def test_a_record_that_says_nonsense_is_refused(tree: factories.Tree, file: Path) -> None:
    results = run(write(file, [record(in_catalogue_2026_07="bao giờ")]))
    assert outcomes(results) == ["refused"]
    assert "in_catalogue_2026_07" in results[0].reason


def as_the_importer_before_left_it() -> None:
    """Take back what the first importer did not know: the migration says of each page that it is listed."""
    ProcedurePage.objects.update(listed=True)
    for revision in Revision.objects.all():
        del revision.content["listed"]
        revision.save()
    for imported in ImportedRecord.objects.all():
        del imported.parts["listed"]
        imported.importer_version = "1"
        imported.save()


def test_the_same_records_are_read_again(tree: factories.Tree, file: Path) -> None:
    run(write(file, [record(), unlisted(code="1.000002")]))
    as_the_importer_before_left_it()
    results = run(file)
    assert outcomes(results) == ["unchanged", "updated"]
    assert results[1].reason == "listed"
    assert list(ProcedurePage.objects.order_by("code").values_list("listed", flat=True)) == [True, False]
    assert outcomes(run(file)) == ["unchanged", "unchanged"]


def test_a_page_edited_since_is_a_conflict(tree: factories.Tree, file: Path) -> None:
    run(write(file, [record()]))
    edit(ProcedurePage.objects.get(), conditions="Sửa tay")
    assert outcomes(run(write(file, [unlisted()]))) == ["conflict"]
    conflict = ImportConflict.objects.get()
    assert "listed" in conflict.parts
    client = Client()
    client.force_login(factories.administrator())
    html = client.get(reverse(conflict_admin.DECIDE, args=[conflict.pk])).content.decode()
    text = html.replace("<del>", "").replace("</del>", "").replace("<ins>", "").replace("</ins>", "").lower()
    assert "danh mục quốc gia: có" in text
    assert "danh mục quốc gia: không" in text


def test_the_page_and_the_search_say_so(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure()
    left = factories.procedure(listed=False)
    assert "Không còn trong danh mục quốc gia" not in client.get(page.get_url()).content.decode()
    assert "Không còn trong danh mục quốc gia" in client.get(left.get_url()).content.decode()
    found = {document.id: document for document in ProcedureSource().documents([page.pk, left.pk])}
    assert found[page.pk].demotions == ()
    assert found[left.pk].demotions == (Demotion.UNLISTED,)
