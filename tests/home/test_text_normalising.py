"""The normaliser: each kind of dirt that the real catalogue holds, and that a second run changes nothing."""

import random
import unicodedata

import pytest

from home.text import normalise

REPAIRS = {
    "messy 1, decomposed letters": (unicodedata.normalize("NFD", "thẩm quyền nếu về"), "thẩm quyền nếu về"),
    "messy 2, direction mark": ("đăng k\u200eý hộ tịch", "đăng ký hộ tịch"),
    "messy 2, byte order mark": ("\ufeffĐăng ký", "Đăng ký"),
    "messy 2, between a letter and its mark": ("e\u200b\u0302\u0301", "ế"),
    "messy 3, soft hyphen": ("tr\u00adường hợp", "trường hợp"),
    "messy 3, soft hyphen made visible": ("đ¬ược, huy tr¬¬ưởng, trung ¬ương", "được, huy trưởng, trung ương"),
    "messy 4, no-break spaces": ("Nhân dân\u00a0xã,\u202fphường", "Nhân dân xã, phường"),
    "messy 5, bullet": ("\uf076\tLưu ý: thành phần", "- Lưu ý: thành phần"),
    "messy 5, bullet without space": ("\uf0fcTrường hợp", "- Trường hợp"),
    "messy 6, tabs": ("a)\tNộp hồ sơ", "a) Nộp hồ sơ"),
    "messy 7, runs of spaces": ("kiểm tra thông          tin", "kiểm tra thông tin"),
    "messy 8, Cyrillic in a number": ("85/2024/TT-BT\u0421", "85/2024/TT-BTC"),
    "messy 8, all of a part Cyrillic": ("24/2026/NQ-\u0421\u0420", "24/2026/NQ-CP"),
    "messy 8, Cyrillic in a word": ("sa\u0438: các tài liệu", "sau: các tài liệu"),
    "messy 8, Cyrillic in a code": ("\u042108_XPHCDB", "C08_XPHCDB"),
    "messy 9, Icelandic letter": ("khoản 1 Ðiều 33, NÐ-CP, ðất", "khoản 1 Điều 33, NĐ-CP, đất"),
    "oi for u with horn": ("đƣợc dƣỡng ƢU", "được dưỡng ƯU"),
    "dot above for dot below": ("NGHỊ Đ\u0130NH", "NGHỊ ĐỊNH"),
    "line ends": ("một\r\nhai\rba\x0bbốn\u2028năm", "một\nhai\nba\nbốn\nnăm"),
    "spaces at line ends": ("một  \n  hai \n", "một\nhai"),
    "blank lines": ("một\n\n\n \nhai\n\nba", "một\n\nhai\n\nba"),
    "control characters": ("Đăng\x00 ký\x07\x9f", "Đăng ký"),
    "half a character": ("Đăng \ud800ký", "Đăng ký"),
    "legacy text": ("Bé T\u00ad ph¸p", "Bộ Tư pháp"),
}

KEPT = [
    "",
    "Đăng ký khai sinh (hoà giải, quỹ, quý)",
    "Ông Иван Петров, 10 кг",
    "ТАСС",
    "αβγ, 10 \u03bcm, \u0130stanbul",
    "a ¬ b, 20°C, 10 m², 3×4 mm, ½, ≥ 40kW, «tên», “tên”, Moody’s, 5‰, €",
    "Décret né à Huế",
    "Windows® và §5",
    "Bước 1: nộp hồ sơ\n- bản chính\n+ bản sao\n\nBước 2",
]


@pytest.mark.parametrize(("dirty", "clean"), REPAIRS.values(), ids=REPAIRS)
def test_repairs(dirty: str, clean: str) -> None:
    assert normalise(dirty) == clean


@pytest.mark.parametrize("text", KEPT)
def test_leaves_what_is_right(text: str) -> None:
    assert normalise(text) == text


def test_a_second_run_changes_nothing() -> None:
    words = [word for pair in REPAIRS.values() for text in pair for word in text.split()]
    words += [
        "Céng",
        "hßa",
        "x·",
        "Coäng",
        "hoøa",
        "ch\u00ada",
        "né",
        "là",
        "µ",
        "®",
        "•",
        "\u0301",
        "\u00ad",
        "¬",
    ]
    words += [
        " ",
        "\t",
        "\n",
        "\r",
        "\u00a0",
        "\uf0b7",
        "\u0421",
        "\u0130",
        "Ð",
        "¬ư",
        "\u1100\u1161",
        "A\u030a",
    ]
    chance = random.Random(1415)  # noqa: S311  the same texts each time
    for _ in range(20_000):
        text = "".join(
            chance.choice(words) + chance.choice(["", " ", " ", "\n"]) for _ in range(chance.randint(1, 9))
        )
        once = normalise(text)
        assert normalise(once) == once, text


@pytest.mark.parametrize("dirt", ["¬", " ", "\n ", "\u00ad", "\uf0b7", "\u0421", "®®", "X· ", "a•", "\u0301"])
def test_long_dirt_takes_no_long_time(dirt: str) -> None:
    """A pasted text may be any length: the work grows with it, and not with its square."""
    normalise(f"Céng hßa x· héi {dirt * 100_000}")
