"""What is known of codes: where the page of one is, and which have left the national catalogue."""

from collections.abc import Collection
from itertools import islice

from home.documents import Addresses
from procedures.models import ProcedurePage, RetiredCode
from search.documents import Retired

_BASE = 7  # digits of a national code
_SUFFIX = (3, 2, 2, 3)  # 000.00.00.H34


def address(key: str) -> str | None:
    """Return the path of the page that has a code, of the very one with its suffix; of several, none."""
    base, suffix = _written(key)
    found = ProcedurePage.objects.visible().with_code(f"{base}.{suffix}" if suffix else base)
    pages = list(found.values_list("code_suffix", "url_path")[:2])
    if len(pages) > 1 and pages[0][0] != suffix:
        return None
    return Addresses()(pages[0][1]) if pages else None


def retired(keys: Collection[str]) -> dict[str, Retired]:
    """Return those of some codes that the national catalogue has no longer, nor this portal."""
    rows = RetiredCode.objects.of_keys(keys).values_list("key", "code", "name", "seen")
    return {key: Retired(code, name, seen) for key, code, name, seen in rows}


def _written(key: str) -> tuple[str, str]:
    """Return the code of a key as pages have it, and its suffix: 1.001193 and 000.00.00.H34."""
    rest = iter(key[_BASE:].upper())
    groups = ("".join(islice(rest, length)) for length in _SUFFIX)
    return f"{key[:1]}.{key[1:_BASE]}", ".".join(filter(None, groups))
