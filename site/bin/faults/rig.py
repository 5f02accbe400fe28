"""The portal that is broken on purpose: its programs, its servers, and what is asked of them.

Programs are started from the main thread only: the system ends them with the thread that started them.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from checkout import BIN, NAME, PYTHON, ROOT, VAR, address_file
from children import Child, Children
from daemon import free_port
from elasticsearch import Elasticsearch

from faults.editor import Editor
from faults.proxy import Proxy
from faults.reader import Reader
from search import names

FOLDER = VAR / "drill"
CELERY = (PYTHON, "-m", "celery", "-A", "portal")
PROGRAMS = ("web", "worker-1", "worker-2", "beat-1")
FIRST_PORT = 8300
READY_SECONDS = 120
SHORT = 0.2


class NotInTime(Exception):
    """Something that was waited for did not come."""


@dataclass(frozen=True)
class Ran:
    """A command of manage.py that has ended."""

    status: int
    output: str


class Rig:
    """All parts, and how to break and mend each. Elasticsearch is asked by the portal through `proxy`."""

    def __init__(self, children: Children, proxy: Proxy) -> None:
        self.children = children
        self.proxy = proxy
        self.elastic = Elasticsearch(server_url("elasticsearch"), request_timeout=30)
        self.programs: dict[str, Child] = {}
        self.reader = Reader("")  # both: when the portal has its port
        self._editor: Editor | None = None

    @property
    def editor(self) -> Editor:
        """The editor, logged in when first needed."""
        self._editor = self._editor or Editor(self.reader.url)
        return self._editor

    def forget_last_time(self) -> None:
        """Delete what the drill before left in Elasticsearch; the queue and the database are new."""
        for index in names.indexes(self.elastic):
            self.elastic.indices.delete(index=index)

    def mend(self) -> None:
        """Bring back whatever a fault that failed in the middle has left broken."""
        self.proxy.delay, self.proxy.swallows = 0.0, False
        for program in ("elasticsearch", "redis"):
            if pid := self.pid(program):
                os.kill(pid, signal.SIGCONT)
            else:
                self.start_server(program)
        for name in PROGRAMS:
            if name not in self.programs:
                self.start(name)
        if "beat-2" in self.programs:
            self.stop("beat-2")

    # Programs of the portal: "web", "worker-1", "worker-2", "beat-1", and "beat-2" where a fault wants one.

    def start_portal(self) -> None:
        """Start web server, two workers and beat, and wait until all are ready."""
        port = str(free_port(FIRST_PORT + int(NAME[-2:], 16)))  # two checkouts begin at two places
        self.children.environment["PORT"] = port
        self.reader, self._editor = Reader(f"http://127.0.0.1:{port}"), None
        for name in PROGRAMS:
            self.start(name)
        for name in ("worker-1", "worker-2"):
            self.worker_ready(name)
        self.wait_until(lambda: self.reader.get("/").ok, READY_SECONDS, "the home page")
        if self.programs["web"].process.poll() is not None:
            raise RuntimeError(f"another program was quicker to take port {port}")

    def worker_ready(self, name: str) -> None:
        """Wait until a worker takes tasks."""
        self.wait_until(lambda: " ready." in self.log(name), READY_SECONDS, f"{name} to be ready")

    def start(self, name: str) -> None:
        """Start one program of the portal; its log begins anew."""
        kind = name.partition("-")[0]
        commands: dict[str, tuple[object, ...]] = {
            "web": (
                *(PYTHON, "-m", "gunicorn", "-c", ROOT / "site/gunicorn.conf.py"),
                *("--control-socket", FOLDER / "gunicorn.ctl"),
            ),
            "worker": (
                *(*CELERY, "worker", "--loglevel=INFO", "--concurrency=2", "--without-mingle"),
                *("-n", f"{name}@drill"),
            ),
            "beat": (*CELERY, "beat", "--loglevel=INFO", f"--schedule={FOLDER / name}", "--pidfile="),
        }
        self.programs[name] = self.children.start(f"drill-{name}", *map(str, commands[kind]))

    def kill(self, name: str) -> None:
        """End a program of the portal, and all that it started, with -9."""
        child = self.programs.pop(name)
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self.children.running.remove(child)

    def stop(self, name: str) -> None:
        """Ask a program of the portal to end, and wait for it."""
        child = self.programs.pop(name)
        child.process.terminate()
        child.stop(time.monotonic() + 15)
        self.children.running.remove(child)

    def log(self, name: str) -> str:
        """Return what a program has written since its start."""
        return self.programs[name].log.read_text(errors="replace")

    @contextmanager
    def portal_with(self, **environment: str) -> Iterator[None]:
        """Run the portal with another environment in this block, then as before."""
        before = dict(self.children.environment)
        try:
            self._restart(before | environment)
            yield
        finally:
            self._restart(before)

    def _restart(self, environment: dict[str, str]) -> None:
        for name in list(self.programs):
            self.stop(name)
        self.children.environment.clear()
        self.children.environment.update(environment)
        self.start_portal()

    # Servers: "elasticsearch", "redis".

    def pid(self, program: str) -> int:
        """Return the process of a server; 0 if it does not run."""
        return int(self._run("starter", PYTHON, BIN / program, "pid", "drill").output or 0)

    def kill_server(self, program: str, sign: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to a server; SIGSTOP freezes it, SIGCONT thaws it."""
        os.kill(self.pid(program), sign)

    def start_server(self, program: str) -> None:
        """Start a server again, and wait for it."""
        ran = self._run("starter", PYTHON, BIN / program, "start", "drill")
        if ran.status:
            raise RuntimeError(f"{program} does not start again: {ran.output}")

    # Questions.

    def manage(self, *arguments: str) -> Ran:
        """Run a command of manage.py to its end."""
        return self.finish(self.begin(*arguments))

    def begin(self, *arguments: str, name: str = "manage") -> Child:
        """Begin a command of manage.py; `finish` waits for it. Two at once need two names."""
        return self.children.start(f"drill-{name}", PYTHON, ROOT / "manage.py", *arguments)

    def finish(self, child: Child) -> Ran:
        """Wait for a command."""
        status = child.process.wait()
        self.children.running.remove(child)
        return Ran(status, child.log.read_text(errors="replace").strip())

    def _run(self, name: str, *command: object) -> Ran:
        return self.finish(self.children.start(f"drill-{name}", *map(str, command)))

    def check(self) -> Ran:
        """Compare the index with the database: status 0 if it is the database's truth."""
        return self.manage("search_index", "check")

    def wait_until(self, holds: Callable[[], object], seconds: float, what: str) -> float:
        """Wait until something holds; return how many seconds that took. Raises NotInTime."""
        started = time.monotonic()
        while True:
            with suppress(OSError):
                if holds():
                    return time.monotonic() - started
            if time.monotonic() - started > seconds:
                raise NotInTime(f"{what}: not within {seconds:.0f} s")
            time.sleep(SHORT)


def server_url(program: str) -> str:
    """Return where a server of the drill is, without the proxy."""
    return address_file(program, "drill").read_text()
