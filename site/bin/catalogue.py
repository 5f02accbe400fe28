"""The real catalogue of ../shared in a database of its own, for the commands that measure the search."""

import hashlib
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from checkout import NAME, ROOT, VAR, say, step
from children import Children

SHARED = ROOT.parent / "shared"
PROCEDURES = SHARED / "data/procedures.jsonl.gz"
RETIRED = SHARED / "data/retired-codes.jsonl"
IMPORTED = VAR / "catalogue-imported.sqlite3"
DATABASE = VAR / "catalogue.sqlite3"
MISSING = 2

# What the databases are made of: while these files stay the same, so do they.
IMPORT_CODE = ("*/migrations/*.py", "procedures/importing/*.py", "home/text/*.py")
SEED_CODE = ("*/seeds/*", "search/seeding.py", "procedures/phrasings.py", "procedures/retired.py")


def require_shared(*files: Path) -> None:
    """End with one sentence where the real catalogue is not beside the checkout."""
    for file in (PROCEDURES, RETIRED, *files):
        if not file.is_file():
            say(f"✗ This needs the real catalogue beside the checkout: there is no {file}.")
            sys.exit(MISSING)


def prepare(children: Children, index: str, *, fresh: bool = False) -> None:
    """Have the catalogue in the database, with the words of people, and the programs use that database."""
    children.environment |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "SEARCH_INDEX": f"{NAME}-{index}",
        "SEARCH_TIMEOUT": "30",  # a busy machine is slow, which is no reason to have no answer
    }
    imported = stamp(PROCEDURES, *code(IMPORT_CODE))
    seeded = stamp(RETIRED, *code(SEED_CODE), seed=imported)
    if fresh or not is_made(IMPORTED, imported):
        use(children, IMPORTED)
        with making(IMPORTED, imported), step("Importing the real catalogue (kept for the next time)"):
            children.manage("migrate", "--no-input")
            children.manage("import_procedures", str(PROCEDURES))
    use(children, DATABASE)
    if not fresh and is_made(DATABASE, seeded):
        return
    with making(DATABASE, seeded), step("Seeding the words of people and the retired codes"):
        copy(IMPORTED, DATABASE)
        children.manage("seed_search_terms")
        children.manage("seed_phrasings")
        children.manage("import_retired_codes", str(RETIRED))


def use(children: Children, database: Path) -> None:
    """Have the programs use a database."""
    children.environment["DATABASE_URL"] = f"sqlite:///{database}"


def code(patterns: Iterable[str]) -> list[Path]:
    """Return the files of the checkout that some patterns name."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def stamp(*files: Path, seed: str = "") -> str:
    """Return a hash of some files, wherever they are."""
    found = hashlib.sha256(seed.encode())
    for file in files:
        found.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def is_made(database: Path, wanted: str) -> bool:
    """Tell whether a database was made from what there is now."""
    kept = stamp_file(database)
    return database.exists() and kept.exists() and kept.read_text() == wanted


def stamp_file(database: Path) -> Path:
    """Return where the stamp of a database is kept."""
    return database.with_suffix(".stamp")


@contextmanager
def making(database: Path, wanted: str) -> Iterator[None]:
    """Begin a database anew, and stamp it when it is whole: a run that was cut off leaves no stamp."""
    VAR.mkdir(exist_ok=True)
    stamp_file(database).unlink(missing_ok=True)
    for leftover in VAR.glob(f"{database.name}*"):
        leftover.unlink()
    yield
    stamp_file(database).write_text(wanted)


def copy(source: Path, target: Path) -> None:
    """Copy a database, with what its journal still holds."""
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copied:
        origin.backup(copied)
