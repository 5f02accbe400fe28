"""What all commands of `site/bin` share: where this checkout keeps its things, and how they speak to a person."""

import hashlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / "site/bin"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
VAR = ROOT / "var"
LOGS = VAR / "log"

NAME = "minh-bach-" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
"""Names this checkout, so that two clones on one machine share nothing."""


def address_file(service: str, name: str) -> Path:
    """Return where the URL of a server of ours is kept; settings read those of `dev`."""
    return VAR / (f"{service}.url" if name == "dev" else f"{service}-{name}.url")


def fail(sentence: str) -> NoReturn:
    """End the command with one sentence for the person who called it."""
    sys.exit(f"✗ {sentence}")


def say(sentence: str) -> None:
    """Tell the person; on standard error, as standard output is for what another program reads."""
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Show what is being done, how many seconds it has taken so far, and how it ended."""
    started, ended = time.monotonic(), threading.Event()

    def tick() -> None:
        while not ended.wait(1):
            print(f"\r… {doing} {time.monotonic() - started:.0f} s ", end="", file=sys.stderr, flush=True)

    live = sys.stderr.isatty()
    print(f"… {doing}", end="" if live else "\n", file=sys.stderr, flush=True)
    ticker = threading.Thread(target=tick, daemon=True)
    if live:
        ticker.start()
    mark = "✗"
    try:
        yield
        mark = "✓"
    finally:
        ended.set()
        if live:
            ticker.join()
        say(f"{chr(13) if live else ''}{mark} {doing} ({time.monotonic() - started:.1f} s)")


def offline(output: str) -> bool:
    """Tell whether a package client failed because there is no network."""
    signs = ("NewConnectionError", "name resolution", "Max retries", "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")
    return any(sign in output for sign in signs)


def fingerprint(*paths: Path) -> str:
    """Return a hash of these files, and of all files in these folders."""
    found = hashlib.sha256()
    for path in sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))):
        if path.is_file() and "node_modules" not in path.parts:
            found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def environment(**more: str) -> dict[str, str]:
    """Return the environment for a program of this checkout: its own Python, its packages, its source root."""
    return os.environ | {"PYTHONPATH": str(ROOT / "site"), "PYTHONUNBUFFERED": "1", "VIRTUAL_ENV": str(VENV)} | more
