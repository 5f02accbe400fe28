"""Workers, the broker and the clock: killed in the middle of their work, or there twice."""

import re
import time
from collections import Counter
from datetime import datetime, timedelta

from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from faults.fault import Fault, Seen
from faults.outages import LONGER, REFRESH_SECONDS
from faults.rig import Rig
from faults.subjects import an_information_page, change_silently, some_procedures, wait_for_index, word
from search.models import OutboxEntry
from search.outbox import send_drain

CHANGES = 2000
RECEIVED = re.compile(r"drain_outbox\[([\w-]+)\] received")
ENDED = re.compile(r"drain_outbox\[([\w-]+)\] (?:succeeded|raised)")
TURNS = 3
DUE, EXPIRING = 20, 10
SENT = "Sending due task publish"
SCHEDULED = ("wagtail.publish.scheduled", "wagtail.unpublish.scheduled")
WAIT_SECONDS = 240
SAVES = 8
LATE = 20
"""Seconds that a page may be late."""


def worker_killed(rig: Rig, seen: Seen) -> None:
    """Kill a worker with -9 while it brings many changes into the index."""
    change_silently(page.pk for page in some_procedures(CHANGES))
    send_drain()
    rig.wait_until(lambda: OutboxEntry.objects.count() < CHANGES, 60, "a drain in the middle")
    busy = [name for name in ("worker-1", "worker-2") if _is_draining(rig.log(name))]
    left = OutboxEntry.objects.count()
    if not busy or not left:
        seen.want(False, "no worker was in the middle of a drain")
        return
    rig.kill(busy[0])
    seconds = wait_for_index(rig, WAIT_SECONDS)
    seen.note(f"{busy[0]} killed when {left} of {CHANGES} changes waited; none left {seconds:.0f} s later")
    rig.start(busy[0])
    rig.worker_ready(busy[0])


def _is_draining(log: str) -> bool:
    """Tell from its log whether a worker has a drain that it has not ended."""
    return bool(set(RECEIVED.findall(log)) - set(ENDED.findall(log)))


def redis_killed(rig: Rig, seen: Seen) -> None:
    """Kill the broker with -9 while an editor works, and start it again."""
    page = an_information_page(f"Trang diễn tập {word()}")
    wait_for_index(rig)
    before = [rig.editor.save(page.pk, title=f"{page.title} {turn}") for turn in range(TURNS)]
    rig.kill_server("redis")
    times = [rig.editor.save(page.pk, title=f"{page.title} {word()}") for _turn in range(TURNS)]
    found = rig.reader.page("giấy phép")
    seen.want(found.ok and not found.degraded, f"a search answers {found.status} without the broker")
    last = word()
    times.append(rig.editor.save(page.pk, title=f"{page.title} {last}"))
    usual, longest = sorted(before)[TURNS // 2], max(times)
    seen.note(f"saving: {usual:.2f} s before, {longest:.2f} s without the broker")
    seen.want(longest < usual + LONGER, f"a save takes {longest - usual:.2f} s longer")
    rig.start_server("redis")
    seconds = wait_for_index(rig, WAIT_SECONDS)
    seen.note(f"all changes in the index {seconds:.0f} s after it came back")
    rig.wait_until(lambda: rig.reader.api(last, exact="1").total, REFRESH_SECONDS, "the last change found")


def two_clocks(rig: Rig, seen: Seen) -> None:
    """Let two beats and two commands publish and expire the same pages at the same second."""
    rig.start("beat-2")
    rig.wait_until(lambda: "Starting" in rig.log("beat-2"), 60, "the second beat")
    before = rig.log("beat-1").count(SENT)
    since = timezone.now()
    due = _next_minute(since + timedelta(seconds=20))
    pages = [
        *(an_information_page(f"Trang hẹn giờ {word()}", live=False) for _page in range(DUE)),
        *(an_information_page(f"Trang hết hạn {word()}") for _page in range(EXPIRING)),
    ]
    for number, page in enumerate(pages):
        setattr(page, "go_live_at" if number < DUE else "expire_at", due)
        page.save_revision(approved_go_live_at=due if number < DUE else None)
        if number >= DUE:
            Page.objects.filter(pk=page.pk).update(expire_at=due)
    time.sleep(max(0.0, (due - timezone.now()).total_seconds()))
    commands = [rig.begin("publish_scheduled", name=f"publish-{number}") for number in (1, 2)]
    ended = [rig.finish(command).status for command in commands]
    ids = [page.pk for page in pages]
    late = rig.wait_until(lambda: len(_entries(ids, since)) >= len(ids), 90, "all pages published or expired")
    wait_for_index(rig)
    seen.want(ended == [0, 0], f"the commands end with {ended}")
    entries = _entries(ids, since)
    seen.note(f"{len(ids)} pages, {entries.total()} entries in the log, {late:.0f} s after the commands")
    seen.want(set(entries.values()) == {1}, f"some were published more than once: {dict(entries)}")
    sent = (rig.log("beat-1").count(SENT) - before, rig.log("beat-2").count(SENT))
    seen.note(f"the beats have sent the task {sent[0]} and {sent[1]} times")
    seen.want(all(sent), "a beat has sent nothing")
    live = set(Page.objects.filter(pk__in=ids, live=True).values_list("pk", flat=True))
    seen.want(live == set(ids[:DUE]), "not the due pages alone are live")
    rig.stop("beat-2")


def clock_behind_drains(rig: Rig, seen: Seen) -> None:
    """Let Elasticsearch hang while an editor saves and a page becomes due: the worker has no time to wait."""
    page = an_information_page(f"Trang diễn tập {word()}")
    due = _next_minute(timezone.now() + timedelta(seconds=20))
    scheduled = an_information_page(f"Trang hẹn giờ {word()}", live=False)
    scheduled.go_live_at = due
    scheduled.save_revision(approved_go_live_at=due)
    rig.proxy.swallows = True
    try:
        for _save in range(SAVES):
            rig.editor.save(page.pk, title=f"{page.title} {word()}")
        time.sleep(max(0.0, (due - timezone.now()).total_seconds()))
        late = rig.wait_until(lambda: _is_live(scheduled.pk), 180, "the page that is due")
        seen.note(f"{SAVES} saves before it; the page is published {late:.0f} s after its time")
        seen.want(late < LATE, f"it is {late:.0f} s late")
    finally:
        rig.proxy.swallows = False
    seen.note(f"all changes in the index {wait_for_index(rig, WAIT_SECONDS):.0f} s after the end")


def _is_live(page_id: int) -> bool:
    return Page.objects.filter(pk=page_id, live=True).exists()


def _next_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _entries(ids: list[int], since: datetime) -> Counter[int]:
    """Count the entries of the log about scheduled publishing, by page."""
    found = PageLogEntry.objects.filter(page_id__in=ids, action__in=SCHEDULED, timestamp__gte=since)
    return Counter(found.values_list("page_id", flat=True))


FAULTS = (
    Fault("worker-killed", "one of two workers killed with -9 in a drain of 2,000 changes", worker_killed),
    Fault("redis-killed", "Redis killed with -9 while an editor saves, started again", redis_killed),
    Fault(
        "two-clocks",
        "two beats, and two publish_scheduled at the same second, for pages that are due then",
        two_clocks,
    ),
    Fault(
        "hanging-clock",
        "a page becomes due while Elasticsearch hangs and an editor goes on saving",
        clock_behind_drains,
    ),
)
