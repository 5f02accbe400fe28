"""Numbers of legal documents: one key for the many ways to write one number."""

import re

from home.text.folding import fold
from home.text.normalising import normalise

_KINDS = {
    "quyet dinh": "qd",
    "nghi dinh": "nd",
    "nghi quyet lien tich": "nqlt",
    "nghi quyet": "nq",
    "thong tu lien tich": "ttlt",
    "thong tu": "tt",
    "chi thi": "ct",
    "phap lenh": "pl",
    "luat": "luat",
}
"""Kinds of documents written out, and the symbol of each in a number."""

_SYMBOLS = ("qd", "nd", "nqlt", "nq", "ttlt", "ttr", "tt", "ct", "tb", "kh", "hd", "vbhn")
_UNNUMBERED = {"luat", "pl"}
"""Kinds that are no part of a number: it names the legislature instead (32/2024/QH15)."""

_LEGISLATURE = re.compile(r"(?:qh|ubtvqh)\d+")
_SYMBOL = "|".join(_SYMBOLS)
_KIND = re.compile(rf"\b(?:{'|'.join(_KINDS)})\b")

_ASIDE = re.compile(r"\([^)]*\)|\b(?:ngay|cua)\b.*")
_TIDY = (
    (re.compile(r"\bso(?=\d)"), ""),  # "số68/2018"
    (re.compile(r"\b(\d{1,3})\.(\d{3})(?=\s*/)"), r"\1\2"),  # 1.072/QĐ-UBND
    (re.compile(r"\s*&\s*"), ""),  # BNN&PTNT
    (re.compile(r"(?:\s*(?:[/_–-]|\.(?!\d)|(?<!\d)\.))+\s*"), "/"),  # all that separates, but for 66.19
    (re.compile(rf"(?<=\d)[ /]*({_SYMBOL})[ /]+(?=[a-z])"), r"/\1/"),  # 570 qd btp
    (re.compile(rf"\b({_SYMBOL})[ /]*(\d+)(?=[a-z]{{2}})"), r"\1/\2/"),  # QĐ0001BCA
    (re.compile(r"\bqd(?=[a-z]{2})"), "qd/"),  # QĐUBND
)
_EDGES = " /,;:!?*+'\"“”()"

_LONGEST = 500
"""Characters that are looked at: a number in a whole sentence is shorter."""

_NUMBER = re.compile(
    rf"""
    (?<![\w/.])
    (?: (?P<lead>{_SYMBOL}) [ /]* )?
    0*(?P<number> \d+ (?:\.\d+)? [a-z]? )
    (?: / (?P<year> (?:19|20)\d\d ) )?
    (?: / (?P<symbol> [a-z][a-z0-9]* (?:/[a-z0-9]+)* ) )?
    (?! [\w/.] )
    """,
    re.VERBOSE,
)


def document_key(number: str) -> str:
    """Return the key of a legal number: folded, the same for the usual ways to write the number.

    "Quyết định số 570 /QĐ-BTP.", "QĐ/0570-BTP", "570/QD_BTP" and "570 qd btp" all give "570/qd-btp"; a decree
    needs no issuer ("nghị định 146/2025" is "146/2025/nd-cp"). Dates, issuers and remarks around are dropped.

    Not merged: a number without its symbol or year and the full one ("61/2018", "61/2018/NĐ-CP"), an issuer
    in words and its symbol ("của Bộ Tư pháp", "BTP"), mistakes at the source ("91/2015/QH2013"). One key for
    two documents: a number that two provinces both use, and a bare number ("1681"); compare the issuer there.
    A text without a number is its own key, folded.
    """
    folded = fold(normalise(number[:_LONGEST]))
    numbered = _tidy(_ASIDE.sub(" ", folded))
    found = max(_NUMBER.finditer(numbered), key=_completeness, default=None)
    if found is None:
        return _tidy(folded)
    kind = _KIND.search(folded)
    symbol = _symbol(found, _KINDS[kind.group()] if kind else "")
    return "/".join(filter(None, [found["number"], found["year"], symbol]))


def _tidy(folded: str) -> str:
    """Write every separator as a slash, and set one where it was left out."""
    for pattern, replacement in _TIDY:
        folded = pattern.sub(replacement, folded)
    return folded.strip(_EDGES)


def _completeness(found: re.Match[str]) -> tuple[bool, bool]:
    """Rank what looks like a number; of equals the first one counts."""
    return bool(found["symbol"]), bool(found["year"])


def _symbol(found: re.Match[str], kind: str) -> str:
    """Return the last part of the key: "qd-ubnd"; the kind alone where no symbol was written."""
    parts = found["symbol"].split("/") if found["symbol"] else []
    kind = found["lead"] or kind
    if parts and (kind in _UNNUMBERED or parts[0] in _SYMBOLS or _LEGISLATURE.fullmatch(parts[0])):
        kind = ""
    parts = [kind, *parts] if kind else parts
    return "nd-cp" if parts == ["nd"] else "-".join(parts)
