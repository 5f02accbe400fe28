"""What a reader is sent stays light: the longest and the oddest real records, all styles, all scripts."""

from itertools import islice
from pathlib import Path

import pytest

from portal.weighing import budgets, pages, report
from portal.weighing.budgets import KB, Weight, weigh
from portal.weighing.own_text import own_texts
from procedures import parts
from tests import factories
from tests.procedures import imports
from tests.procedures.records import read_all, write

LONGEST = {"1.013742", "1.115797", "1.115767", "1.115778", "1.115774", "2.001538", "1.014199"}
ODD = {
    *("1.115369", "1.115759", "1.002759"),  # the longest name, the most channels, the most legal documents
    *("1.005108", "1.014955-Xoa", "1.005250"),  # the shortest record, an odd code, one that is half a page
}
EVERY = 200

pytestmark = pytest.mark.once


@pytest.mark.shared
@pytest.mark.django_db
def test_real_procedures_are_light(shared_dir: Path, tmp_path: Path) -> None:
    records = read_all(shared_dir / "data" / "procedures.jsonl.gz")
    usual = {record["code"] for record in islice(records, 0, None, EVERY)}
    wanted = [record for record in records if record["code"] in usual | LONGEST | ODD]
    assert set(imports.outcomes(imports.run(write(tmp_path / "some.jsonl", wanted)))) == {"created"}
    weights = list(pages.procedures())
    assert {weight.name for weight in weights} == usual | LONGEST | ODD
    assert [weight for weight in weights if weight.too_heavy] == []
    middle = budgets.median_raw(weight for weight in weights if weight.name in usual)
    assert middle <= budgets.RAW_MEDIAN


def test_styles_and_scripts_are_light() -> None:
    assert 0 < budgets.built(".css") <= budgets.STYLES
    assert 0 < budgets.built(".js") <= budgets.SCRIPT


@pytest.mark.django_db
def test_own_text_is_what_the_record_says() -> None:
    page = factories.procedure(
        "Khai",
        legal=("60/2014/QH13",),
        conditions="Đủ",  # 5 bytes
        steps=[parts.step_group([parts.step("Nộp", "Bước 1")], "Lần đầu")],
        dossier=[parts.dossier_case([parts.paper("Tờ khai"), parts.paper("Tờ khai")], "")],
    )
    words = ("Khai", "Đủ", "Nộp", "Bước 1", "Lần đầu", "Tờ khai", "Tờ khai")
    law = ("60/2014/QH13", "Luật", "Luật Hộ tịch")
    assert own_texts([page.pk])[page.pk] == sum(len(word.encode()) for word in (*words, *law))


def test_a_page_is_too_heavy_compressed_or_for_its_text() -> None:
    assert not Weight("a", 40 * KB + 1600, 30 * KB, 1000).too_heavy
    assert Weight("a", 40 * KB + 1601, 30 * KB, 1000).too_heavy
    assert Weight("a", 1, 30 * KB + 1, 1000).too_heavy
    assert not Weight("list", 900 * KB, 30 * KB).too_heavy  # only a procedure has a text of its own
    assert weigh("a", b"a" * 9000).packed < 100


@pytest.mark.django_db
def test_the_report_marks_what_is_exceeded() -> None:
    heavy, light = Weight("1.000001", 50 * KB, 31 * KB, 10), Weight("/", KB, KB)
    marks = {line.what: line.kept for line in report.lines([heavy], [light])}
    assert list(marks.values()) == [False, False, False, True, True, True]
    table = "\n".join(report.weights(list(report.lines([heavy], [light]))))
    assert "| 31.0 KB (1.000001) | ✗ |" in table
