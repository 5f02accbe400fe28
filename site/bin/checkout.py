"""What all commands of `site/bin` share: where things are in this checkout, and how to speak to a person."""

from __future__ import annotations  # so that an old Python gets as far as the sentence about its age

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
    from_python = ("NewConnectionError", "name resolution", "Max retries")
    from_node = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")
    return any(sign in output for sign in from_python + from_node)


def fingerprint(*paths: Path) -> str:
    """Return a hash of these files, and of all files in these folders."""
    found = hashlib.sha256()
    files = {file for path in paths for file in (path, *path.rglob("*")) if file.is_file()}
    for file in sorted(file for file in files if "node_modules" not in file.parts):
        found.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return found.hexdigest()


def environment() -> dict[str, str]:
    """Return the environment for a program of this checkout: with its source root, and nothing held back."""
    return os.environ | {"PYTHONPATH": str(ROOT / "site"), "PYTHONUNBUFFERED": "1"}
