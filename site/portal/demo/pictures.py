"""Draws the demo's pictures and forms with Pillow, in the province's colours."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from textwrap import wrap

import fontpkg
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 675)
RED, TEAL, GOLD, INK, PAPER = "#8f1d21", "#0f5c63", "#d9a441", "#22303c", "#f6f1e7"
A4 = (827, 1169)
"""A4 at 100 dots an inch."""


def picture(scheme: str) -> bytes:
    """Return a WebP picture of 1200 by 675 in one of the schemes."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    for stripe in range(0, SIZE[0], 60):
        draw.line([(stripe, 0), (stripe - 300, SIZE[1])], fill="#efe7d6", width=18)
    SCHEMES.get(scheme, _document)(draw)
    draw.rectangle([0, 577, SIZE[0], SIZE[1]], fill=RED)
    draw.rectangle([0, 577, SIZE[0], 585], fill=GOLD)
    return _saved(image, "WEBP", quality=80)


def form(title: str) -> bytes:
    """Return a blank form as a PDF of one A4 page."""
    image, draw = _sheet(title)
    labels = (
        "Kính gửi",
        "Họ và tên",
        "Ngày sinh",
        "Số định danh",
        "Nơi cư trú",
        "Nội dung đề nghị",
        "Giấy tờ kèm theo",
    )
    for row, label in enumerate(labels):
        y = 300 + row * 62
        draw.text((80, y), f"{label}:", font=font(19), fill=INK)
        draw.line([(280, y + 24), (747, y + 24)], fill="#9aa4ad")
    draw.text((80, 780), "Tôi cam đoan những lời khai trên là đúng sự thật.", font=font(19), fill=INK)
    draw.text((575, 860), "Người khai", font=font(19), fill=INK, anchor="mm")
    return _saved(image, "PDF", resolution=100)


def signed_paper(title: str) -> bytes:
    """Return a decision's paper as a PDF of one A4 page: the look of it, not its text."""
    image, draw = _sheet(title)
    for line in range(22):
        right = 747 if line % 6 else 520
        draw.line([(80, 320 + line * 24), (right, 320 + line * 24)], fill="#c3cad0", width=5)
    draw.text((575, 930), "TM. ỦY BAN NHÂN DÂN", font=font(19), fill=INK, anchor="mm")
    draw.ellipse([510, 960, 640, 1090], outline=RED, width=5)
    return _saved(image, "PDF", resolution=100)


def _sheet(title: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Return a sheet with the heading of official papers and its title, and the pen to go on with."""
    image = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(image)
    middle = A4[0] / 2
    draw.text((middle, 86), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", font=font(22), fill=INK, anchor="mm")
    draw.text((middle, 121), "Độc lập - Tự do - Hạnh phúc", font=font(21), fill=INK, anchor="mm")
    draw.line([(middle - 126, 141), (middle + 126, 141)], fill=INK, width=2)
    lines = wrap(title.upper(), 44)
    for row, line in enumerate(lines[:3]):
        draw.text((middle, 195 + row * 32), line, font=font(24), fill=INK, anchor="mm")
    draw.text(
        (80, 1110), "Bản minh họa của cổng Minh Bạch, không dùng để nộp.", font=font(15), fill="#5a6670"
    )
    return image, draw


def _saved(image: Image.Image, format_name: str, **options: int) -> bytes:
    file = BytesIO()
    image.save(file, format_name, **options)
    return file.getvalue()


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the letters of all pictures, so many dots high."""
    return ImageFont.truetype(str(fontpkg.path("Noto Sans")), size)


def _chart(draw: ImageDraw.ImageDraw) -> None:
    for bar, height in enumerate((120, 180, 150, 240, 300, 270, 380)):
        left = 170 + bar * 130
        draw.rectangle([left, 520 - height, left + 84, 520], fill=TEAL if bar % 2 else RED)
    draw.line([(130, 520), (1090, 520)], fill=INK, width=6)
    points = [(212 + bar * 130, 380 - offset) for bar, offset in enumerate((0, 50, 40, 120, 170, 160, 260))]
    draw.line(points, fill=GOLD, width=10, joint="curve")


def _people(draw: ImageDraw.ImageDraw) -> None:
    for person, (x, tall) in enumerate(((280, 0), (450, 40), (620, 10), (790, 50), (950, 20))):
        colour = (TEAL, RED, INK, GOLD, TEAL)[person]
        draw.ellipse([x - 52, 150 - tall, x + 52, 254 - tall], fill=colour)
        draw.rounded_rectangle([x - 86, 272 - tall, x + 86, 577], radius=70, fill=colour)


def _document(draw: ImageDraw.ImageDraw) -> None:
    for sheet, x in enumerate((250, 470, 690)):
        draw.rectangle([x, 90 + sheet * 20, x + 300, 520], fill="white", outline=INK, width=5)
        for line in range(6):
            y = 180 + sheet * 20 + line * 48
            draw.rectangle([x + 40, y, x + 260 - line * 18, y + 14], fill=TEAL if line else RED)
    draw.ellipse([830, 390, 950, 510], outline=RED, width=14)


def _map(draw: ImageDraw.ImageDraw) -> None:
    hills = (
        ((60, 577), (330, 170), (600, 577)),
        ((380, 577), (700, 110), (1020, 577)),
        ((760, 577), (1000, 240), (1190, 577)),
    )
    for colour, hill in zip((TEAL, INK, "#2f7d73"), hills, strict=True):
        draw.polygon(hill, fill=colour)
    draw.ellipse([930, 70, 1050, 190], fill=GOLD)
    draw.line(
        [(0, 560), (300, 500), (620, 545), (900, 490), (1200, 540)], fill="#8fc1c7", width=26, joint="curve"
    )


def _building(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(230, 250), (600, 90), (970, 250)], fill=RED)
    draw.rectangle([270, 250, 930, 577], fill="white", outline=INK, width=5)
    for column in range(6):
        left = 320 + column * 100
        draw.rectangle([left, 290, left + 46, 540], fill=TEAL)
    draw.rectangle([560, 400, 640, 577], fill=RED)


SCHEMES: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "chart": _chart,
    "people": _people,
    "document": _document,
    "map": _map,
    "building": _building,
}
