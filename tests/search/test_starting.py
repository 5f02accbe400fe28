"""A start says in the log when the index was built by code with another mapping, and never waits for it."""

import logging
import socket
import time

import pytest
from elasticsearch import Elasticsearch
from pytest_django import Settings

from search import names, starting


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == starting.logger.name]


def test_another_mapping_is_one_warning_that_names_the_command(
    index: Elasticsearch, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        starting.warn_of_other_mapping()
        assert said(caplog) == []
        index.indices.put_mapping(index=names.alias(), meta={"hash": "0"})
        starting.warn_of_other_mapping()
    (sentence,) = said(caplog)
    assert "manage.py search_index rebuild" in sentence


def test_a_start_without_an_index_or_without_elasticsearch_is_silent(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        settings.SEARCH_INDEX = "none-of-that-name"
        starting.warn_of_other_mapping()
        settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
        starting.warn_of_other_mapping()
    assert said(caplog) == []


def test_a_start_does_not_wait_for_an_elasticsearch_that_hangs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "PATIENCE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.ELASTICSEARCH_URL = [f"http://127.0.0.1:{server.getsockname()[1]}"]
        began = time.monotonic()
        starting.warn_in_background()
        assert time.monotonic() - began < 0.8
        starting.warn_of_other_mapping()
        assert time.monotonic() - began < 5
