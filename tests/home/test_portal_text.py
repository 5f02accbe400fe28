"""The filters of every template, and the formats of the language."""

import datetime
import gzip
import html
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.forms import DateField, DateTimeField
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, get_format, localize

from home.templatetags.portal_text import prose, vn_number

MOMENT = datetime.datetime(2025, 6, 30, 14, 5)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1757, "1.757"),
        (17500000000, "17.500.000.000"),
        (0, "0"),
        (-1415, "-1.415"),
        (Decimal("3.5"), "3,5"),
        (Decimal("3.50"), "3,5"),
        (Decimal("1757.25"), "1.757,25"),
        (Decimal("1E+3"), "1.000"),
        (6.25, "6,25"),
        (20.0, "20"),
        ("1757", "1.757"),
        ("1.757", "1.757"),
        ("theo quy định", "theo quy định"),
        (None, ""),
        ("", ""),
        (float("nan"), "nan"),
    ],
)
def test_vn_number(value: object, shown: str) -> None:
    assert vn_number(value) == shown


def test_numbers_on_an_english_page_are_english() -> None:
    with translation.override("en"):
        assert vn_number(Decimal("1757.5")) == "1,757.5"


def test_templates_have_the_filters_and_escape() -> None:
    template = Template("{{ n|vn_number }} {{ t|vn_number }} {{ t|prose }} {{ n }}")
    shown = template.render(Context({"n": 1757, "t": "<b>"}))
    assert shown == "1.757 &lt;b&gt; <p>&lt;b&gt;</p> 1757"


def test_formats() -> None:
    day = MOMENT.date()
    assert date_format(day) == date_format(day, "SHORT_DATE_FORMAT") == localize(day) == "30/06/2025"
    assert date_format(MOMENT, "DATETIME_FORMAT") == localize(MOMENT) == "30/06/2025 14:05"
    assert localize(Decimal("1757.5")) == "1757,5"
    assert get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("text", ["05/06/2025", "5/6/2025", "05-06-2025", "05.06.2025", "2025-06-05"])
def test_a_day_is_read_day_first(text: str) -> None:
    assert DateField().clean(text) == datetime.date(2025, 6, 5)


@pytest.mark.parametrize("text", ["30/06/2025 14:05", "2025-06-30 14:05", "30/06/2025 14:05:00"])
def test_a_moment_is_read(text: str) -> None:
    assert localize(DateTimeField().clean(text)) == "30/06/2025 14:05"


PROSE = {
    "empty": ("", ""),
    "paragraphs": ("Bước 1\nBước 2\n\nBước 3", "<p>Bước 1</p><p>Bước 2</p><p>Bước 3</p>"),
    "case 24, escaped once": (
        '<b>"A & B\'s"</b> &amp;',
        '<p>&lt;b&gt;"A &amp; B\'s"&lt;/b&gt; &amp;amp;</p>',
    ),
    "list": ("Gồm:\n- một\n- hai", '<p>Gồm:</p><ul class="prose-list"><li>- một</li><li>- hai</li></ul>'),
    "nested": (
        "- một\n+ hai\n+ ba\n* bốn\n- năm\nhết",
        '<ul class="prose-list"><li>- một<ul><li>+ hai</li><li>+ ba<ul><li>* bốn</li></ul></li></ul></li>'
        "<li>- năm</li></ul><p>hết</p>",
    ),
    "one sign, two signs": (
        "+ a\n++ b\n+++ c\n+ d",
        '<ul class="prose-list"><li>+ a<ul><li>++ b<ul><li>+++ c</li></ul></li></ul></li><li>+ d</li></ul>',
    ),
    "dashes of two kinds": ("- một\n– hai", '<ul class="prose-list"><li>- một</li><li>– hai</li></ul>'),
    "without space": ("*một\n+) hai", '<ul class="prose-list"><li>*một<ul><li>+) hai</li></ul></li></ul>'),
    "one alone": ("- Lưu ý", "<p>- Lưu ý</p>"),
    "no items": ("-5 độ\n+84 123\n---\n***", "<p>-5 độ</p><p>+84 123</p><p>---</p><p>***</p>"),
}


@pytest.mark.parametrize(("text", "shown"), PROSE.values(), ids=PROSE)
def test_prose(text: str, shown: str) -> None:
    assert prose(text) == shown


@pytest.mark.shared
def test_prose_loses_nothing_and_stays_light(shared_dir: Path) -> None:
    with gzip.open(shared_dir / "data" / "procedures.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = "\n".join([record["steps_text"], *(row["name"] for row in record["dossier"])])
            shown = prose(text)
            read = html.unescape(re.sub(r"</?(?:p|li|ul)[^>]*>", "\n", shown))
            assert read.split() == text.split(), record["code"]
            assert shown.count("<li>") == shown.count("</li>")
            assert shown.count("<ul") == shown.count("</ul>")
            assert len(shown) <= 1.25 * len(text) + 200, record["code"]
