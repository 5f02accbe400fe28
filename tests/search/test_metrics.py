"""The figures of the index for Prometheus, and the same ones from the command."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from search import health
from search.metrics import metrics
from search.models import IndexCheck, OutboxEntry, Rebuild
from tests.search.factories_health import rebuild_row

pytestmark = pytest.mark.django_db
TOKEN = "chuỗi-bí-mật"


def scrape(authorization: str = f"Bearer {TOKEN}") -> dict[str, float]:
    request = RequestFactory().get("/metrics", headers={"Authorization": authorization})
    response = metrics(request)
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "no-store" in response.headers["Cache-Control"]
    return {
        sample.name + "".join(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


@pytest.fixture(autouse=True)
def token(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def test_all_figures() -> None:
    now = timezone.now()
    OutboxEntry.objects.create(page_id=1)
    OutboxEntry.objects.create(page_id=2)
    OutboxEntry.objects.filter(page_id=1).update(created_at=now - timedelta(seconds=90))
    OutboxEntry.objects.create(page_id=3, attempts=2, error="too long")
    IndexCheck.objects.create().finish(pages=10, missing=3, stale=2, ghosts=1, repaired=5)
    IndexCheck.objects.update(finished_at=now - timedelta(hours=2))
    IndexCheck.objects.create()  # one that is running says nothing yet
    run = rebuild_row(state=Rebuild.State.DONE)
    Rebuild.objects.filter(pk=run.pk).update(
        started_at=now - timedelta(minutes=11), heartbeat_at=now - timedelta(minutes=10)
    )
    rebuild_row(state=Rebuild.State.FAILED)
    found = scrape()
    assert found["minh_bach_outbox_changes"] == 2
    assert 90 <= found["minh_bach_outbox_oldest_seconds"] < 120
    assert found["minh_bach_documents_refused"] == 1
    assert 7200 <= found["minh_bach_check_age_seconds"] < 7230
    assert found["minh_bach_check_failed"] == 0
    assert found["minh_bach_check_pages_differingmissing"] == 3
    assert found["minh_bach_check_pages_differingghosts"] == 1
    assert found["minh_bach_check_pages_left"] == 1
    assert 600 <= found["minh_bach_rebuild_age_seconds"] < 630
    assert found["minh_bach_rebuild_took_seconds"] == 60


def test_what_never_happened_has_no_age() -> None:
    found = scrape()
    assert found["minh_bach_outbox_changes"] == found["minh_bach_outbox_oldest_seconds"] == 0
    assert "minh_bach_check_age_seconds" not in found
    assert "minh_bach_rebuild_age_seconds" not in found


@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer khác", TOKEN, f"Basic {TOKEN}"])
def test_without_the_token_there_is_no_such_address(authorization: str) -> None:
    with pytest.raises(Http404):
        scrape(authorization)


def test_without_a_token_of_ours_there_is_no_such_address(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    for authorization in ("", "Bearer ", "Bearer"):
        with pytest.raises(Http404):
            scrape(authorization)


def test_its_address(client: Client) -> None:
    assert client.get("/metrics").status_code == 404
    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (response.status_code, b"minh_bach_outbox_changes 0.0" in response.content) == (200, True)


def test_the_command_has_the_same_figures_without_elasticsearch(settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    OutboxEntry.objects.create(page_id=3, attempts=2, error="too long")
    out = StringIO()
    call_command("search_index", "status", "--json", stdout=out)
    assert json.loads(out.getvalue()) == vars(health.read())
