"""What is checked before a page is published; a draft saves freely.

An app registers its checks for the page types that it has. A check gets the page as it would be published
and yields findings: some block, the others are warnings. The form behind the editor reports what blocks at
the field that it is about (`home.forms`), the panel beside it lists all (`home.preflight.panel`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
    from wagtail.models import Page

__all__ = ["Finding", "blocking", "findings", "register"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a page: at which field, and what to do about it, in a sentence.

    `block` is the place of a block in a stream field, counted from 0; `quote` the words that are meant.
    """

    field: str
    sentence: StrOrPromise
    blocks: bool = False
    block: int | None = None
    quote: str = ""


Check = Callable[[Any], Iterable[Finding]]

_checks: dict[type[Page], list[Check]] = defaultdict(list)


def register(model: type[Page], *checks: Check) -> None:
    """Have the pages of a type, and of those derived from it, checked."""
    _checks[model].extend(checks)


def findings(page: Page) -> list[Finding]:
    """Return all that is wrong with a page, what blocks first; in the order of the checks otherwise."""
    found = [
        finding
        for model, checks in _checks.items()
        if isinstance(page, model)
        for check in checks
        for finding in check(page)
    ]
    return sorted(found, key=lambda finding: not finding.blocks)


def blocking(page: Page) -> list[Finding]:
    """Return what keeps a page from being published."""
    return [finding for finding in findings(page) if finding.blocks]
