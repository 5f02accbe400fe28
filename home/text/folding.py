"""Text without its diacritics: for matching, for sorting, and for addresses.

`site/static/admin/slug.js` does the same in the editor's browser; a test runs both on the same titles.
"""

import re
import unicodedata

LETTERS = {"đ": "d", "ð": "d", "ɖ": "d", "ƣ": "u"}
"""Letters that do not decompose into a plain one and a mark (ƣ: a common mistake for ư)."""

_DROPPED = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
"""Combining marks, and characters that have no width."""

_LETTERS = str.maketrans(LETTERS)
_NOT_SLUG = re.compile("[^a-z0-9]+")

_SORT_PREFIX = re.compile(
    r"""
    \W*                                             # a quotation mark, a dot, a dash left in front
    (?: (?:\d{1,3}(?:\.\d{1,2})*|[ivx]+|[a-e])      # a list number: 12. 1.1. IV. a)
        [.)] [\W_]* (?=[^\W\d_]) )?
    (?: thu\ tuc \b [\W_]* (?=\w) )?                # three in ten names begin so
    """,
    re.VERBOSE,
)


def fold(text: str) -> str:
    """Return the text in small letters without diacritics, đ as d, single spaces: "Đăng  ký" -> "dang ky"."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).lower()
        text = _DROPPED.sub("", text).translate(_LETTERS)
    return " ".join(text.lower().split())


def folded_words(text: str) -> str:
    """Return the folded words of a text, each between spaces, to be found whole by any database.

    "Đăng ký (lại) số 61/2018" -> " dang ky lai so 61 2018 "
    """
    return f" {' '.join(_NOT_SLUG.split(fold(text)))} ".replace("  ", " ")


def slugify(text: str, max_length: int = 255) -> str:
    """Return the address form of a title: "Đăng ký khai sinh" -> "dang-ky-khai-sinh".

    A text without any letter or digit gives "": what to do then is for the caller to say.
    """
    return _NOT_SLUG.sub("-", fold(text)).strip("-")[:max_length].rstrip("-")


def sort_key(name: str) -> str:
    """Return what a name is sorted by: folded, without "Thủ tục", list number or quotation mark in front."""
    folded = fold(name)
    prefix = _SORT_PREFIX.match(folded)
    return folded[prefix.end() :] if prefix else folded
