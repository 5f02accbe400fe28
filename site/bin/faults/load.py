"""Loads that are no fault of ours: a thousand private branches, and queries that mean harm."""

import statistics
import threading
import time
from collections.abc import Callable

from wagtail.models import PageViewRestriction

from faults.fault import Fault, Seen
from faults.reader import Answer, at_once
from faults.rig import Rig
from faults.subjects import some_procedures, wait_for_index
from search.outbox import mark_changed

BRANCHES = 1100
TIMES = 15
DEARER, SLACK = 1.5, 0.05
"""How many times as long a page may take with all those branches, and how many seconds more at least."""
HOSTILE, THREADS, QUERY = 200, 20, "*a*"
NORMAL_SECONDS = 1.0


def private_branches(rig: Rig, seen: Seen) -> None:
    """Put pages under a restriction of their own each; look at what is visible then, and how fast."""
    pages = some_procedures(BRANCHES + 1)
    shown, hidden = pages[0], pages[1:]
    asked: dict[str, Callable[[], Answer]] = {
        "search": lambda: rig.reader.page("giấy phép"),
        "list": lambda: rig.reader.get(shown.get_parent().url),
        "page": lambda: rig.reader.get(shown.url),
        "home": lambda: rig.reader.get("/"),
    }
    before = {name: _median(ask, seen) for name, ask in asked.items()}
    restriction = PageViewRestriction.LOGIN
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(page_id=page.pk, restriction_type=restriction) for page in hidden
    )
    try:
        mark_changed(page.pk for page in hidden)
        wait_for_index(rig)
        after = {name: _median(ask, seen) for name, ask in asked.items()}
        found = rig.reader.api(hidden[0].name, exact="1")
        seen.want(not found.shows(hidden[0].url), "a private page is found")
        checked = rig.check()
        seen.want(checked.status == 0, f"check with the branches: {checked.output}")
    finally:
        PageViewRestriction.objects.filter(page_id__in=[page.pk for page in hidden]).delete()
        wait_for_index(rig)
    for name, usual in before.items():
        seen.note(f"{name}: {usual * 1000:.0f} ms before, {after[name] * 1000:.0f} ms with {BRANCHES}")
        seen.want(after[name] < usual * DEARER + SLACK, f"{name} is slower")


def _median(ask: Callable[[], Answer], seen: Seen) -> float:
    answers = [ask() for _time in range(TIMES)]
    wrong = [answer.status for answer in answers if not answer.ok]
    seen.want(not wrong, f"answers {wrong}")
    return statistics.median(answer.seconds for answer in answers)


def hostile(rig: Rig, seen: Seen) -> None:
    """Send many leading wildcards at once, and search beside them as a person does."""
    burst: list[Answer] = []
    sender = threading.Thread(
        target=lambda: burst.extend(at_once(rig.reader.page, [QUERY] * HOSTILE, THREADS))
    )
    normal: list[Answer] = []
    sender.start()
    while sender.is_alive():
        normal.append(rig.reader.page("đăng ký khai sinh"))
        time.sleep(0.1)
    sender.join()
    slowest = max(answer.seconds for answer in normal)
    statuses = sorted({answer.status for answer in burst})
    seen.note(f"{len(burst)} hostile: answered {statuses}, slowest {max(a.seconds for a in burst):.2f} s")
    seen.note(f"{len(normal)} normal meanwhile: slowest {slowest:.2f} s")
    seen.want(set(statuses) <= {200, 400}, f"hostile queries answer {statuses}")
    seen.want(all(answer.ok and not answer.degraded for answer in normal), "a normal search failed")
    seen.want(slowest < NORMAL_SECONDS, f"a normal search took {slowest:.2f} s")


FAULTS = (
    Fault("branches", f"{BRANCHES} private branches set, then lifted", private_branches),
    Fault("hostile", f"{HOSTILE} searches for {QUERY} in {THREADS} threads beside normal ones", hostile),
)
