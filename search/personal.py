"""Tells a text that looks as if it named a person: identity cards, phones, bank cards, e-mail addresses.

What people search is counted, and such texts never are. It looks at how a text is written, so it can be
wrong, and then on the careful side: "vay 100.000.000 đồng" has nine digits and is not counted. What it
cannot tell is a name: "đơn của ông Nguyễn Văn A" is written as any other query. Such a query is in the sums
for 90 days, which only editors see; the public page has rules of its own (`search.popular`).
"""

import re
import unicodedata

FEWEST_DIGITS = 9
"""Digits of the shortest number that names a person: the old identity card."""

_DIGITS = re.compile(r"\d(?:[\W_]{0,3}\d)*", re.ASCII)
"""Digits in a row, whatever signs people put between them: "0901.234.567", "+84 (90) 123-45-67"."""
_TYPED_FOR_NULL = re.compile(r"(?<=\d)o+(?=\W{0,3}\d)|(?<!\w)o(?=\d{2})")
_APART = re.compile(r"[\s,;]+")
_CODE = re.compile(r"[1-9][.-]?\d{6}(?:[.-]000[.-]00[.-]00(?:[.-]\d{2})?)?", re.ASCII)
"""1.001193, 1001193, 1.001193.000.00.00; where H48 follows, its letter has ended the digits before it."""
_LEGAL_NUMBER = re.compile(r"\d{1,5}/(?:19|20)\d\d", re.ASCII)
_SPACE_IN_CODE = re.compile(r"(?<![\w.])([1-9][.-]) (?=\d{6}(?!\d))", re.ASCII)
_MAIL = re.compile(
    r"@|[(\[{]\s*at\s*[)\]}]|\ba còng\b|\b(?:gmail|yahoo|hotmail|outlook|icloud)\b\W{0,3}(?:com|chấm)"
)
_PAPERS = re.compile(r"\b[a-z]\d{7,8}\b|\b\d{2}\W?[a-zđ][a-z\d]?[\W_]{0,3}\d{3}[\W_]?\d{2}\b")
"""A passport (B1234567), the plate of a vehicle (76A-123.45)."""


def looks_personal(words: str) -> bool:
    """Tell whether a text has something that looks like the number or the address of a person."""
    text = _plain(words)
    if _MAIL.search(text) or _PAPERS.search(text):
        return True
    text = _SPACE_IN_CODE.sub(r"\1", _TYPED_FOR_NULL.sub(lambda typed: "0" * len(typed[0]), text))
    return any(_is_long(run) and not _is_known(run) for run in _DIGITS.findall(text))


def _plain(words: str) -> str:
    """Return a text in small letters and ASCII digits: full width, circled and other scripts' ones, too."""
    compatible = unicodedata.normalize("NFKC", words).lower()
    return "".join(
        letter if letter.isascii() or not letter.isdecimal() else str(unicodedata.decimal(letter))
        for letter in compatible
    )


def _is_long(run: str) -> bool:
    return sum(letter.isdigit() for letter in run) >= FEWEST_DIGITS


def _is_known(run: str) -> bool:
    """Tell whether digits are codes and legal numbers, all of them, strictly as these are written.

    `search.keys` is kinder to people, and would take "0901234.567" for a code with a suffix.
    """
    parts = [part.strip(".,:;/-()") for part in _APART.split(run)]
    return all(_CODE.fullmatch(part) or _LEGAL_NUMBER.fullmatch(part) for part in parts if part)
