"""Measures the rebuild of the index beside sending the same ready documents with the client's bulk helper."""

import time
from collections.abc import Iterator

from elasticsearch import Elasticsearch, helpers

from search import client, indexing, names, rebuilding
from search.index import definition, stored


def run() -> Iterator[str]:
    """Yield a line for each measurement: a rebuild, and the bulk helper alone, in turn, twice."""
    server = client.writer()
    actions = _ready_documents()
    _send(server, actions)  # warms Elasticsearch up, for both alike
    ours, peer = [], []
    for _turn in range(2):
        peer.append(_send(server, actions))
        start = time.perf_counter()
        rebuilding.rebuild(server, progress=lambda done, total: None)
        ours.append(time.perf_counter() - start)
    yield f"rebuild of the index          {min(ours):7.1f} s           ({len(actions)} documents)"
    yield f"  peer: bulk of ready ones    {min(peer):7.1f} s"
    yield f"  times the peer              {min(ours) / min(peer):7.2f}"


def _ready_documents() -> list[dict[str, object]]:
    """Return the documents of all visible pages, made beforehand."""
    return [
        {"_id": str(document.id), "_source": stored(document)}
        for ids in indexing.visible_ids()
        for document in indexing.read_truth(ids)
    ]


def _send(server: Elasticsearch, actions: list[dict[str, object]]) -> float:
    """Send ready documents into an index made as a rebuild makes it; return the seconds."""
    index = f"{names.alias()}-peer"
    server.indices.delete(index=index, ignore_unavailable=True)
    body = definition()
    body["settings"] |= {"refresh_interval": "-1", "number_of_replicas": 0}
    server.indices.create(index=index, **body)
    start = time.perf_counter()
    helpers.bulk(server, actions, index=index)
    server.indices.refresh(index=index)
    seconds = time.perf_counter() - start
    server.indices.delete(index=index)
    return seconds
