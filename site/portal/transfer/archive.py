"""The file that carries a branch: a ZIP with a manifest. Nothing in it is believed before it is checked."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from django.core.serializers.json import DjangoJSONEncoder

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
LISTS: Final = ("media.jsonl", "outside.jsonl", "rows.jsonl", "pages.jsonl")
FILE: Final = re.compile(r"files/[0-9a-f]{64}")

MOST_ENTRIES: Final = 100_000
MOST_BYTES: Final = 20 * 2**30
"""Bytes of all entries when unpacked."""
LARGEST_FILE: Final = 200 * 2**20
LARGEST_MANIFEST: Final = 16 * 2**20
LONGEST_LINE: Final = 8 * 2**20
"""Bytes of one record."""
DEEPEST: Final = 40
"""Levels of lists and objects within each other in a record."""
MOST_PACKED: Final = 500
"""How many times larger than packed an entry of more than `SMALL` bytes may be: text packs 5 to 30 times."""
SMALL: Final = 2**20
CHUNK: Final = 2**20

Record = dict[str, Any]


class Refused(Exception):
    """An archive that cannot be used: nothing of it is imported. The sentence names the entry."""


def dumps(data: Any) -> str:
    """Return data as a line of JSON that is always the same for the same data."""
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass
class Writer:
    """Writes an archive; its manifest last."""

    zip: zipfile.ZipFile
    entries: dict[str, Record] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def lines(self, name: str) -> Iterator[LineWriter]:
        """Open a list; one list at a time."""
        with self.zip.open(name, "w", force_zip64=True) as stream:
            writer = LineWriter(stream)
            yield writer
        self.entries[name] = {"sha256": writer.digest.hexdigest(), "size": writer.size}
        self.counts[name.removesuffix(".jsonl")] = writer.count

    def file(self, sha256: str, content: IO[bytes]) -> None:
        """Add a file that is known by what is in it, once; media are packed already."""
        name = f"files/{sha256}"
        if name in self.entries:
            return
        size = 0
        info = zipfile.ZipInfo(name)
        with self.zip.open(info, "w", force_zip64=True) as stream:
            while chunk := content.read(CHUNK):
                size += len(chunk)
                stream.write(chunk)
        self.entries[name] = {"sha256": sha256, "size": size}

    def manifest(self, **said: Any) -> None:
        """Write the manifest: what is said of the archive, and a checksum of every entry."""
        data = {"format": FORMAT} | said | {"counts": self.counts, "entries": self.entries}
        self.zip.writestr(MANIFEST, json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True))


@dataclass
class LineWriter:
    """Writes one record a line, and reckons their checksum."""

    stream: IO[bytes]
    digest: Any = field(default_factory=hashlib.sha256)
    size: int = 0
    count: int = 0

    def add(self, record: Record) -> None:
        """Write a record."""
        line = f"{dumps(record)}\n".encode()
        self.stream.write(line)
        self.digest.update(line)
        self.size += len(line)
        self.count += 1


class Reader:
    """An archive that was checked as a whole: its names, sizes and checksums are those of its manifest."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.zip = file
        self.streams = ExitStack()
        """Lists that are being read: one that is left in its midst is closed with the archive."""
        self.infos = self._checked_names()
        self.manifest = self._manifest()
        self._check_entries()

    def lines(self, name: str) -> Iterator[tuple[str, Record]]:
        """Yield each record of a list with the words that name it: "pages.jsonl, line 3"."""
        with self.zip.open(name) as stream:
            self.streams.callback(stream.close)
            number = 0
            while line := stream.readline(LONGEST_LINE + 1):
                number += 1
                where = f"{name}, line {number}"
                if len(line) > LONGEST_LINE:
                    raise Refused(f"{where}: longer than {LONGEST_LINE} bytes.")
                yield where, _parsed(line, where)

    def open_file(self, sha256: str) -> IO[bytes]:
        """Open a file by its checksum."""
        return self.zip.open(f"files/{sha256}")

    def has_file(self, sha256: Any) -> bool:
        """Tell whether there is a file of that checksum."""
        return f"files/{sha256}" in self.infos

    def _checked_names(self) -> dict[str, zipfile.ZipInfo]:
        infos = self.zip.infolist()
        if len(infos) > MOST_ENTRIES:
            raise Refused(f"The archive has {len(infos)} entries; {MOST_ENTRIES} are the most.")
        found: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = info.filename
            if name != MANIFEST and name not in LISTS and not FILE.fullmatch(name):
                raise Refused(f"{name[:200]!r}: no entry of an archive of the portal.")
            if name in found:
                raise Refused(f"{name}: there twice.")
            if info.flag_bits & 0x1:
                raise Refused(f"{name}: encrypted.")
            if name.startswith("files/") and info.file_size > LARGEST_FILE:
                raise Refused(f"{name}: {info.file_size} bytes; {LARGEST_FILE} are the most of a file.")
            if info.file_size > max(SMALL, info.compress_size * MOST_PACKED):
                raise Refused(f"{name}: unpacks to {info.file_size} bytes of {info.compress_size}: a bomb.")
            found[name] = info
        if (total := sum(info.file_size for info in infos)) > MOST_BYTES:
            raise Refused(f"The archive unpacks to {total} bytes; {MOST_BYTES} are the most.")
        return found

    def _manifest(self) -> Record:
        info = self.infos.get(MANIFEST)
        if info is None:
            raise Refused(f"{MANIFEST}: missing. This is no archive of the portal.")
        if info.file_size > LARGEST_MANIFEST:
            raise Refused(f"{MANIFEST}: {info.file_size} bytes; {LARGEST_MANIFEST} are the most.")
        found = _parsed(self.zip.read(MANIFEST), MANIFEST)
        if found.get("format") != FORMAT:
            raise Refused(f"{MANIFEST}: of format {found.get('format')!r}; this portal reads {FORMAT}.")
        if not isinstance(found.get("entries"), dict):
            raise Refused(f"{MANIFEST}: names no entries.")
        return found

    def _check_entries(self) -> None:
        said = self.manifest["entries"]
        if missing := set(LISTS) - set(self.infos):
            raise Refused(f"{sorted(missing)[0]}: missing.")
        if strange := set(said) ^ (set(self.infos) - {MANIFEST}):
            raise Refused(f"{sorted(strange)[0][:200]!r}: in the manifest or in the archive, not in both.")
        for name, info in self.infos.items():
            if name != MANIFEST:
                self._check_entry(name, info, said[name])

    def _check_entry(self, name: str, info: zipfile.ZipInfo, said: Any) -> None:
        digest = hashlib.sha256()
        size = 0
        with self.zip.open(info) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > info.file_size:
                    raise Refused(f"{name}: larger than it says.")
                digest.update(chunk)
        stated = said if isinstance(said, dict) else {}
        if stated.get("sha256") != digest.hexdigest() or stated.get("size") != size:
            raise Refused(f"{name}: its checksum is not that of the manifest.")
        if name.startswith("files/") and name != f"files/{digest.hexdigest()}":
            raise Refused(f"{name}: its checksum is not its name.")


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open an archive to read. Raises `Refused`."""
    try:
        with zipfile.ZipFile(path) as file:
            reader = Reader(file)
            with reader.streams:
                yield reader
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Refused(f"{path.name}: not a whole ZIP file: {error}.") from error


def _parsed(text: bytes, where: str) -> Record:
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{where}: not JSON: {str(error)[:200]}.") from error
    if not isinstance(found, dict):
        raise Refused(f"{where}: no object of JSON.")
    if _depth(found) > DEEPEST:
        raise Refused(f"{where}: more than {DEEPEST} levels within each other.")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _depth(data: Any) -> int:
    """Return how many levels data has; one more than are allowed where there are more."""
    depth, level = 0, [data]
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return depth
