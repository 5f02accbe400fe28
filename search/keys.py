"""Keys of codes and numbers: the same for the index and for a query, whatever the way of writing."""

import re
from functools import lru_cache

from search import documents

_CODE = re.compile(
    r"""
    (?<![\w.])
    (?P<base> [1-9] (?:[.,-]\ ?|\ )? (?:\d\ ?){5}\d )   # 1.001193, 1001193, "1. 001193", "1.0 01193"
    (?P<suffix> (?:[.-][0-9A-Za-z]{2,4})* )          # .000.00.00.H48
    (?![\w/])
    """,
    re.VERBOSE | re.ASCII,
)
_SAID_BEFORE = re.compile(r"^(?:(?:ma|so|thu tuc|tthc|ho so)\W+)*")
_NOT_IN_KEY = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d[\w.]*/[\w./-]+")
_YEAR = re.compile(r"\d[\w.]*/(?:19|20)\d\d")
_WORD = re.compile(r"\w+")
_KIND = re.compile(
    r"\b(?:quyet dinh|nghi dinh|nghi quyet|thong tu|lien tich|chi thi|phap lenh|luat|van ban|so)\b"
)
"""What is said before a number without being looked for."""


def code_key(code: str) -> str:
    """Return a code as small letters and digits only: "1.001193" and "1001193" are one."""
    return _NOT_IN_KEY.sub("", documents.text().fold(code))


def codes_in(words: str) -> list[str]:
    """Return the keys of the national codes in a text: of each, first with its suffix, then without."""
    found = (match for match in _CODE.finditer(words))
    return list(
        dict.fromkeys(key for match in found for key in (code_key(match[0]), code_key(match["base"])))
    )


def base_codes_in(words: str) -> list[str]:
    """Return the keys of what can only be national codes in a text, without their suffixes.

    Seven digits in a row among other words may be a sum of money or a phone.
    """
    found = (match["base"] for match in _CODE.finditer(words))
    alone = is_code(words)
    return list(dict.fromkeys(code_key(base) for base in found if alone or base[1] in ".,-"))


def written_codes_in(words: str) -> list[str]:
    """Return the national codes in a text in the way in which texts have them: "1.001193"."""
    found = ((code_key(match["base"]), match["suffix"]) for match in _CODE.finditer(words))
    return [f"{key[0]}.{key[1:]}{suffix}" for key, suffix in found]


def is_code(words: str) -> bool:
    """Tell whether a text is a national code and nothing else; "mã thủ tục số" may stand before it."""
    bare = _SAID_BEFORE.sub("", documents.text().fold(words)).strip(" .,;:?")
    return _CODE.fullmatch(bare) is not None


@lru_cache(maxsize=50_000)
def number_keys(number: str) -> tuple[str, ...]:
    """Return the keys under which a legal number is found: the whole, and number with year ("61/2018")."""
    key = documents.text().document_key(number)
    year = _YEAR.match(key)
    return tuple(dict.fromkeys(filter(None, [key, year and year.group()])))


def number_in(words: str) -> str:
    """Return the key of the legal number in a text, or "" when there is none."""
    key = documents.text().document_key(words)
    return key if _NUMBER.fullmatch(key) else ""


def is_number(words: str) -> bool:
    """Tell whether a text is the number of a document and nothing else: "nghị định 61/2018", "570 qd btp"."""
    said = {word.lstrip("0") for word in _WORD.findall(_KIND.sub(" ", documents.text().fold(words)))}
    return bool(said) and said <= set(_WORD.findall(number_in(words)))
