"""Text from outside as the portal keeps it: clean, and without markup where a source has put some in."""

import html
import re
from functools import lru_cache

import nh3

from home.text import normalise

_NAMES = (
    "a|abbr|article|b|big|blockquote|body|br|button|center|code|col|dd|del|div|dl|dt|em|embed|figure|font|form"
    "|h[1-6]|head|hr|html|i|iframe|img|input|ins|label|li|link|meta|object|ol|option|p|pre|s|script|section"
    "|select|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|video|o:p"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>=]*=[^<>]*)?\s*/?>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
"""What is really markup; "đường kính < 5 mm" is not, nor is "a<b và c>d"."""

_BREAKS = re.compile(r"<(?:br|hr)\b[^<>]*>|</(?:p|div|li|tr|h[1-6]|ul|ol|table|dd|dt)\s*>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
LAYERS = 3
"""How often tags are taken out: one that stands in an attribute of another shows only then."""
SHORT = 200
"""Characters. Names and numbers come again and again; to remember long texts would only fill the memory."""

_ENTITY = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|nbsp|amp|lt|gt|quot|apos|ndash|mdash|hellip);", re.IGNORECASE
)


def clean(text: str) -> str:
    """Return a text in the portal's one form, as plain text."""
    return _clean_again(text) if len(text) <= SHORT else _clean(text)


def _clean(text: str) -> str:
    if "<" in text and _TAG.search(text):
        for _layer in range(LAYERS):
            text = _without_markup(text)
            if not _TAG.search(text):
                break
    elif "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    return normalise(text)


def clean_line(text: str) -> str:
    """Return a text that is one line by its nature: a name, a number."""
    return " ".join(clean(text).split())


_clean_again = lru_cache(maxsize=20_000)(_clean)


def has_markup(text: str) -> bool:
    """Tell whether cleaning takes tags out of a text."""
    return "<" in text and _TAG.search(text) is not None


def _without_markup(text: str) -> str:
    """Take the tags out, with scripts and styles whole; what ends a line in HTML ends one here."""
    text = _CELL.sub(" ", _BREAKS.sub("\n", text))
    pieces, end = [], 0
    for tag in _TAG.finditer(text):
        pieces += [text[end : tag.start()].replace("<", "&lt;"), tag.group()]
        end = tag.end()
    pieces.append(text[end:].replace("<", "&lt;"))
    return html.unescape(nh3.clean("".join(pieces), tags=set()))
