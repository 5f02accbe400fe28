"""QR codes, as SVG that stands in a page: no picture to fetch, sharp on paper."""

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4
"""Modules of white around a code (ISO/IEC 18004 asks for four)."""


def qr_svg(address: str, label: str = "", dark: str = "#000") -> SafeString:
    """Return an address as an SVG, dark on white in every theme; `label` is what is read aloud."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=QUIET_ZONE,
        dark=dark,
        light="#fff",
        omitsize=True,
        svgclass="mb-qr",
        lineclass=None,
        title=label or None,
    )
    return mark_safe(drawn)  # noqa: S308  segno escapes the title; the rest is numbers
