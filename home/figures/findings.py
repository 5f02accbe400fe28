"""What the check of figures says: one fault, where it stands, and its arithmetic in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

_MILLION, _BILLION = 10**6, 10**9


class Kind(StrEnum):
    """What a finding is about."""

    SUM = "sum"
    SHARE = "share"
    GROWTH = "growth"
    TOTAL = "total"
    DATE = "date"
    PERIOD = "period"
    SEPARATOR = "separator"
    DOCUMENT = "document"

    @property
    def label(self) -> str:
        """Return what people call it."""
        return {
            Kind.SUM: _("Sum"),
            Kind.SHARE: _("Percentage"),
            Kind.GROWTH: _("Growth"),
            Kind.TOTAL: _("Raised total"),
            Kind.DATE: _("Impossible date"),
            Kind.PERIOD: _("Reversed period"),
            Kind.SEPARATOR: _("Way of writing a number"),
            Kind.DOCUMENT: _("Number of a document"),
        }[self]


class Severity(StrEnum):
    """How sure a finding is: wrong whatever was meant, to be looked at, or a matter of form."""

    WRONG = "wrong"
    DOUBT = "doubt"
    FORM = "form"

    @property
    def label(self) -> str:
        """Return the word for it."""
        words = {Severity.WRONG: _("Wrong"), Severity.DOUBT: _("Doubtful"), Severity.FORM: _("Not uniform")}
        return words[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in a text. Places are characters from the beginning of the text that was checked."""

    kind: Kind
    severity: Severity
    start: int
    end: int
    found: str
    expected: str
    message: str
    """One plain sentence that gives the arithmetic, in the language of the thread."""
    sentence: str = ""
    sentence_start: int = 0

    @property
    def sentence_end(self) -> int:
        """Return the place where the sentence ends."""
        return self.sentence_start + len(self.sentence)

    @property
    def before(self) -> str:
        """Return the sentence up to what is wrong in it."""
        return self.sentence[: self.start - self.sentence_start]

    @property
    def marked(self) -> str:
        """Return the part of the sentence that is wrong."""
        return self.sentence[self.start - self.sentence_start : self.end - self.sentence_start]

    @property
    def after(self) -> str:
        """Return the rest of the sentence."""
        return self.sentence[self.end - self.sentence_start :]


def written(value: Decimal, decimals: int = 1) -> str:
    """Return a number as Vietnamese officials write it, with so many decimals at most: 1757 -> "1.757"."""
    rounded = round(value, decimals)
    whole, _point, fraction = f"{rounded:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def amount(value: Decimal) -> str:
    """Return a figure as the arithmetic shows it: thousands of millions are "tỷ"."""
    in_words = value >= _BILLION and not value % _MILLION
    return f"{written(value / _BILLION, 3)} tỷ" if in_words else written(value, 3)
