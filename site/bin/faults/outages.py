"""Elasticsearch is away, hangs, is slow, full or empty: what people notice, and how it comes back."""

import signal
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from faults.fault import Fault, Seen
from faults.reader import Answer, at_once
from faults.rig import Rig
from faults.subjects import Subjects, wait_for_index
from search import names

LONGER = 1.0
"""Seconds that an act of an editor may take longer than before."""
SEARCH_SECONDS = 2.0
WHOLE_SECONDS = 240
REFRESH_SECONDS = 10
"""Until readers find what the index has: Elasticsearch makes it searchable once a second."""
TURNS, CHANGED = 3, 3
WORDS = (
    *("giấy phép xây dựng", "đăng ký khai sinh", "thẻ nhà báo", "cửa hàng xăng dầu", "hợp đồng thuê đất"),
    *(
        "bến khách ngang sông",
        "phong kham",
        "chan nuoi",
        "lễ hội",
        "quỹ từ thiện",
        "mầm non",
        "biển quảng cáo",
    ),
    *("thú y", "vận tải", "nước ngầm", "làng nghề", "mã số vùng trồng", "phương tiện thủy", "hội quần chúng"),
    "công bố danh mục",
)


@dataclass(frozen=True)
class Outage:
    """How something begins and how it ends; `degraded`: whether all searches have to be marked so."""

    begin: Callable[[Rig], None]
    end: Callable[[Rig], None]
    degraded: bool = True

    def __call__(self, rig: Rig, seen: Seen) -> None:
        """Break it, do what editors and readers do, mend it, wait until all is whole."""
        subjects = Subjects.make()
        wait_for_index(rig)
        before = {act: statistics.median(times) for act, times in _usual(rig, subjects).items()}
        wait_for_index(rig)
        self.begin(rig)
        try:
            self._read(rig, subjects, seen)
            _edit(rig, subjects, before, seen)
            _look_for_gone(rig, subjects, seen)
        finally:
            self.end(rig)
        _come_back(rig, subjects, seen)

    def _read(self, rig: Rig, subjects: Subjects, seen: Seen) -> None:
        """Search on the page and through the API, and look at a procedure."""
        page = rig.reader.get(subjects.procedure.url)
        seen.want(page.ok, f"the page of a procedure answers {page.status}")
        for name, asking in (("page", rig.reader.page), ("API", rig.reader.api)):
            answers = at_once(asking, WORDS)
            _judge(name, answers, self.degraded, seen)


def _judge(name: str, answers: list[Answer], degraded: bool, seen: Seen) -> None:
    """Compare the answers of some searches with what they have to be."""
    slowest = max(answer.seconds for answer in answers)
    marked = sum(answer.ok and answer.degraded for answer in answers)
    wrong = [answer.status for answer in answers if not answer.ok]
    seen.note(f"{len(answers)} searches ({name}): slowest {slowest:.2f} s, {marked} marked degraded")
    seen.want(not wrong, f"searches ({name}) answer {sorted(set(wrong))}: {len(wrong)} of {len(answers)}")
    seen.want(slowest < SEARCH_SECONDS, f"a search ({name}) took {slowest:.2f} s")
    expected = len(answers) if degraded else 0
    seen.want(marked == expected or wrong, f"{marked} searches ({name}) are marked degraded, not {expected}")


def _usual(rig: Rig, subjects: Subjects) -> dict[str, list[float]]:
    """Return how long an editor waits for each kind of page when nothing is broken."""
    page, procedure = subjects.saved, subjects.procedure
    return {
        "page": [rig.editor.save(page.pk, title=f"{page.title} {turn}") for turn in range(TURNS)],
        "procedure": [
            rig.editor.save(procedure.pk, name=f"{procedure.name} {turn}") for turn in range(TURNS)
        ],
    }


def _edit(rig: Rig, subjects: Subjects, before: dict[str, float], seen: Seen) -> None:
    """Save, publish, unpublish and delete; each takes as long as before, and none fails."""
    word, editor = subjects.word, rig.editor
    acts: dict[str, list[float]] = {"page": [], "procedure": []}
    acts["procedure"].append(editor.save(subjects.procedure.pk, name=f"{subjects.procedure.name} {word}"))
    acts["page"].append(editor.save(subjects.saved.pk, title=f"{subjects.saved.title} {word}"))
    acts["page"].append(editor.save(subjects.draft.pk, title=f"{subjects.draft.title} {word}"))
    acts["page"].append(editor.unpublish(subjects.unpublished.pk))
    acts["page"].append(editor.delete(subjects.deleted.pk))
    for kind, times in acts.items():
        longest = max(times)
        seen.note(f"saving a {kind}: {before[kind]:.2f} s before, {longest:.2f} s meanwhile")
        seen.want(
            longest < before[kind] + LONGER, f"saving a {kind} takes {longest - before[kind]:.2f} s longer"
        )


def _look_for_gone(rig: Rig, subjects: Subjects, seen: Seen) -> None:
    """Search for what was just taken down: nobody may find it, whatever the index has."""
    for act, gone in (("unpublished", subjects.unpublished), ("deleted", subjects.deleted)):
        found = rig.reader.api(gone.name, exact="1")
        seen.want(not found.shows(gone.url), f"a page is found although it was {act} meanwhile")


def _come_back(rig: Rig, subjects: Subjects, seen: Seen) -> None:
    """Wait, without a command, until the search is whole and has all that was changed."""
    started = time.monotonic()
    rig.wait_until(lambda: _is_whole(rig), WHOLE_SECONDS, "a search that is whole")
    whole = time.monotonic() - started
    rig.wait_until(lambda: _has_changes(rig, subjects), WHOLE_SECONDS, "all changes in the index")
    rig.wait_until(
        lambda: rig.reader.api(subjects.word, exact="1").total == CHANGED, REFRESH_SECONDS, "new words found"
    )
    seen.note(f"whole after {whole:.0f} s, with all changes after {time.monotonic() - started:.0f} s")
    wait_for_index(rig)


def _is_whole(rig: Rig) -> bool:
    """Tell whether no process of the portal answers degraded: two have to be asked."""
    answers = at_once(rig.reader.api, WORDS[:8])
    return all(answer.ok and not answer.degraded and answer.total for answer in answers)


def _has_changes(rig: Rig, subjects: Subjects) -> bool:
    """Tell whether the index has the three changed pages with their new word, and not the two that went."""
    changed = (subjects.saved.pk, subjects.procedure.pk, subjects.draft.pk)
    gone = (subjects.unpublished.pk, subjects.deleted.pk)
    answer = rig.elastic.mget(index=names.alias(), ids=[str(page) for page in (*changed, *gone)])
    found = {int(row["_id"]): row.get("_source") for row in answer["docs"] if row.get("found")}
    return set(found) == set(changed) and all(subjects.word in source["title"] for source in found.values())


def _swallow(rig: Rig, on: bool) -> None:
    rig.proxy.swallows = on


def _delay(rig: Rig, seconds: float) -> None:
    rig.proxy.delay = seconds


def _block(rig: Rig, on: bool) -> None:
    settings = {"index.blocks.read_only_allow_delete": on or None}
    rig.elastic.indices.put_settings(index=names.alias(), settings=settings)


def _empty(rig: Rig) -> None:
    """Delete every index, as when a server starts with a new disk."""
    for index in names.indexes(rig.elastic):
        rig.elastic.indices.delete(index=index)


FAULTS = (
    Fault(
        "killed",
        "Elasticsearch killed with -9, started again",
        Outage(lambda rig: rig.kill_server("elasticsearch"), lambda rig: rig.start_server("elasticsearch")),
    ),
    Fault(
        "hanging",
        "what is sent to Elasticsearch is swallowed, as by a network that drops packets",
        Outage(lambda rig: _swallow(rig, True), lambda rig: _swallow(rig, False)),
    ),
    Fault(
        "frozen",
        "Elasticsearch stopped with SIGSTOP, then SIGCONT",
        Outage(
            lambda rig: rig.kill_server("elasticsearch", signal.SIGSTOP),
            lambda rig: rig.kill_server("elasticsearch", signal.SIGCONT),
        ),
    ),
    Fault(
        "slow",
        "each answer of Elasticsearch comes 3 s late",
        Outage(lambda rig: _delay(rig, 3.0), lambda rig: _delay(rig, 0.0)),
    ),
    Fault(
        "full",
        "the index read-only, as when the disk is full; then the block lifted",
        Outage(lambda rig: _block(rig, True), lambda rig: _block(rig, False), degraded=False),
    ),
    Fault(
        "emptied",
        "all indexes deleted, as by a restart with a new disk",
        Outage(_empty, lambda rig: None),
    ),
)
