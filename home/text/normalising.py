"""The one normaliser: each text that comes in (editor, import, query) passes it, and equal words are equal.

It repairs how a text was written down, never what it says: composed letters (Unicode NFC, Standard Annex 15),
look-alike letters of other alphabets, invisible characters, spaces. Run a second time it changes nothing.
"""

import re
import unicodedata

from home.text.legacy import decode_legacy
from home.text.syllables import is_syllable

_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]+")
"""Control characters (tabs and line breaks apart), and halves of characters that no database takes."""

_INVISIBLE = re.compile(
    "[\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]+"
)
"""Zero-width characters and direction marks: "đăng k<U+200E>ý" must be found as "đăng ký"."""

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SOFT_HYPHEN = "\u00ad"
_BROKEN_HYPHEN = re.compile(r"(?<=[^\W\d_])¬+(?=[^\W\d_])|(?<!¬)¬+(?=[ưừứửữựươờớởỡợ])")
"""A soft hyphen that was made visible: "đ¬ược", "trung ¬ương"."""

_BULLET = re.compile("[\uf000-\uf0ff]+(?=([^\\W_])?)")
"""The private codes of Wingdings and Symbol, which Word uses as bullets."""

_WRONG_LETTERS = re.compile("[ÐðƉɖƢƣ]")
_RIGHT_LETTERS = str.maketrans("ÐðƉɖƢƣ", "ĐđĐđƯư")
"""Icelandic and African letters typed for Vietnamese ones."""

_FOREIGN = re.compile("[\u0130\u0370-\u03ff\u0400-\u04ff]")
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухиΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",  # Cyrillic (и is u in italics), then Greek
    "ABESIJKMHOPCTYXaesijopcyxuABEZHIKMNOPTYXo",
)
_LETTERS = re.compile(r"[^\W_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_DIGIT = re.compile("[0-9]")

_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_RUN_OF_SPACES = re.compile("  +")
_LINE_EDGE = re.compile(" *\n *")
_BLANK_LINES = re.compile("\n{3,}")

_UNUSUAL = re.compile("[^\n -~ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9–“”…•‘’]")
"""Whatever is no composed Vietnamese letter, ASCII, or punctuation of print: most texts have none of it."""


def normalise(text: str) -> str:
    """Return the text in its one form.

    Line structure is kept: runs of spaces become one, lines lose the spaces around them, and of several blank
    lines in a row one stays.
    """
    text = _repair(text) if _UNUSUAL.search(text) else decode_legacy(text)
    if "  " in text:
        text = _RUN_OF_SPACES.sub(" ", text)
    if "\n" in text:
        text = _BLANK_LINES.sub("\n\n", _LINE_EDGE.sub("\n", text))
    return text.strip()


def _repair(text: str) -> str:
    """Bring every character into its one form; legacy text first, as its ư is a soft hyphen."""
    text = _UNPRINTABLE.sub("", text)
    text = _SPACE.sub(" ", _LINE_END.sub("\n", text))
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = decode_legacy(text).replace(_SOFT_HYPHEN, "")
    text = _BROKEN_HYPHEN.sub("", text)
    text = _BULLET.sub(lambda bullet: "- " if bullet.group(1) else "-", text)
    text = text.translate(_RIGHT_LETTERS) if _WRONG_LETTERS.search(text) else text
    if _FOREIGN.search(text):
        text = re.sub(r"\S+", _without_look_alikes, text)
    # Once more: without what stood between its letters, a legacy word may only now be one.
    return decode_legacy(unicodedata.normalize("NFC", text))


def _without_look_alikes(match: re.Match[str]) -> str:
    """Replace look-alike letters inside a word or number that is otherwise Latin: "85/2024/TT-BTС"."""
    whole = match.group()
    if not _FOREIGN.search(whole):
        return whole
    in_number = bool(_DIGIT.search(whole) and _LATIN.search(whole.replace("\u0130", "")))

    def repair(word: re.Match[str]) -> str:
        letters = word.group().replace("\u0130", "Ị")
        if letters != word.group() and is_syllable(letters):  # a dot above where one below was meant: "ĐİNH"
            return letters
        repaired = word.group().translate(_LOOK_ALIKES)
        latin = in_number or _LATIN.search(word.group()) or _DIGIT.search(word.group())
        return repaired if latin and not _FOREIGN.search(repaired.replace("\u0130", "")) else word.group()

    return _LETTERS.sub(repair, whole)
