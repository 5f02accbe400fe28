"""Public complaints about other portals, each a test named after its number in ../shared/field/cases.md."""

import csv
import re
import time
import unicodedata
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import translation

from search import documents
from search.documents import SearchDocument
from tests import factories
from tests.search.conftest import Search, counts, titles

pytestmark = [pytest.mark.shared, pytest.mark.once]
Fill = Callable[[Iterable[SearchDocument]], None]
ENGINE_WORDS = re.compile(
    r"search_phase_execution|parsing_exception|Traceback|elasticsearch|TransportError|illegal_argument", re.I
)


@pytest.fixture
def inputs(shared_dir: Path) -> Path:
    return shared_dir / "field" / "inputs"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def text_of(html: str) -> str:
    return unicodedata.normalize("NFC", unescape(re.sub(r"<[^>]+>", "", html)))


def test_cases_17_to_20_pairs_of_title_and_query(inputs: Path, search: Search, client: Client) -> None:
    pairs = rows(inputs / "17-20-search-pairs.csv")
    known = {unicodedata.normalize("NFC", pair["title"]) for pair in pairs}
    for title in sorted(known):
        factories.procedure(title)
    search()
    wrong = []
    for pair in pairs:
        html = client.get("/tim-kiem/", {"q": pair["query"]}).content.decode()
        page, title = text_of(html), unicodedata.normalize("NFC", pair["title"])
        seen = sorted((page.find(other), other) for other in known if other in page)
        expected = {
            "yes": title in page,
            "no": title not in page,
            "first": bool(seen) and seen[0][1] == title,
        }
        if not expected.get(pair["expected"], True):
            wrong.append(pair)
    assert wrong == []
    assert titles(search("đường"))[0] == "Cấp giấy phép xây dựng đường bộ"
    assert titles(search("61/2018/NĐ-CP"))[0] == "Nghị định 61/2018/NĐ-CP"


def test_case_18_a_query_in_decomposed_letters(inputs: Path, search: Search) -> None:
    query = (inputs / "18-nfd-query.txt").read_text(encoding="utf-8").strip()
    assert query != unicodedata.normalize("NFC", query)
    factories.procedure(unicodedata.normalize("NFC", query))
    assert search(query).total == 1


def test_case_22_a_query_pasted_from_an_old_document(inputs: Path, search: Search) -> None:
    wanted = (inputs / "22-expected-unicode.txt").read_text(encoding="utf-8").split("\n")[0]
    factories.procedure("Trang", conditions=wanted)
    factories.procedure("Khác")
    for name in ("22-tcvn3-pasted.txt", "22-vni-pasted.txt"):
        pasted = (inputs / name).read_text(encoding="utf-8").split("\n")[0]
        assert titles(search(pasted)) == ["Trang"], name


def test_case_24_marks_and_markup(inputs: Path, search: Search, client: Client) -> None:
    for row in rows(inputs / "24-highlight.csv"):
        factories.procedure(row["ten"], code=row["ma"], summary=row["tom_tat"])
    search()
    for words in ("khai sinh", "dong", "đồng"):
        html = client.get("/tim-kiem/", {"q": words}).content.decode()
        results = html[html.index('<ol class="mb-results"') :]
        assert "<img" not in results and "<b>" not in results and "document.title='ran'\">" not in results
    html = client.get("/tim-kiem/", {"q": "dong"}).content.decode()
    assert "Lệ phí &lt; 50.000 <mark>đồng</mark> và &gt; 10.000 <mark>đồng</mark>" in html


def hostile(path: Path) -> list[str]:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return [line if "=" in line else f"q={line}" for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("path", ["/tim-kiem/", "/goi-y/", "/api/v1/search"])
def test_case_25_hostile_queries(inputs: Path, search: Search, client: Client, path: str) -> None:
    factories.procedure("Đăng ký khai sinh")
    factories.procedure("Bản nháp live:false", live=False)
    search()
    queries = hostile(inputs / "25-hostile-queries.txt")
    queries += [
        f"q={quote((inputs / name).read_text(encoding='utf-8').strip())}"
        for name in ("25-long-query.txt", "25-many-words-query.txt")
    ]
    for query in queries:
        started = time.monotonic()
        response = client.get(f"{path}?{query}")
        assert response.status_code in (200, 400), query
        assert time.monotonic() - started < 2, query
        html = response.content.decode()
        assert not ENGINE_WORDS.search(html), query
        assert "Bản nháp" not in html, query


def test_case_25_a_bad_parameter_is_explained_and_the_others_kept(search: Search, client: Client) -> None:
    factories.procedure("Đăng ký khai sinh", levels=("xa",))
    search()
    with translation.override("vi"):
        response = client.get("/tim-kiem/?q=khai%20sinh&level=xa&sort=__class__")
    html = response.content.decode()
    assert response.status_code == 400
    assert 'id="sort-error"' in html and 'value="xa" checked' in html and 'value="khai sinh"' in html


def test_case_26_more_results_than_elasticsearch_lets_one_page_through(
    fill: Fill, search: Search, client: Client
) -> None:
    fill(
        SearchDocument(id=n, type="procedure", title=f"zebra {n}", url=f"/{n}/", sort_key=f"{n:05}")
        for n in range(1, 10_051)
    )
    first = search("zebra")
    assert (first.total, first.pages, first.limited) == (10_050, 500, True)
    assert len(search("zebra", page="500").results) == 20
    assert client.get("/tim-kiem/?q=zebra&page=500").status_code == 200
    assert client.get("/tim-kiem/?q=zebra&page=501").status_code == 400
    assert "10.000" in client.get("/tim-kiem/?q=zebra").content.decode()
    urls = [result.url for page in range(1, 6) for result in search("zebra", page=str(page)).results]
    assert len(set(urls)) == 100


def test_case_27_fourteen_sectors(inputs: Path, search: Search) -> None:
    for number, row in enumerate(rows(inputs / "27-fourteen-sectors.csv")):
        factories.procedure(row["ten"], code=f"9.{600_000 + number}", sectors=(row["linh_vuc"],))
    expected = {row["linh_vuc"]: int(row["so_thu_tuc"]) for row in rows(inputs / "27-expected.csv")}
    found = search()
    assert found.total == 105
    counted = counts(found, "sector")
    names = documents.labels("sector", list(counted))
    assert {names[slug]: count for slug, count in counted.items()} == {
        name: count for name, count in expected.items() if name in names.values()
    }
    assert len(counted) == 14
    for slug, count in counted.items():
        assert search(sector=slug).total == count
    assert counts(search(sector=next(iter(counted)), level="bo"), "sector")[next(iter(counted))] == 0


def test_case_17_accents_typed_or_not_in_suggestions(inputs: Path, search: Search, client: Client) -> None:
    pairs = [pair for pair in rows(inputs / "17-20-search-pairs.csv") if pair["case"] == "17"]
    known = {unicodedata.normalize("NFC", pair["title"]) for pair in pairs}
    for title in sorted(known):
        factories.procedure(title)
    search()
    assert pairs
    for pair in pairs:
        answer = client.get("/goi-y/", {"q": pair["query"]}).json()["suggestions"]
        offered = [suggestion["text"] for suggestion in answer if suggestion["text"] in known]
        title = unicodedata.normalize("NFC", pair["title"])
        if pair["expected"] == "yes":
            assert title in offered, pair
        elif pair["expected"] == "first":
            assert offered[0] == title, pair


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("hoà giải", "Hòa giải ở cơ sở"),
        ("hòa giải", "Hoà giải ở cơ sở"),
        ("quỹ", "Thành lập quỹ"),
        ("lí lịch", "Cấp lý lịch"),
    ],
)
def test_case_19_either_place_of_the_tone_and_either_letter(search: Search, typed: str, name: str) -> None:
    factories.procedure(name)
    assert titles(search(typed)) == [name]


@pytest.mark.parametrize(
    "typed", ["1.001193", "1001193", "1. 001193", "1.001193.000.00.00.H01", "mã 1.001193"]
)
def test_case_20_a_code_in_any_of_its_forms_is_first(search: Search, typed: str) -> None:
    factories.procedure("Đăng ký khai sinh", code="1.001193")
    factories.procedure("Nhắc đến mã khác", conditions="Xem thủ tục 1.001193", code="1.001194")
    assert search(typed).results[0].code == "1.001193"
