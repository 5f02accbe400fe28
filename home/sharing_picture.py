"""Draws the picture that a shared address shows: the title of a page on the province's colours, a PNG."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, Protocol

from fontpkg.pil import truetype
from PIL import Image, ImageDraw

SIZE: Final = (1200, 630)
"""Pixels, as Open Graph and Zalo show it."""
RED, DEEP, GOLD, PAPER, BLUE = "#8f1a1d", "#7a1417", "#f2c14e", "#ffffff", "#0b5672"
LEFT, WIDTH, STEP = 72, 1056, 66
TITLE_TOP, TITLE_BOTTOM = 196, 520
TITLE_SIZES: Final = (76, 66, 58, 50, 44, 38)
LEADING: Final = 1.34
"""Lines of Vietnamese stand apart: marks are above and below the letters."""
COLOURS: Final = 64
"""Flat colours and smoothed letters need no more; the file stays small."""


class Words(Protocol):
    """What the picture says."""

    @property
    def title(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def owner(self) -> str: ...


def drawn(words: Words) -> bytes:
    """Return the picture: 1200 by 630, PNG."""
    image = Image.new("RGB", SIZE, RED)
    draw = ImageDraw.Draw(image)
    draw.polygon([(820, 0), (1200, 0), (1200, 630), (1010, 630)], fill=DEEP)
    draw.rectangle([0, SIZE[1] - 14, SIZE[0], SIZE[1]], fill=GOLD)
    image.paste(mark := _mark(88), (LEFT, 62), mark)
    draw.text((LEFT + 112, 60), "Minh Bạch", font=truetype("Noto Sans", 42, 700), fill=PAPER)
    draw.text((LEFT + 112, 112), words.owner, font=truetype("Noto Sans", 26, 400), fill=PAPER)
    _title(draw, words.title)
    if words.label:
        _label(draw, words.label)
    file = BytesIO()
    image.quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _title(draw: ImageDraw.ImageDraw, title: str) -> None:
    """Write the title as large as it fits; one that is too long for the smallest letters is cut."""
    for size in TITLE_SIZES:
        font = truetype("Noto Sans", size, 700)
        lines = list(_lines(title, font, WIDTH))
        room = int((TITLE_BOTTOM - TITLE_TOP) / (size * LEADING))
        if len(lines) <= room:
            lines = _balanced(title, font, lines)
            break
    else:
        lines = [*lines[: room - 1], _cut(lines[room - 1], font)]
    top = TITLE_TOP + ((TITLE_BOTTOM - TITLE_TOP) - len(lines) * size * LEADING) / 2
    for row, line in enumerate(lines):
        draw.text((LEFT, top + row * size * LEADING), line, font=font, fill=PAPER)


def _balanced(text: str, font: Any, lines: list[str]) -> list[str]:
    """Return as many lines as there are, none much longer than the others."""
    for width in range(WIDTH - STEP, WIDTH // 2, -STEP):
        narrower = list(_lines(text, font, width))
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _lines(text: str, font: Any, width: int) -> Iterator[str]:
    """Break a text into lines between words, and a word that is longer than a line anywhere."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        while (length := font.getlength(word)) > width:
            part = max(1, int(len(word) * width / length) - 1)
            yield word[:part]
            word = word[part:]
        line = word
    yield line


def _cut(line: str, font: Any) -> str:
    while font.getlength(f"{line}…") > WIDTH:
        line = line[:-1]
    return f"{line.rstrip(' ,.;:')}…"


def _label(draw: ImageDraw.ImageDraw, label: str) -> None:
    font = truetype("Noto Sans", 30, 600)
    line = label if font.getlength(label) <= WIDTH - 48 else _cut(label, font)
    width = font.getlength(line)
    draw.rounded_rectangle([LEFT, 536, LEFT + width + 48, 592], radius=28, fill=GOLD)
    draw.text((LEFT + 24, 564), line, font=font, fill=RED, anchor="lm")


def _mark(size: int) -> Image.Image:
    """Draw the mark of the portal (static/img/mark.svg): an open book with a tick, smoothed."""
    fine = 8
    image = Image.new("RGBA", (48 * fine, 48 * fine))
    draw = ImageDraw.Draw(image)

    def line(*points: tuple[float, float], colour: str = RED, width: float = 2.0) -> None:
        draw.line(
            [(x * fine, y * fine) for x, y in points], fill=colour, width=int(width * fine), joint="curve"
        )

    draw.rounded_rectangle([0, 0, 48 * fine - 1, 48 * fine - 1], radius=10 * fine, fill=GOLD)
    book = [(24, 15.5), (20, 13.6), (15, 12.9), (10, 13), (10, 34), (15, 33.9), (20, 34.6), (24, 36.5)]
    book += [(48 - x, y) for x, y in reversed(book)]
    draw.polygon([(x * fine, y * fine) for x, y in book], fill=PAPER)
    line(*book, book[0], width=2.5)
    line((24, 15.5), (24, 36.5), width=2.5)
    for y, right in ((19.5, 19.5), (24, 19.5), (28.5, 17.5)):
        line((13.5, y), (right, y))
    line((28.5, 24.5), (31.3, 27.3), (35.5, 22), colour=BLUE, width=2.8)
    return image.resize((size, size), Image.Resampling.LANCZOS)
