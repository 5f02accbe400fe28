"""What the starters of servers share (Elasticsearch, Redis, PostgreSQL): ports, locks, processes."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from checkout import fail, step

NAMES = ("dev", "test", "bench", "drill", "cluster")
LOCK_SECONDS, STOP_SECONDS = 600, 30


class Daemon(Protocol):
    """A server that goes on after the command that started it."""

    def start(self) -> str:
        """Start it unless it runs; return its URL."""

    def status(self) -> str:
        """Return its URL, or end with a sentence if it does not answer."""

    def process(self) -> int | str | None:
        """Return the id of its process if it runs; of several processes all ids, with commas between."""

    def stop(self) -> None:
        """Stop it if it runs."""


def serve_command(daemon: Callable[[str], Daemon], usage: str | None) -> None:
    """Carry out `start`, `status`, `pid` or `stop`; standard output is the answer alone."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda number, _: sys.exit(128 + number))
    command, name = [*sys.argv[1:], *["help", "dev"][len(sys.argv) - 1 :]][:2]
    if command not in {"start", "status", "pid", "stop"} or name not in NAMES:
        sys.exit(usage)
    server = daemon(name)
    if answer := server.process() if command == "pid" else getattr(server, command)():
        print(answer)


def free_port(first: int, also: int = 0) -> int:
    """Return the first free port from `first` on, whose partner `also` further on is free, too."""
    ports = range(first, first + 100)
    found = next((port for port in ports if is_free(port) and is_free(port + also)), None)
    return found or fail(f"The ports {first} to {ports[-1]} are all taken.")


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def locked(path: Path, waiting: str) -> Iterator[None]:
    """Hold a lock file, so that two commands do not do the same at once; wait for it, but not for ever."""
    with path.open("w") as file, ExitStack() as shown:
        for second in range(LOCK_SECONDS):
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            if second == 1:
                shown.enter_context(step(waiting))
            time.sleep(1)
        else:
            fail(f"Another command holds {path}: end it, then run this one again.")
        shown.close()
        yield


def finish(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    """Wait for a process; on an interrupt, or when time is up (None), end the whole group that it leads."""
    try:
        return process.wait(seconds)
    except BaseException as reason:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(reason, subprocess.TimeoutExpired):
            return None
        raise


def stop_process(pid: int | None, gently: signal.Signals = signal.SIGTERM) -> None:
    """Ask a process to end and wait until it has; end it by force when it takes too long."""
    for sign, patience in ((gently, STOP_SECONDS), (signal.SIGKILL, 5)):
        until = time.monotonic() + patience
        if pid and command_of(pid):
            os.kill(pid, sign)
        while pid and command_of(pid) and time.monotonic() < until:
            time.sleep(0.1)


def command_of(pid: int) -> str:
    """Return the command line of a process; nothing for one that is gone, or dead and not yet collected."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def process_of(pid_file: Path, sign: str) -> int | None:
    """Return the process that a file names, if its command line has this sign: else the file is stale."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if sign in command_of(pid) else None
