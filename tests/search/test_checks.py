"""Start-up checks: no page type is forgotten, and settings make sense."""

import pytest
from django.core.checks import CheckMessage, run_checks
from pytest_django import Settings

from home.models import HomePage, InformationPage
from search import documents


def found(code: str) -> list[CheckMessage]:
    return [message for message in run_checks() if message.id == code]


def test_all_is_well() -> None:
    assert found("search.E001") == found("search.E002") == []


def test_a_page_type_that_nobody_decided_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(documents.sources, "page")
    monkeypatch.setattr(documents, "unsearched", documents.unsearched - {HomePage})
    assert {message.obj for message in found("search.E001")} == {HomePage, InformationPage}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEARCH_INDEX", "Minh Bạch"),
        ("SEARCH_INDEX", "_ours"),
        ("ELASTICSEARCH_URL", ["localhost:9200"]),
        ("SEARCH_TIMEOUT", 0),
        ("SEARCH_WRITE_TIMEOUT", -1),
        ("SEARCH_SHARDS", 0),
        ("SEARCH_REPLICAS", -1),
        ("SEARCH_PAGE_SIZE", 500),
    ],
)
def test_settings_that_make_no_sense(settings: Settings, name: str, value: object) -> None:
    setattr(settings, name, value)
    (message,) = found("search.E002")
    assert name in message.msg
