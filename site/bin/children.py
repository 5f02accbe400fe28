"""The programs that a command starts: they share one environment, and none of them outlives the command."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from checkout import BIN, LOGS, PYTHON, ROOT, address_file, environment, fail, say
from daemon import command_of

STOP_SECONDS = 15
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
VARIABLES = {"elasticsearch": "ELASTICSEARCH_URL", "redis": "BROKER_URL", "postgres": "DATABASE_URL"}

# util-linux's setpriv ends the program when this command dies without a chance to do so itself (kill -9).
WITH_US = ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()


@dataclass
class Child:
    """A program in a process group of its own: Ctrl-C reaches it only through the command that started it."""

    name: str
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> Path:
        """Where the program writes."""
        return LOGS / f"{self.name}.log"

    def stop(self, until: float) -> None:
        """Wait for its end until then, and end by force what is left of its group."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0, until - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Service:
    """A server of this checkout, which a starter in site/bin starts, finds and stops."""

    program: str
    name: str
    starter: Child
    ours: bool
    pids: list[int] = field(default_factory=list)
    count: int = 0

    @property
    def alive(self) -> bool:
        """Tell whether the server still runs, with all the processes that it had."""
        return sum(bool(command_of(pid)) for pid in self.pids) == self.count

    def find(self) -> None:
        """Look up which processes it has now: it may have been started again by a person."""
        asking = (PYTHON, BIN / self.program, "pid", self.name)
        said = subprocess.run(asking, stdout=subprocess.PIPE, text=True).stdout.strip()
        self.pids = [int(pid) for pid in said.split(",") if pid]
        self.count = max(self.count, len(self.pids))


@dataclass
class Children:
    """All that a command has started so far."""

    environment: dict[str, str] = field(default_factory=environment)
    running: list[Child] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)

    def start(self, name: str, *command: str | Path) -> Child:
        """Start a program beside this command, writing into its log."""
        LOGS.mkdir(parents=True, exist_ok=True)
        with (LOGS / f"{name}.log").open("w") as log:
            return self._add(name, command, log.fileno())

    def run(self, name: str, *command: str | Path) -> int:
        """Run a program to its end before the person's eyes, and return its exit status."""
        child = self._add(name, command, None)
        status = child.process.wait()
        self.running.remove(child)
        return status

    def _add(self, name: str, command: tuple[str | Path, ...], output: int | None) -> Child:
        process = subprocess.Popen(
            (*WITH_US, *command),
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        child = Child(name, process)
        self.running.append(child)
        return child

    def finish(self, child: Child) -> str:
        """Wait for a program that ends by itself and return what it wrote; a failure ends the command."""
        status = child.process.wait()
        self.running.remove(child)
        said = child.log.read_text(errors="replace").strip()
        if status:
            say("\n".join(said.splitlines()[-8:]))
            fail(f"{child.name} failed: see {child.log}")
        return said

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py to its end and return what it wrote."""
        return self.finish(self.start(arguments[0], PYTHON, ROOT / "manage.py", *arguments))

    def start_service(self, program: str, name: str, *options: str) -> None:
        """Begin to start a server, unless the environment names one; one that runs is used, and left."""
        if VARIABLES[program] in os.environ:
            return
        starter = (PYTHON, BIN / program)
        if program == "elasticsearch" and (status := self.run(program, *starter, "install")):
            sys.exit(status)
        runs = subprocess.run([*starter, "pid", name], capture_output=True, env=self.environment).stdout
        child = self.start(f"{program}-start", *starter, "start", name, *options)
        self.services.append(Service(program, name, child, ours=not runs))

    def services_ready(self) -> None:
        """Wait for the servers, and tell the programs to come where they are."""
        for service in self.services:
            self.finish(service.starter)
            address = address_file(service.program, service.name).read_text()
            self.environment[VARIABLES[service.program]] = address
            service.find()

    def dead(self) -> Child | None:
        """Return a program that has ended, if any has."""
        return next((child for child in self.running if child.process.poll() is not None), None)

    def stop(self) -> None:
        """End everything: first ask all, then wait for each; then the servers that they used."""
        until = time.monotonic() + STOP_SECONDS
        for child in self.running:
            child.process.terminate()
        for child in self.running:
            child.stop(until)
        for service in self.services:
            if service.ours:
                stopping = [str(PYTHON), str(BIN / service.program), "stop", service.name]
                subprocess.run(stopping, env=self.environment, start_new_session=True)


@contextmanager
def together() -> Iterator[Children]:
    """Start programs in this block: at its end, however it comes about, they are ended."""
    for number in SIGNALS:
        signal.signal(number, lambda sign, _: sys.exit(128 + sign))
    children = Children()
    try:
        yield children
    finally:
        for number in SIGNALS:  # the end is bounded; a second Ctrl-C would only leave processes behind
            signal.signal(number, signal.SIG_IGN)
        children.stop()
