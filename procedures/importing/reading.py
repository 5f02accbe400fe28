"""Reads a file of records: a table, or one JSON object a line, packed or not, piece by piece."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from home.tables import UnreadableTable, is_table
from procedures.importing.tables import records

GZIP_MAGIC = b"\x1f\x8b"
LONGEST_LINE = 16 * 1024 * 1024
"""Bytes. The longest real record has 0.3 million; a file without line breaks must not fill the memory."""
REFUSED_AT_ONCE = 20
"""A file whose first lines are all no JSON objects is no file of records."""


class UnusableFile(Exception):
    """The file as a whole cannot be read; the message says why in one sentence."""


@dataclass(frozen=True)
class Line:
    """A line of the file: the object on it, or why there is none."""

    number: int
    data: dict[str, Any] | None
    error: str = ""


def read(path: Path, limit: int | None = None) -> Iterator[Line]:
    """Yield the lines that are not blank, at most `limit` of them; of a table, its rows."""
    try:
        if is_table(path):
            yield from islice(_rows(path), limit)
            return
        with _open(path) as stream:
            yield from islice(_lines(path, stream), limit)
    except FileNotFoundError as error:
        raise UnusableFile(_("There is no file %(path)s.") % {"path": path}) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnusableFile(
            _("%(path)s is packed with gzip and damaged or cut off: %(error)s.")
            % {"path": path, "error": error}
        ) from error
    except OSError as error:
        raise UnusableFile(
            _("%(path)s cannot be read: %(error)s.") % {"path": path, "error": error.strerror}
        ) from error


def _rows(path: Path) -> Iterator[Line]:
    try:
        for number, data, error in records(path):
            yield Line(number, data, error)
    except UnreadableTable as error:
        raise UnusableFile(str(error)) from error


def _open(path: Path) -> BinaryIO:
    """Open a file by what is in it: its name may say anything."""
    with path.open("rb") as stream:
        packed = stream.read(2) == GZIP_MAGIC
    return cast("BinaryIO", gzip.open(path, "rb")) if packed else path.open("rb")


def _lines(path: Path, stream: BinaryIO) -> Iterator[Line]:
    number = refused = good = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            raise UnusableFile(
                _("Line %(number)d of %(path)s has no end: this is no file of one record a line.")
                % {"number": number, "path": path}
            )
        line = _parse(path, number, raw)
        if line is None:
            continue
        good, refused = good + (line.data is not None), refused + (line.data is None)
        if not good and refused == REFUSED_AT_ONCE:
            raise UnusableFile(
                _("%(path)s has no JSON object on any of its first lines; line %(number)d: %(error)s")
                % {"path": path, "number": number, "error": line.error}
            )
        yield line
    if not good:
        raise UnusableFile(_("%(path)s holds no record.") % {"path": path})


def _parse(path: Path, number: int, raw: bytes) -> Line | None:
    """Return the line, or nothing where it is blank."""
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
    except UnicodeDecodeError as error:
        raise UnusableFile(
            _("%(path)s is not written in UTF-8: line %(number)d, byte %(byte)d.")
            % {"path": path, "number": number, "byte": error.start + 1}
        ) from error
    if not text:
        return None
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        return Line(number, None, _("no JSON: %(error)s") % {"error": error})
    if not isinstance(data, dict):
        return Line(number, None, _("no JSON object but %(kind)s") % {"kind": type(data).__name__})
    return Line(number, data)
