"""Reads the environment: the one place where settings learn where they run."""

import hashlib
from pathlib import Path

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
"""Everything that a running checkout writes: database, sockets, logs, media. Git ignores it."""

CHECKOUT = hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:8]
"""Names this checkout, so that two clones on one machine never share an index."""


def first_line(path: Path, default: str) -> str:
    """Return what a starter script left in `path`, or `default` where it has not run."""
    return path.read_text().strip() if path.exists() else default
