"""A cluster of Elasticsearch: its elected master is lost while people search and editors save."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from checkout import BIN, PYTHON, address_file
from elasticsearch import Elasticsearch

from faults.fault import Fault, Seen
from faults.reader import Answer
from faults.rig import Ran, Rig
from faults.subjects import an_information_page, some_procedures, wait_for_index, word
from home.models import InformationPage
from search import names

NAME, NODES = "cluster", 3
REPLICAS = 2
"""Each node has the whole index, so that whoever is killed had a part in every search."""
SECONDS, LOST_AFTER, BACK_AFTER = 60, 15, 35
SEARCHES_A_SECOND, EDITS_A_SECOND = 20, 1
AT_ONCE = 16
QUERIES, PAGES = 60, 10
SLOW = 2.0
REFRESH_SECONDS = 2
ANSWERED_IN_FULL = 0.995


@dataclass(frozen=True)
class LosingTheMaster:
    """The elected master of three nodes is lost by a signal, and comes back, while people search and save."""

    sign: signal.Signals

    def __call__(self, rig: Rig, seen: Seen) -> None:
        """Run the portal on a cluster, keep up a load for a minute, and look at the index in the end."""
        pages = [an_information_page(f"Trang diễn tập {word()}") for _number in range(PAGES)]
        try:
            with (
                a_cluster(rig) as (urls, elastic),
                rig.portal_with(ELASTICSEARCH_URL=urls, SEARCH_REPLICAS=str(REPLICAS)),
            ):
                # The workers have seen that there is no index, and may be building one.
                rig.wait_until(lambda: rig.manage("search_index", "rebuild").status == 0, 240, "a rebuild")
                wait_for_index(rig)
                elastic.cluster.health(wait_for_status="green", timeout="60s")
                self._search_and_save(rig, seen, pages, elastic)
                found = rig.check()
                seen.want(found.status == 0, f"search_index check: {found.output[-200:]}")
        finally:
            for page in pages:  # the drill's own server has missed all this, and now misses nothing
                page.delete()
            wait_for_index(rig)

    def _search_and_save(
        self, rig: Rig, seen: Seen, pages: list[InformationPage], elastic: Elasticsearch
    ) -> None:
        """Keep up the load, lose the master, bring it back; then judge what readers and editors got."""
        words = _queries()
        for query in words:  # nothing is judged before all programs are warm
            rig.reader.api(query)
        before = {query: rig.reader.api(query) for query in words}
        seen.want(not any(answer.degraded for answer in before.values()), "degraded before anything is lost")
        rig.editor.save(pages[0].pk, title=pages[0].title)  # logs in
        over = threading.Event()
        with ThreadPoolExecutor(2) as pool:
            try:
                began = time.monotonic()
                searching = pool.submit(_searches, rig, words, over)
                saving = pool.submit(_saves, rig, pages, over)
                _sleep_until(began + LOST_AFTER)
                master, what = _master(elastic)
                os.kill(master, self.sign)
                _sleep_until(began + BACK_AFTER)
                self._bring_back(rig, master)
                back = time.monotonic() - began
                answers, saves = searching.result(), saving.result()
            finally:
                over.set()
        seen.note(f"{what} lost at {LOST_AFTER} s, back at {back:.0f} s")
        _judge_answers(answers, before, seen)
        _judge_saves(rig, saves, seen)

    def _bring_back(self, rig: Rig, master: int) -> None:
        if self.sign == signal.SIGSTOP:
            os.kill(master, signal.SIGCONT)
        else:
            start_nodes(rig)


@contextmanager
def a_cluster(rig: Rig) -> Iterator[tuple[str, Elasticsearch]]:
    """Run three nodes without any index; yield their URLs, with commas between, and a client."""
    try:
        start_nodes(rig)
        urls = address_file("elasticsearch", NAME).read_text()
        with Elasticsearch(urls.split(","), request_timeout=30) as elastic:
            for index in names.indexes(elastic):
                elastic.indices.delete(index=index)
            yield urls, elastic
    finally:
        starter(rig, "stop")


def start_nodes(rig: Rig) -> None:
    """Start the nodes that do not run."""
    ran = starter(rig, "start", "--nodes", str(NODES))
    if ran.status:
        raise RuntimeError(f"the cluster does not start: {ran.output}")


def starter(rig: Rig, command: str, *options: str) -> Ran:
    """Run a command of the starter; small nodes, whatever memory the drill's own server has."""
    words = ("env", "ES_JAVA_OPTS=", str(PYTHON), str(BIN / "elasticsearch"), command, NAME, *options)
    return rig.finish(rig.children.start("drill-cluster", *words))


def _queries() -> list[str]:
    """Return different words: beginnings and middles of the names of procedures."""
    queries = set()
    for page in some_procedures(QUERIES):
        parts = page.title.split()
        start = random.randrange(max(1, len(parts) - 3))  # noqa: S311
        queries.add(" ".join(parts[start : start + random.randint(2, 6)]))  # noqa: S311
    return sorted(queries)


def _searches(rig: Rig, words: list[str], over: threading.Event) -> list[tuple[str, float, Answer]]:
    """Search at a steady rate; return what was asked, at which second, and the answer."""
    began = time.monotonic()

    def ask(query: str) -> tuple[str, float, Answer]:
        return query, time.monotonic() - began, rig.reader.api(query)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked: list[Future[tuple[str, float, Answer]]] = []
        while (number := len(asked)) < SECONDS * SEARCHES_A_SECOND and not over.is_set():
            _sleep_until(began + number / SEARCHES_A_SECOND)
            asked.append(pool.submit(ask, words[number % len(words)]))
        return [future.result() for future in asked]


def _saves(rig: Rig, pages: list[InformationPage], over: threading.Event) -> dict[int, tuple[str, float]]:
    """Save the pages in turn at a steady rate; return the last word of each, and its slowest save."""
    began, last = time.monotonic(), dict[int, tuple[str, float]]()
    for number in range(SECONDS * EDITS_A_SECOND):
        _sleep_until(began + number / EDITS_A_SECOND)
        if over.is_set() or time.monotonic() > began + SECONDS:
            break
        page, new = pages[number % len(pages)], word()
        seconds = rig.editor.save(page.pk, title=f"Trang diễn tập {new}")
        last[page.pk] = new, max(seconds, last.get(page.pk, ("", 0.0))[1])
    return last


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def _master(elastic: Elasticsearch) -> tuple[int, str]:
    """Return the process of the elected master, and which copy of the index it has."""
    (node,) = elastic.nodes.info(node_id="_master", metric="process")["nodes"].values()
    shards: list[dict[str, str]] = list(elastic.cat.shards(index=names.alias(), format="json"))  # type: ignore[arg-type]
    kinds = {shard["prirep"] for shard in shards if shard["node"] == node["name"]}
    return node["process"]["id"], f"the master, with {'the primary' if 'p' in kinds else 'a replica'},"


def _judge_answers(answers: list[tuple[str, float, Answer]], before: dict[str, Answer], seen: Seen) -> None:
    """Compare what readers got with what they have to get."""
    full = [(query, answer) for query, _second, answer in answers if answer.ok and not answer.degraded]
    degraded = [second for _query, second, answer in answers if answer.ok and answer.degraded]
    wrong = [(second, answer.status) for _query, second, answer in answers if not answer.ok]
    other = {query: answer.total for query, answer in full if answer.total != before[query].total}
    share = len(full) / len(answers)
    seen.note(
        f"{len(answers)} searches: {share:.2%} in full, {len(degraded)} degraded, {len(wrong)} not answered"
    )
    seen.note("; ".join(_times(answers)))
    if degraded:
        seen.note(f"degraded at second {', '.join(f'{second:.1f}' for second in degraded[:8])}")
    seen.want(share >= ANSWERED_IN_FULL, f"only {share:.2%} answered in full")
    seen.want(not wrong, f"not answered (second, status): {wrong[:5]}")
    seen.want(
        not other, f"{len(other)} of {len(before)} queries found another number: {list(other.items())[:3]}"
    )


def _times(answers: list[tuple[str, float, Answer]]) -> Iterator[str]:
    """Yield how long searches took before the master was lost, after that, and when it comes back."""
    parts = {
        "before": (0, LOST_AFTER),
        "after": (LOST_AFTER, BACK_AFTER),
        "at its return": (BACK_AFTER, 999),
    }
    for name, (first, last) in parts.items():
        seconds = sorted(answer.seconds for _query, second, answer in answers if first <= second < last)
        median, slow = seconds[len(seconds) // 2], sum(each > SLOW for each in seconds)
        yield f"{name}: half within {median:.2f} s, slowest {seconds[-1]:.2f} s, {slow} over {SLOW:.0f} s"


def _judge_saves(rig: Rig, saves: dict[int, tuple[str, float]], seen: Seen) -> None:
    """See that the last save of each page is found."""
    waited = wait_for_index(rig)
    time.sleep(REFRESH_SECONDS)
    found = {page_id: rig.reader.api(new, exact="1").total for page_id, (new, _seconds) in saves.items()}
    lost = [page_id for page_id, total in found.items() if total != 1]
    slowest = max(seconds for _word, seconds in saves.values())
    seen.note(
        f"saves: slowest {slowest:.2f} s, {len(lost)} lost, all in the index {waited:.0f} s after the load"
    )
    seen.want(not lost, f"the last save of {len(lost)} pages is not found")


FAULTS = (
    Fault(
        "cluster",
        "three nodes; the elected master killed with -9 under 20 searches and one save a second",
        LosingTheMaster(signal.SIGKILL),
    ),
    Fault(
        "cluster-frozen",
        "the same with the elected master stopped with SIGSTOP, then SIGCONT",
        LosingTheMaster(signal.SIGSTOP),
        rare=True,
    ),
)
