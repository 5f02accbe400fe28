"""Keys of codes and numbers: the same for the index and for a query, whatever the way of writing."""

import re

from search import documents

_CODE = re.compile(r"(?<![\w.])(\d\.? ?\d{6})((?:\.\w{2,4})*)(?![\w/])", re.ASCII)
"""A national code, its point left out or followed by a blank, with or without the suffix of an agency."""
_NOT_IN_KEY = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d[\w.]*/[\w./-]+")
_WORD = re.compile(r"\w+")
_KIND_WORDS = {
    *(
        "so",
        "van",
        "ban",
        "quyet",
        "dinh",
        "nghi",
        "thong",
        "tu",
        "lien",
        "tich",
        "chi",
        "thi",
        "phap",
        "lenh",
        "luat",
    ),
}
"""What is said before a number without being looked for."""
_YEAR = re.compile(r"\d[\w.]*/(?:19|20)\d\d")


def code_key(code: str) -> str:
    """Return a code as small letters and digits only: "1.001193" and "1001193" are one."""
    return _NOT_IN_KEY.sub("", documents.text().fold(code))


def codes_in(words: str) -> list[str]:
    """Return the keys of the national codes in a text: of each, first with its suffix, then without."""
    keys = [
        key for found in _CODE.finditer(words) for key in (code_key(found[1] + found[2]), code_key(found[1]))
    ]
    return list(dict.fromkeys(keys))


def written_codes_in(words: str) -> list[str]:
    """Return the national codes in a text in the way in which texts have them: "1.001193"."""
    return [
        f"{key[0]}.{key[1:7]}{found[2]}" for found in _CODE.finditer(words) if (key := code_key(found[1]))
    ]


def is_code(words: str) -> bool:
    """Tell whether a text is a national code and nothing else; "mã" and "mã số" may stand before it."""
    bare = re.sub(r"^(?:ma(?: so)?|thu tuc|tthc) ", "", documents.text().fold(words))
    return _CODE.fullmatch(bare) is not None


def number_keys(number: str) -> list[str]:
    """Return the keys under which a legal number is found: the whole, and number with year ("61/2018")."""
    key = documents.text().document_key(number)
    year = _YEAR.match(key)
    return list(dict.fromkeys(filter(None, [key, year and year.group()])))


def number_in(words: str) -> str:
    """Return the key of the legal number in a text, or "" when there is none."""
    key = documents.text().document_key(words)
    return key if _NUMBER.fullmatch(key) else ""


def is_number(words: str) -> bool:
    """Tell whether a text is the number of a document and nothing else: "nghị định 61/2018", "570 qd btp"."""
    said = set(_WORD.findall(documents.text().fold(words))) - _KIND_WORDS
    known = set(_WORD.findall(number_in(words)))
    return bool(said) and {word.lstrip("0") for word in said} <= known
