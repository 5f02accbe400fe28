"""VNI for Windows: a letter, then the mark upon it as a second byte, seen as Latin-1."""

import re
import unicodedata
from collections.abc import Callable

NAME = "VNI"

WORD = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")

_TONES = {"": "", "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ì": "ì", "í": "í"}


def _table() -> dict[str, str]:
    """Return every letter of VNI that is not plain ASCII, in small letters."""
    found = dict(_SINGLE)
    for base in "aeouyôö":
        found |= {base + mark: _SINGLE.get(base, base) + tone for mark, tone in _TONES.items() if mark}
    for base in "aeo":
        found |= {base + mark: f"{base}\u0302{tone}" for mark, tone in _CIRCUMFLEX.items()}
    found |= {f"a{mark}": f"a\u0306{tone}" for mark, tone in _BREVE.items()}
    return {code: unicodedata.normalize("NFC", letter) for code, letter in found.items()}


_TABLE = _table()
_CODES = "|".join(sorted(_TABLE, key=len, reverse=True))
_LETTER = re.compile(_CODES, re.IGNORECASE)
_DECODABLE = re.compile(f"(?:[a-z]|{_CODES})+", re.IGNORECASE)


def decoder(text: str) -> Callable[[re.Match[str]], str | None]:
    """Return the function that decodes the words of a text; a word that cannot be VNI gives None."""

    def decode(word: re.Match[str]) -> str | None:
        if not _DECODABLE.fullmatch(word.group()):
            return None
        return _LETTER.sub(_letter, word.group())

    return decode


def _letter(code: re.Match[str]) -> str:
    """Decode one letter; it is a capital when its first byte is one."""
    letter = _TABLE[code.group().lower()]
    return letter.upper() if code.group()[0].isupper() else letter
