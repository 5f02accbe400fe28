"""What a page, the styles and the script may weigh; each figure is a promise to readers on a slow line."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from portal.env import BASE_DIR

KB = 1024
PACKED = 30 * KB
"""Bytes of any page, compressed as the web process does it."""
RAW_BASE, RAW_TIMES = 40 * KB, 1.6
"""A procedure's page may have these bytes, and this many times its own text."""
RAW_MEDIAN = 40 * KB
STYLES, SCRIPT = 30 * KB, 15 * KB
"""Bytes of all styles and of all scripts, compressed."""
LCP_SECONDS = 1.2
LEVEL = 6
"""Of gzip, as Django's middleware has it."""


@dataclass(frozen=True)
class Weight:
    """The bytes of a page, of it compressed, and of its own text (0: it has none that counts)."""

    name: str
    raw: int
    packed: int
    text: int = 0

    @property
    def allowed(self) -> float:
        """How many bytes the page of a procedure may have."""
        return RAW_TIMES * self.text + RAW_BASE

    @property
    def too_heavy(self) -> bool:
        """Tell whether a budget of a single page is exceeded."""
        return self.packed > PACKED or (self.text > 0 and self.raw > self.allowed)


def weigh(name: str, html: bytes, text: int = 0) -> Weight:
    """Return the weight of a page."""
    return Weight(name, len(html), packed(html), text)


def packed(content: bytes) -> int:
    """Return how many bytes are sent of these."""
    return len(gzip.compress(content, LEVEL, mtime=0))


def median_raw(weights: Iterable[Weight]) -> float:
    """Return the bytes of the page in the middle."""
    return median(weight.raw for weight in weights)


def built(suffix: str) -> int:
    """Return how many bytes are sent of all that the front end is built into, `.css` or `.js`."""
    folder = BASE_DIR / "site/static/build"
    return sum(packed(file.read_bytes()) for file in folder.glob(f"*{suffix}"))
