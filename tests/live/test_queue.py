"""A change reaches the index through the worker: after its commit, also when the worker comes later."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from home.models import InformationPage
from procedures.models import ProcedurePage
from search.models import OutboxEntry
from tests import factories
from tests.live import editing
from tests.live.conftest import Rig
from tests.live.servers import wait_until
from tests.procedures.records import record, write

pytestmark = pytest.mark.django_db


def test_case_10a_what_an_import_refuses_is_neither_in_the_database_nor_in_the_index(
    rig: Rig, tmp_path: Path
) -> None:
    good = [record(f"9.90001{n}", f"Thủ tục hoàn tác zebra10{n}") for n in range(1, 6)]
    impossible = record("", "", sectors=["Lĩnh vực không hề có"], levels=["Cấp sao Hỏa"])
    file = write(tmp_path / "records.jsonl", [*good, impossible])
    with pytest.raises(CommandError):
        call_command("import_procedures", str(file), stdout=StringIO())
    stored = sorted(ProcedurePage.objects.filter(name__contains="zebra10").values_list("pk", flat=True))
    assert len(stored) == 5
    wait_until(lambda: rig.found("name:zebra10*") == stored)
    call_command("search_index", "check", stdout=StringIO())


def test_case_10b_fifty_pages_of_one_bulk_action_are_found(rig: Rig, editor: Client) -> None:
    with transaction.atomic():
        pages = [factories.information(f"zebra10b số {number}", live=False) for number in range(50)]
    begun = len(rig.worker.said())
    editing.publish_together(editor, pages)
    assert InformationPage.objects.live().filter(title__startswith="zebra10b").count() == 50
    wait_until(lambda: len(rig.found("zebra10b")) == 50)
    for sign in ("does not exist", "DoesNotExist", "Traceback"):
        assert sign not in rig.worker.said()[begun:]


def test_case_10c_what_was_published_without_a_worker_is_found_when_it_comes(
    rig: Rig, editor: Client
) -> None:
    rig.worker.stop()
    page = editing.create(editor, "zebra10c", **editing.PUBLISH)
    assert rig.redis.waiting() and OutboxEntry.objects.exists()
    assert rig.found("zebra10c") == []
    rig.worker.start()
    wait_until(lambda: rig.found("zebra10c") == [page.pk])
