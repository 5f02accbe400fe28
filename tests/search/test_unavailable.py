"""Elasticsearch away, hanging or empty: a reader is told so at once, in plain words."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from procedures.models import ProcedurePage
from tests import factories

pytestmark = pytest.mark.django_db
ENGINE_WORDS = (
    "elasticsearch",
    "Traceback",
    "index_not_found",
    "TransportError",
    "ConnectionError",
    "127.0.0.1:",
)


@pytest.fixture
def hanging() -> Iterator[str]:
    """Return the address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(params=["away", "hanging", "empty"])
def trouble(request: pytest.FixtureRequest, settings: Settings, hanging: str) -> str:
    """Bring the search into trouble of one kind."""
    if request.param == "empty":
        settings.SEARCH_INDEX = "no-such-index"
    else:
        settings.ELASTICSEARCH_URL = [{"away": "http://127.0.0.1:9", "hanging": hanging}[request.param]]
    return str(request.param)


@pytest.mark.parametrize("path", ["/tim-kiem/?q=khai&level=xa", "/goi-y/?q=khai", "/api/v1/search?q=khai"])
def test_a_reader_is_told_at_once(client: Client, trouble: str, path: str) -> None:
    started = time.monotonic()
    response = client.get(path)
    assert time.monotonic() - started < 4
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert not [word for word in ENGINE_WORDS if word in response.content.decode()]


def test_the_words_are_still_in_the_box(client: Client, trouble: str) -> None:
    assert 'value="khai sinh"' in client.get("/tim-kiem/?q=khai+sinh").content.decode()


def test_an_editor_notices_nothing(trouble: str) -> None:
    started = time.monotonic()
    page = factories.procedure("zebra")
    page.unpublish()
    page.delete()
    assert time.monotonic() - started < 3
    assert not ProcedurePage.objects.filter(name="zebra").exists()
