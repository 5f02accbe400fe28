"""An index of its own for each test, in a real Elasticsearch, and a way to ask it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import QueryDict
from elasticsearch import Elasticsearch, helpers
from pytest_django import Settings

from search import draining, names, rebuilding, service
from search.client import writer
from search.documents import SearchDocument
from search.index import stored
from search.parameters import parse
from search.results import Results

Search = Callable[..., Results]


def quiet(done: int, total: int) -> None:
    """Take no notice of the progress of a rebuild."""


@pytest.fixture
def index(db: None, settings: Settings) -> Iterator[Elasticsearch]:
    """Build an index of what the database has, under a name of this test's own; return the client."""
    settings.SEARCH_INDEX = f"{settings.SEARCH_INDEX}-{uuid4().hex[:8]}"
    client = writer()
    rebuilding.rebuild(client, quiet)
    yield client
    for name in names.indexes(client):
        client.indices.delete(index=name)
    client.indices.delete_index_template(name=f"{names.alias()}-only-aliases")


@pytest.fixture
def search(index: Elasticsearch) -> Search:
    """Return a function that searches when all changes are in the index: `search("giấy", level="xa")`."""

    def ask(words: str = "", **parameters: str | list[str]) -> Results:
        draining.drain()
        index.indices.refresh(index=names.alias())
        parsed = parse(QueryDict(urlencode({"q": words} | parameters, doseq=True)))
        assert not parsed.errors
        found = service.search(parsed.parameters)
        assert not found.degraded
        return found

    return ask


@pytest.fixture
def fill(index: Elasticsearch) -> Callable[[Iterable[SearchDocument]], None]:
    """Return a function that puts documents into the index which are no pages: their ids are below 0."""

    def put(documents: Iterable[SearchDocument]) -> None:
        sources = (stored(replace(document, id=-document.id)) for document in documents)
        actions = ({"_id": str(source["id"]), "_source": source} for source in sources)
        helpers.bulk(index, actions, index=names.alias(), refresh=True)

    return put


def titles(results: Results) -> list[str]:
    """Return the titles of results, in their order."""
    return [result.title for result in results.results]


def counts(results: Results, facet: str) -> dict[str, int]:
    """Return the counts of a filter."""
    return {value.value: value.count for value in results.facet(facet).values}
