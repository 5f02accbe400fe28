"""Field cases 8 and 10: one bad row of many, and work that is handed over before or after a commit."""

import csv
import logging
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from elasticsearch import Elasticsearch

from home.models import InformationPage
from procedures.models import ProcedurePage
from search import broker, draining, outbox, tasks, verification
from search.models import OutboxEntry
from tests import factories
from tests.procedures.records import citation, record, write
from tests.search.conftest import Search, titles
from tests.search.factories_health import as_if_committed

LEVELS = {"Cấp xã": ["Xã"]}


@pytest.fixture
def inputs(shared_dir: Path) -> Path:
    return shared_dir / "field" / "inputs"


def imported(rows: Path, folder: Path) -> str:
    """Import a table of the field cases as a file of the catalogue; return what the command said."""
    with rows.open(encoding="utf-8-sig", newline="") as file:
        records = [_record(row) for row in csv.DictReader(file)]
    out = StringIO()
    try:
        call_command("import_procedures", str(write(folder / "rows.jsonl", records)), stdout=out)
    except CommandError as error:
        out.write(str(error))
    return out.getvalue()


def _record(row: dict[str, str]) -> dict[str, Any]:
    basis = [citation(title=row["can_cu"])] if row.get("can_cu") else []
    levels = LEVELS.get(row["cap"], [row["cap"]])
    return record(row["ma"], row["ten"], sectors=[row["linh_vuc"]], levels=levels, legal_basis=basis)


@pytest.mark.shared
def test_case_8_a_poison_row_is_found_as_its_neighbours_are(
    inputs: Path, tmp_path: Path, search: Search, index: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "PAUSE", 0)
    imported(inputs / "08-poison-row.csv", tmp_path)
    names = {"9.900001": "trước dòng dài", "9.900002": "căn cứ rất dài", "9.900003": "sau dòng dài"}
    for built in ("drained", "rebuilt"):
        found = {code: titles(search(code)) for code in names}
        assert all(len(of_code) == 1 for of_code in found.values()), (built, found)
        for code, words in names.items():
            assert found[code][0] in titles(search(words)), (built, words)
        out = StringIO()
        call_command("search_index", "rebuild", stdout=out)
        assert f"{ProcedurePage.objects.visible().count()} documents in" in out.getvalue()
    call_command("search_index", "check", stdout=StringIO())
    assert not OutboxEntry.objects.exists()


@pytest.mark.shared
def test_case_8_a_long_text_pasted_by_an_editor(inputs: Path, search: Search) -> None:
    text = (inputs / "08-long-field.txt").read_text(encoding="utf-8")
    law = factories.legal_document("99/2099/QH99", title=text)
    assert len(law.title.encode()) > 32_766
    factories.procedure("zebra trước")
    factories.procedure("zebra dài", legal=("99/2099/QH99",), keywords=text[:200])
    word = text.replace(" ", "")  # 30,000 letters without a space: Lucene takes no word of 32,766 bytes
    factories.information("zebra sau", body=[{"type": "quote", "value": word}])
    assert sorted(titles(search("zebra"))) == ["zebra dài", "zebra sau", "zebra trước"]
    assert titles(search("99/2099/QH99")) == ["zebra dài"]
    assert not OutboxEntry.objects.exists()


def test_case_8_one_that_cannot_be_indexed_is_named_and_the_rest_is_found(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = factories.procedure("zebra tốt")
    bad = factories.information("zebra xấu")
    monkeypatch.setattr(
        "home.documents.InformationSource.documents", lambda source, ids: [1 / 0 for _ in ids]
    )
    out = StringIO()
    with pytest.raises(CommandError, match="1 documents were refused") as failed:
        call_command("search_index", "rebuild", stdout=out, stderr=out)
    assert failed.value.returncode == 1
    assert f"Page {bad.pk} was refused: ZeroDivisionError" in out.getvalue()
    assert titles(search("zebra")) == [good.title]


@pytest.mark.shared
def test_case_10a_an_import_whose_last_row_is_impossible(
    inputs: Path, tmp_path: Path, search: Search
) -> None:
    """The import works row by row and says so: five pages, five hits, one refused."""
    said = imported(inputs / "10-rollback.csv", tmp_path)
    assert "1" in said
    pages = ProcedurePage.objects.filter(name__contains="zebra10")
    hits = [search(f"zebra10{number}").total for number in range(1, 6)]
    assert (pages.count(), hits) == (5, [1] * 5)


def test_case_10a_what_is_rolled_back_is_neither_a_page_nor_a_hit(search: Search) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        for number in range(5):
            factories.procedure(f"zebra10{number}")
        raise ZeroDivisionError
    assert [search(f"zebra10{number}").total for number in range(5)] == [0] * 5
    assert not OutboxEntry.objects.exists()


def test_case_10b_fifty_pages_in_one_bulk_action(
    search: Search, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    pages = [factories.information(f"zebra {number}", live=False) for number in range(50)]
    assert search("zebra").total == 0
    as_if_committed()
    client.force_login(factories.administrator())
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    with caplog.at_level(logging.WARNING):
        assert client.post(f"{address}?next=/admin/&{chosen}").status_code == 302
        assert search("zebra").total == 50
    assert InformationPage.objects.live().count() >= 50
    assert "does not exist" not in caplog.text


def test_case_10c_what_is_published_while_the_worker_is_stopped_is_found_after_its_start(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "current", broker.Broker(Celery(broker="redis+socket:///nowhere/redis.sock")))
    factories.procedure("zebra")
    outbox.send_drain()
    assert OutboxEntry.objects.exists()
    tasks.drain_outbox()  # what beat has the worker do, whether it was told of the change or not
    assert not OutboxEntry.objects.exists()
    assert search("zebra").total == 1
    assert draining.drain() == 0
