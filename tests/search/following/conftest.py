"""After each test here, whatever it did, the index says what the database says."""

from collections.abc import Iterator

import pytest
from django.test import Client
from elasticsearch import Elasticsearch

from search import draining, verification
from tests import factories


@pytest.fixture(autouse=True)
def faithful(index: Elasticsearch) -> Iterator[None]:
    """Compare each page with its document when the test is over."""
    yield
    draining.drain()
    assert not verification.compare(index).ids


@pytest.fixture
def admin(db: None) -> Client:
    """Return the browser of one who may do everything."""
    client = Client()
    client.force_login(factories.administrator())
    return client
