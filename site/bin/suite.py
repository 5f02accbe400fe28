"""How the tests are run: the servers that they need, the packages of the machine, and pytest itself."""

import os
import shutil
import subprocess
from pathlib import Path

from checkout import LOGS, PYTHON, fail, step
from children import Children

ON_BOTH = "not browser and not once"
"""What pytest runs on either database; the other tests run on SQLite alone."""


def require_browser() -> None:
    """Make sure that there is a browser for tests/browser, with a font that has Vietnamese."""
    if not shutil.which("chromium"):
        install_packages("A browser", "chromium", "fonts-liberation")


def require_postgres() -> None:
    """Make sure that there are PostgreSQL's programs; Debian keeps them off the path."""
    if not (shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        install_packages("PostgreSQL", "postgresql")


def install_packages(what: str, *names: str) -> None:
    """Install Debian packages as root; tell anyone else what to install."""
    command = f"apt-get install {' '.join(names)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        fail(f"{what} is missing, which the tests need: {command}")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "apt.log"
    with step(f"Installing {' '.join(names)}"), log.open("w") as output:
        for line in ("apt-get update", f"{command} --yes --no-install-recommends"):
            if subprocess.run(line.split(), stdout=output, stderr=output, env=quiet, check=False).returncode:
                fail(f"{what} is missing and could not be installed: see {log}")


def start_services(children: Children, *programs: str) -> None:
    """Start the servers of the tests; those that run already, or that the environment names, are used."""
    with step("Starting the servers of the tests"):
        for program in programs:
            children.start_service(program, "test")
        children.services_ready()


def run_tests(children: Children, *arguments: str) -> int:
    """Run pytest before the person's eyes and return its exit status."""
    return children.run("pytest", PYTHON, "-m", "pytest", *arguments)
