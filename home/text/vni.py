"""VNI for Windows: a letter, then the mark upon it as a second byte, seen as Latin-1."""

import re
import unicodedata
from collections.abc import Callable

NAME = "VNI"

WORD = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")

_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ì": "ì", "í": "í"}


def _table() -> dict[str, str]:
    """Return every letter of VNI that is not plain ASCII; the mark upon a capital may be a small one."""
    small = dict(_SINGLE)
    for base in "aeouyôö":
        small |= {base + mark: _SINGLE.get(base, base) + tone for mark, tone in _TONES.items()}
    for base in "aeo":
        small |= {base + mark: f"{base}\u0302{tone}" for mark, tone in _CIRCUMFLEX.items()}
    small |= {f"a{mark}": f"a\u0306{tone}" for mark, tone in _BREVE.items()}
    small = {code: unicodedata.normalize("NFC", letter) for code, letter in small.items()}
    capital = {
        form: letter.upper() for code, letter in small.items() for form in (code.capitalize(), code.upper())
    }
    return small | capital


_TABLE = _table()
_CODES = "|".join(sorted(_TABLE, key=len, reverse=True))
_LETTER = re.compile(_CODES)
_DECODABLE = re.compile(f"(?:[A-Za-z]|{_CODES})+")


def decoder(text: str) -> Callable[[re.Match[str]], str | None]:
    """Return the function that decodes the words of a text; a word that cannot be VNI gives None."""
    known: dict[str, str | None] = {}

    def decode(word: re.Match[str]) -> str | None:
        raw = word.group()
        if raw not in known:
            decodable = _DECODABLE.fullmatch(raw)
            known[raw] = _LETTER.sub(lambda code: _TABLE[code.group()], raw) if decodable else None
        return known[raw]

    return decode
