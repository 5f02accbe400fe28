"""Measures the search among 100,000 pages beside that among those there are, in one run and one shard."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from typing import Any

from django.test.utils import override_settings
from elasticsearch import Elasticsearch, helpers

from portal.bench import searching
from portal.bench.queries import SEED
from search import client, indexing, names
from search.documents import SearchDocument
from search.index import definition, stored

PAGES = 100_000
TARGET = 5.0
"""How many times slower the search may be, at p95."""
LONGEST_BUILD = 25 * 60
"""Seconds after which the large index is taken as it is."""
LONGEST_MERGE = 5 * 60
_BASE = re.compile(r"(?<![\d.])(\d)\.(\d{6})(?!\d)")


def run(pages: int = PAGES) -> Iterator[str]:
    """Yield a line for each measurement. The index in use has the pages of the database."""
    yield searching.server()
    server, large = client.writer(), f"{names.alias()}-{pages}"
    server.indices.delete(index=large, ignore_unavailable=True)
    try:
        start = time.perf_counter()
        _build(server, large, pages)
        yield f"large index built in {time.perf_counter() - start:.0f} s"
        small = searching.measure(like=False)
        yield from small.lines()
        with override_settings(SEARCH_INDEX=large):
            great = searching.measure(like=False)
        yield from great.lines()
        yield from compare(small, great)
    finally:
        server.indices.delete(index=large, ignore_unavailable=True)


def compare(small: searching.Measured, great: searching.Measured) -> Iterator[str]:
    """Yield how many times slower each call is in the large index."""
    yield f"times slower at p95 among {great.documents} pages than among {small.documents} (aim: {TARGET:g}):"
    for name, timings in great.calls.items():
        if name != searching.UNDERSTANDING:
            yield f"{name:<29} {timings.p95 / small.calls[name].p95:7.1f}"


def multiplied(originals: list[SearchDocument]) -> Iterator[SearchDocument]:
    """Yield the documents, then without end altered copies: other ids and codes, another word in the name."""
    chance = random.Random(SEED)  # noqa: S311  the same copies in each run
    ids = count(max(document.id for document in originals) + 1)
    vocabulary = sorted({word for document in originals for word in document.title.split()})
    yield from originals
    for round_ in count(1):
        for document in originals:
            words = document.title.split()
            words[chance.randrange(len(words))] = chance.choice(vocabulary)
            yield replace(
                document,
                id=-next(ids),
                title=" ".join(words),
                code=_altered(document.code, round_),
                codes=tuple(_altered(code, round_) for code in document.codes),
            )


def _altered(code: str, round_: int) -> str:
    """Return a code that is another in each round, of the same shape where it is a national one."""

    def other(found: re.Match[str]) -> str:
        return f"{found[1]}.{(int(found[2]) + round_ * 58_111) % 1_000_000:06d}"

    changed = _BASE.sub(other, code)
    return f"{code}-{round_}" if code and changed == code else changed


def _build(server: Elasticsearch, index: str, pages: int) -> None:
    """Fill an index that is made as a rebuild makes it, and wait until it has come to rest."""
    body = definition()
    body["settings"] |= {"refresh_interval": "-1", "number_of_replicas": 0, "number_of_shards": 1}
    server.indices.create(index=index, **body)
    originals = [document for ids in indexing.visible_ids() for document in indexing.read_truth(ids)]
    wanted = islice(multiplied(originals), pages)
    for ok, answer in helpers.parallel_bulk(
        server, _actions(wanted), thread_count=2, chunk_size=500, max_chunk_bytes=10 * 1024**2, index=index
    ):
        if not ok:
            raise RuntimeError(answer)
    server.indices.put_settings(index=index, settings={"refresh_interval": None})
    server.indices.refresh(index=index)
    until = time.monotonic() + LONGEST_MERGE
    while _merging(server, index) and time.monotonic() < until:
        time.sleep(1)


def _actions(documents: Iterator[SearchDocument]) -> Iterator[dict[str, Any]]:
    until = time.monotonic() + LONGEST_BUILD
    for document in documents:
        if time.monotonic() > until:
            return
        yield {"_id": str(document.id), "_source": stored(document)}


def _merging(server: Elasticsearch, index: str) -> bool:
    return bool(server.indices.stats(index=index, metric="merge")["_all"]["total"]["merges"]["current"])
