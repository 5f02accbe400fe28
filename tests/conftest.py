"""What every test can use, and which tests there are: those on ../shared only where it is."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from tests.factories import Tree

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATABASES = {"db", "transactional_db"}
"""Fixtures of which a test, or another fixture of it, asks for one if it works with the database."""


def pytest_report_header() -> list[str]:
    """Say where this run's services are, and whether the real catalogue is beside the checkout."""
    database = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    return [
        f"database: {database}; elasticsearch: {', '.join(settings.ELASTICSEARCH_URL)}",
        f"tests on ../shared: {'collected' if SHARED.is_dir() else 'left out, it is not here'}",
    ]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """Have what asks no database run once; leave out what needs ../shared where that is not. None skips."""
    for item in items:
        if not (item.get_closest_marker("django_db") or DATABASES & set(item.fixturenames)):
            item.add_marker(pytest.mark.once)
    if SHARED.is_dir():
        return
    wanted = [item for item in items if item.get_closest_marker("shared") is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted


@pytest.fixture(autouse=True)
def in_vietnamese() -> None:
    """Begin in Vietnamese: a request to an English address leaves its language to the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def trusting() -> None:
    """Forget that Elasticsearch did not answer in another test."""
    from search.breaker import breaker

    breaker.reset()


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of real data beside the checkout."""
    return SHARED


@pytest.fixture
def tree(db: None) -> Tree:
    """Return the pages that the migrations make: home and its lists."""
    return Tree.load()
