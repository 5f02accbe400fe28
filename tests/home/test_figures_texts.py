"""The check of figures and dates on whole texts: the report of 2021, and texts that are made to take long."""

import time
from pathlib import Path

import pytest

from home.figures import Kind, check
from home.text import normalise

RIGHT = (Path(__file__).parent / "figures_right.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("paragraph", RIGHT)
def test_paragraphs_as_reports_have_them_are_left_alone(paragraph: str) -> None:
    assert check(paragraph) == []


HOSTILE = ["1", "(", "()", "(1)", "1.", "1,5 ", "1/1/", "12/QĐ-UBND, ", "ngày ", "\n", " ", "tổng số 5 "]
HOSTILE += ["5 hồ sơ (1, 2 (", "5 trong đó 1, ", "đạt tỷ lệ 3%, ", "5 tăng 3% so với ", "5 nâng tổng số "]
HOSTILE += ["\n- 5 hồ sơ", "1.000,000 "]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        check(unit * (length // len(unit)))
        return time.process_time() - start

    check(unit)
    assert seconds(80_000) < max(32 * seconds(10_000), 1)


@pytest.fixture
def reform(shared_dir: Path) -> str:
    """Return the report of 2021 that the portal began with."""
    return normalise((shared_dir / "seed" / "reform-2021.txt").read_text("utf-8"))


@pytest.mark.shared
def test_the_report_of_2021_has_these_faults_and_no_others(reform: str) -> None:
    assert {(finding.kind, finding.marked, finding.expected) for finding in check(reform)} == {
        (
            Kind.PERIOD,
            "từ ngày 01 tháng 01 năm 2021 đến ngày 19 tháng 11 năm 2020",
            "ngày 19 tháng 11 năm 2020 – ngày 01 tháng 01 năm 2021",
        ),
        (Kind.DOCUMENT, "3167/UBND - TTHCC", "3167/UBND-TTHCC"),
        (Kind.DOCUMENT, "1104/TTg - KSTT", "1104/TTg-KSTT"),
        (Kind.SHARE, "96,2%", "59,4%"),
        (Kind.SEPARATOR, "1044", "1.044"),
        (Kind.TOTAL, "1.020", "1.000"),
        (Kind.DATE, "ngày 31/11/2021", "1–30"),
        (Kind.GROWTH, "tăng 360%", "171%"),
    }


@pytest.mark.shared
@pytest.mark.parametrize(
    ("written", "instead", "kind"),
    [
        ("cấp huyện 219", "cấp huyện 229", Kind.SUM),
        ("có 417 thủ tục", "có 427 thủ tục", Kind.SUM),
        ("13.861 đang", "13.681 đang", Kind.SUM),
        ("6.897 hồ sơ", "6.987 hồ sơ", Kind.SUM),
        ("203 mức độ 3", "230 mức độ 3", Kind.SUM),
        ("tỷ lệ 97,2%", "tỷ lệ 79,2%", Kind.SHARE),
        ("tỷ lệ 71%", "tỷ lệ 77%", Kind.SHARE),
    ],
)
def test_what_holds_in_it_was_reckoned(reform: str, written: str, instead: str, kind: Kind) -> None:
    """Each sum that holds is found as soon as it does not."""
    assert reform.count(written) == 1
    as_it_is = {(finding.kind, finding.marked) for finding in check(reform)}
    changed = {(finding.kind, finding.marked) for finding in check(reform.replace(written, instead))}
    assert [found for found, _marked in changed - as_it_is] == [kind]
