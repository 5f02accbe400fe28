"""The index is built anew: while editors write, twice at once, killed half-way, and taken back."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

from faults.fault import Fault, Seen
from faults.rig import Rig
from faults.subjects import wait_for_index
from faults.writer import Writer
from search import names
from search.models import Rebuild

EDITS_A_SECOND, WRITERS = 5, 4
ENOUGH = 0.8
"""How much of the edits that were wanted: a busy machine is late."""
BUILD_SECONDS = 180
BEGUN = 300
"""Documents after which a rebuild is in the middle of its work."""


def under_writes(rig: Rig, seen: Seen) -> None:
    """Build the index while pages are published, changed, unpublished and deleted."""
    before = names.behind(rig.elastic, names.alias())
    with ExitStack() as editing:
        writers = [editing.enter_context(Writer(EDITS_A_SECOND / WRITERS)) for _writer in range(WRITERS)]
        built = rig.manage("search_index", "rebuild")
    done = sum((writer.done for writer in writers), Counter[str]())
    seconds = max(writer.seconds for writer in writers)
    seen.want(built.status == 0, f"the rebuild failed: {built.output[-200:]}")
    seen.want(names.behind(rig.elastic, names.alias()) != before, "the new index is not in use")
    seen.note(built.output.splitlines()[-1])
    seen.note(f"{done.total()} edits in {seconds:.0f} s: {_listed(done)}")
    seen.want(done.total() >= EDITS_A_SECOND * seconds * ENOUGH, "fewer edits than five a second")
    for writer in writers:
        seen.want(not writer.failed, f"an edit failed: {writer.failed}")
    wait_for_index(rig)
    checked = rig.check()
    seen.note("after the switch zero lost, zero ghosts" if checked.status == 0 else checked.output)


def twice(rig: Rig, seen: Seen) -> None:
    """Begin a second rebuild while one runs."""
    first = rig.begin("search_index", "rebuild", name="rebuild")
    _in_the_middle(rig)
    second = rig.manage("search_index", "rebuild")
    seen.note(f"the second says: {second.output.splitlines()[-1]}")
    seen.want(second.status != 0, "the second began as well")
    seen.want("Another rebuild" in second.output, "the second does not say why it did not begin")
    seen.want(rig.finish(first).status == 0, "the first failed")


def killed_half_way(rig: Rig, seen: Seen) -> None:
    """Kill a rebuild with -9 in the middle."""
    before = _state(rig)
    building = rig.begin("search_index", "rebuild", name="rebuild")
    done = _in_the_middle(rig)
    os.killpg(building.process.pid, signal.SIGKILL)
    rig.finish(building)
    after = _state(rig)
    left = set(names.indexes(rig.elastic)) - before[1]
    seen.note(f"killed after {done} documents; the index in use is the same, {len(left)} was left over")
    seen.want(after[0] == before[0], f"another index is in use: {after[0]}")
    seen.want(rig.reader.api("giấy phép").total, "nothing is found")
    checked = rig.check()
    seen.want(checked.status == 0, f"check with the leftover: {checked.output}")
    pruned = rig.manage("search_index", "prune")
    seen.note(f"prune: {pruned.output.splitlines()[-1].partition(':')[0].lower()} {len(left)}")
    seen.want(not left & set(names.indexes(rig.elastic)), "prune has left it")
    seen.want(before[0] == _state(rig)[0], "prune changed what is in use")


def taken_back(rig: Rig, seen: Seen) -> None:
    """Take the index before into use again, after changes that it does not have."""
    if len(names.indexes(rig.elastic)) < 2:
        rig.manage("search_index", "rebuild")
    with Writer(EDITS_A_SECOND, edits=20) as writer:
        writer.join()
    wait_for_index(rig)
    before = _state(rig)[0]
    ran = rig.manage("search_index", "rollback")
    seen.want(ran.status == 0, f"rollback: {ran.output[-200:]}")
    seen.note(f"{writer.done.total()} edits before it; {ran.output.splitlines()[-1]}")
    seen.want(_state(rig)[0] not in {before, None}, "the same index is in use")


def new_mapping(rig: Rig, seen: Seen) -> None:
    """Let the index be of another mapping than the code, and start a worker."""
    index = names.behind(rig.elastic, names.alias()) or ""
    meta = rig.elastic.indices.get_mapping(index=index)[index]["mappings"]["_meta"]
    rig.elastic.indices.put_mapping(index=index, meta=meta | {"hash": "of-older-code"})
    try:
        rig.stop("worker-1")
        rig.start("worker-1")
        rig.worker_ready("worker-1")
        seconds = rig.wait_until(lambda: list(_advice(rig)), 30, "a word in the log of the worker")
        seen.note(f"{seconds:.0f} s after its start the worker says: {next(_advice(rig))}")
        status = rig.manage("search_index", "status").output
        seen.want("search_index rebuild" in status, "status does not say so")
    finally:
        if names.behind(rig.elastic, names.alias()) == index:
            rig.elastic.indices.put_mapping(index=index, meta=meta)


def _advice(rig: Rig) -> Iterator[str]:
    """Yield the lines of the worker that name the command."""
    for line in rig.log("worker-1").splitlines():
        if "search_index rebuild" in line:
            yield line.partition(": ")[2]


def _in_the_middle(rig: Rig) -> int:
    """Wait until a rebuild has written some documents; return how many."""

    def begun() -> int:
        run = Rebuild.objects.filter(state=Rebuild.State.RUNNING).first()
        return run.documents if run and run.documents >= BEGUN else 0

    rig.wait_until(begun, BUILD_SECONDS, "a rebuild in the middle")
    return begun()


def _state(rig: Rig) -> tuple[str | None, set[str]]:
    """Return the index in use, and all there are."""
    return names.behind(rig.elastic, names.alias()), set(names.indexes(rig.elastic))


def _listed(done: Counter[str]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in done.most_common())


FAULTS = (
    Fault("rebuild-writes", "the index rebuilt and switched while five edits a second go on", under_writes),
    Fault("rebuild-twice", "a second rebuild begun while one runs", twice),
    Fault("rebuild-killed", "a rebuild killed with -9 half-way", killed_half_way),
    Fault("rollback", "edits, then the index before taken into use again", taken_back),
    Fault("new-mapping", "the mapping of the index is not that of the code; a worker starts", new_mapping),
)
