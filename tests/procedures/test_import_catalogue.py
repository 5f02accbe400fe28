"""The real catalogue: its counts, its oddities, and no word of it lost."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from home.text import fold
from procedures.importing import parts
from procedures.importing.drafting import draft
from procedures.importing.findings import Kind
from procedures.importing.mapping.words import words
from procedures.importing.plain_text import clean
from procedures.importing.reading import read
from procedures.importing.record import NOT_OF_THE_PAGE
from procedures.importing.running import Run
from procedures.importing.survey import Survey
from procedures.models import LegalDocument, ProcedurePage
from tests import factories
from tests.procedures.records import read_all, write

pytestmark = [pytest.mark.shared, pytest.mark.once]

EVERY = 29
"""One in so many records is looked at word by word: about 200 of them."""

SAID_BY_FIELDS = words(
    "direct online postal other working day working_day hour month year ngày làm việc giờ tháng năm khác",
    "vnđ vnd đồng phí lệ phí bộ tỉnh xã trung ương địa phương trực tiếp trực tuyến dịch vụ bưu chính",
    "paper note unclear title elsewhere csdl",
)
"""Units, kinds, levels and the like: a page has them as values of fields."""

ABOUT_THE_COPY = NOT_OF_THE_PAGE | {"source", "lossy"}


@pytest.fixture
def catalogue(shared_dir: Path) -> Path:
    return shared_dir / "data" / "procedures.jsonl.gz"


def test_counts(catalogue: Path) -> None:
    """As in the issue: counted from the file by other means."""
    survey, levels, lines = Survey(), Counter[str](), 0
    names = {"Bộ": "bo", "Tỉnh": "tinh", "Xã": "xa", "Khác": "khac"}
    for line in read(catalogue):
        assert line.data
        lines += 1
        survey.add(line.data)
        levels.update([names[level] for level in line.data["levels"]] or ["chua-xac-dinh"])
    assert lines == 5839
    assert levels == {"bo": 2264, "tinh": 3001, "xa": 1173, "khac": 122, "chua-xac-dinh": 103}
    assert len(survey.sectors) == 280
    assert sum(len(spellings) for spellings in survey.sectors.values()) == 285


def test_odd_records(catalogue: Path) -> None:
    codes = {"1.005250", "1.014955-Xoa", "1.115188", "1.115191", "2.001399", "3.000001", "1.010216"}
    found = {data["code"]: draft(data) for data in read_all(catalogue, codes)}
    suspect = {code for code, page in found.items() if page.values["suspect"]}
    assert suspect == {"1.014955-Xoa", "1.115188", "1.115191"}
    legacy = found["1.005250"]
    assert Kind.LEGACY_ENCODING in {finding.kind for finding in legacy.findings}
    said = " ".join(texts([legacy.values, legacy.streams]))
    assert "Trước khi triển khai hoạt động, đại lý hải quan phải nộp các chứng từ" in said
    assert "Giấy tờ" not in said
    assert not re.search("[®¸µ¹¶©ª«¬§¨\u00ad]", said)
    assert "+ 20 tỷ đồng x M2 < C\nTrong đó" in found["2.001399"].values["conditions"]
    assert "có công suất lớn nhất < 40kW" in " ".join(texts(found["3.000001"].streams))
    assert Kind.AUDIENCE_IGNORED in {finding.kind for finding in found["1.010216"].findings}


def test_no_word_is_lost(tree: factories.Tree, catalogue: Path, tmp_path: Path) -> None:
    """Each word of a record stands on its page, or in a finding of the report."""
    records = [line.data for line in islice(read(catalogue), 0, None, EVERY) if line.data]
    results: list[Any] = []
    Run(write(tmp_path / "some.jsonl", records), results.append).execute()
    assert {str(result.outcome) for result in results} == {"created"}
    lost = {}
    for data, result in zip(records, results, strict=True):
        said = folded(texts({name: value for name, value in data.items() if name not in ABOUT_THE_COPY}))
        reported = folded(finding.detail for finding in result.findings)
        if missing := said - on_page(data["code"]) - reported - {fold(word) for word in SAID_BY_FIELDS}:
            lost[data["code"]] = missing
    assert lost == {}


def on_page(code: str) -> set[str]:
    """Return the words of a page, of what it refers to included."""
    page = ProcedurePage.objects.get(code=code)
    documents = LegalDocument.objects.filter(bases__procedure=page)
    return folded(
        [
            *texts(parts.of_page(page)),
            page.code,
            *texts([link.cited_as for link in page.legal_bases.all()]),
            *texts(
                [list(row) for row in documents.values_list("number", "title", "kind", "issuer", "place")]
            ),
            *(str(day) for day in documents.values_list("signed_on", flat=True)),
            *page.sector_links.values_list("sector__name", flat=True),
            *page.sector_links.values_list("sector__aliases__name", flat=True).exclude(sector__aliases=None),
            *page.agency_links.values_list("agency__name", flat=True),
            *page.audiences.values_list("name", flat=True),
            page.issuer.name if page.issuer else "",
        ]
    )


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
    elif value is not None:
        yield str(value)


def folded(found: Any) -> set[str]:
    return {fold(word) for text in found for word in words(clean(text))}
