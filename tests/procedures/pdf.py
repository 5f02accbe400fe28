"""Reads the words of a PDF that typst made, as far as a test needs: each run of letters has one font."""

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LITERAL = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)"
"""A string; brackets in it that match stand as they are."""
_STRING = re.compile(_LITERAL, re.DOTALL)
_SHOWN = re.compile(rb"\[((?:" + _LITERAL + rb"|[^\]])*)\]TJ", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def has_text(pdf: bytes, words: str) -> bool:
    """Tell whether words of one font stand in a PDF, wherever its lines and runs break."""
    streams = [_inflated(found) for found in _STREAM.findall(pdf)]
    glyphs = b"\n".join(stream for stream in streams if b"]TJ" in stream)
    wanted = _bare(words)
    return any(wanted in _bare(_decoded(glyphs, stream)) for stream in streams if b"beginbfchar" in stream)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return data


def _decoded(content: bytes, letters: bytes) -> str:
    """Read all shown glyphs by the table of one font."""
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", letters)
    table = {
        bytes.fromhex(key.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for key, text in pairs
    }
    said = []
    for shown in _SHOWN.findall(content):
        raw = b"".join(_unescaped(string[1:-1]) for string in _STRING.findall(shown))
        said += [table.get(raw[place : place + 2], "") for place in range(0, len(raw), 2)]
    return "".join(said)


def _bare(words: str) -> str:
    """Leave out white space and repetitions: of a letter drawn as base and mark (ụ, ọ) each part is one."""
    return re.sub(r"(.)\1+", r"\1", "".join(words.split()))


def _unescaped(string: bytes) -> bytes:
    return _ESCAPE.sub(_one, string)


def _one(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if len(sign) == 3 else _NAMED.get(sign, sign)
