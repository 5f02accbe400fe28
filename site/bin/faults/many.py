"""The index compared with the database at 5,000 and at 100,000 pages: it has to do with the same memory."""

import re
import time
from copy import copy
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from faults.fault import Fault, Seen
from faults.rig import SHORT, Rig
from faults.subjects import GENERATED
from procedures.importing import bulk
from procedures.importing.placing import place
from procedures.models import ProcedurePage

FEW, MANY = 5_000, 100_000
PEAK = re.compile(r"VmHWM:\s+(\d+)")
MORE = 1.25
"""How many times the memory of the small comparison the large one may need."""


def many(rig: Rig, seen: Seen) -> None:
    """Compare the index with the database at two sizes, and look at the most memory that each took."""
    few = _measure(rig, seen, FEW)
    large = _measure(rig, seen, MANY)
    seen.want(large < few * MORE, f"it grows with the number of pages: {few} MB, then {large} MB")


def _measure(rig: Rig, seen: Seen, count: int) -> int:
    """Have so many procedures, all in the index; compare; return the most memory in MB."""
    multiply(count)
    started = time.monotonic()
    built = rig.manage("search_index", "rebuild")
    seen.want(built.status == 0, f"the rebuild failed: {built.output[-200:]}")
    seconds = time.monotonic() - started
    started = time.monotonic()
    checking = rig.begin("search_index", "check")
    peak = 0
    while checking.process.poll() is None:
        peak = _peak(checking.process.pid) or peak
        time.sleep(SHORT)
    ran = rig.finish(checking)
    seen.want(ran.status == 0, f"check: {ran.output[-200:]}")
    took = time.monotonic() - started
    seen.note(f"{count} procedures: rebuild {seconds:.0f} s, check {took:.0f} s with at most {peak} MB")
    return peak


def _peak(pid: int) -> int:
    """Return the most memory in MB of a process so far. `wait4` would count the one that forked it."""
    found = PEAK.search(Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def multiply(count: int) -> None:
    """Copy the procedures that the drill has made, under other codes, until there are so many."""
    originals = list(ProcedurePage.objects.filter(code__startswith=GENERATED).order_by("pk"))
    missing = count - ProcedurePage.objects.count()
    turn = 0
    while missing > 0:
        turn += 1
        copies = [_copy(page, f"{count}-{turn}") for page in originals[:missing]]
        with transaction.atomic():
            place(copies)
            bulk._insert_pages(copies, timezone.now())
        missing -= len(copies)


def _copy(page: ProcedurePage, turn: str) -> ProcedurePage:
    other = copy(page)
    other._state = copy(page._state)
    other.pk = other.id = None
    other.translation_key = uuid4()
    other.latest_revision = other.live_revision = None
    other.code = f"{page.code}-{turn}"
    return other


FAULTS = (
    Fault("many", f"no fault: {MANY} pages, and the index compared with the database", many, rare=True),
)
