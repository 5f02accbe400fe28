"""`make relevance`: scores are those worked out by hand, a portal is judged, misses and runs are kept."""

import json
import math
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from elasticsearch import Elasticsearch
from pytest_django.live_server_helper import LiveServer

from portal.judging import misses, tables
from portal.judging.asking import Answer, Found, Portal, PortalSilent
from portal.judging.judged import Judged, UnusableSet, load
from portal.judging.judging import Judgement, Summary, judge
from portal.judging.recording import END, START, Record, Run, UnusableRecord
from portal.judging.scoring import Scores
from search import draining, names
from tests import factories
from tests.search.conftest import index

__all__ = ["index"]

GRADES = {"A": 2, "B": 1, "C": 2}
# Gains are 3 for grade 2 and 1 for grade 1; a place is worth 1 / log2(place + 1).
IDEAL = 3 / math.log2(2) + 3 / math.log2(3) + 1 / math.log2(4)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["A", "C", "B"], (1, 1, 1, 1)),
        (["X", "B", "A"], (0, 1, 1 / 3, (1 / math.log2(3) + 3 / 2) / IDEAL)),
        (["B", "x1", "x2", "x3", "x4", "A"], (0, 0, 1 / 6, (1 + 3 / math.log2(7)) / IDEAL)),
        (["X", "X", "A"], (0, 1, 1 / 2, (3 / math.log2(3)) / IDEAL)),  # twice the same takes one place
        ([f"x{number}" for number in range(10)] + ["A"], (0, 0, 0, 0)),  # nobody looks at the eleventh
        (["B"], (0, 0, 0, 1 / IDEAL)),  # grade 1 is no success
        ([], (0, 0, 0, 0)),
    ],
)
def test_scores_are_those_worked_out_by_hand(codes: list[str], expected: tuple[float, ...]) -> None:
    scores = Scores.of(codes, GRADES, total=len(codes))
    assert (scores.success_1, scores.success_5, scores.mrr_10, scores.ndcg_10) == pytest.approx(expected)
    assert scores.empty == (not codes)


def test_an_answer_without_codes_is_not_empty_when_something_was_found() -> None:
    assert Scores.of([], GRADES, total=3).empty == 0


def write(path: Path, *lines: object) -> Path:
    path.write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", encoding="utf-8"
    )
    return path


def test_both_ways_of_grading_are_read(tmp_path: Path) -> None:
    read = load(
        write(
            tmp_path / "set.jsonl",
            {"id": "1", "class": "k", "query": "a", "grades": {"A": 2, "B": 1}},
            {"id": "2", "class": "k", "query": "b", "gold": ["A"], "also": ["A", "B"]},
            {"id": "3", "class": "k", "query": "c", "grades": {"A": 1, "B": 1}},
        )
    )
    assert [judged.grades for judged in read] == [{"A": 2, "B": 1}, {"A": 2, "B": 1}, {"A": 2, "B": 2}]
    assert [judged.right for judged in read] == [["A"], ["A"], ["A", "B"]]


@pytest.mark.parametrize(
    "content", ["", "{", '{"id": "1"}\n', "[1]\n", '{"id":"1","class":"k","query":"a","grades":{"A":"x"}}']
)
def test_a_file_of_something_else_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(content)
    with pytest.raises(UnusableSet, match=r"set\.jsonl"):
        load(path)
    with pytest.raises(UnusableSet, match="cannot be read"):
        load(tmp_path / "none.jsonl")


def judgement(kind: str, codes: list[str], milliseconds: float = 10, refusal: str = "") -> Judgement:
    found = tuple(Found(code, f"Thủ tục {code}") for code in codes)
    judged = Judged(f"{kind}-1", kind, "lời\tnói", GRADES)
    return Judgement.of(judged, Answer(len(codes), found, milliseconds, refusal))


def test_means_are_over_all_and_by_class() -> None:
    summary = Summary.of([judgement("x", ["A"], 10), judgement("x", ["B", "A"], 20), judgement("y", [], 30)])
    assert summary.queries == {"all": 3, "x": 2, "y": 1}
    assert summary.scores["all"]["success_1"] == pytest.approx(1 / 3, abs=1e-4)
    assert summary.scores["x"] == pytest.approx(
        {
            "success_1": 0.5,
            "success_5": 1.0,
            "mrr_10": 0.75,
            "ndcg_10": (3 + 1 + 3 / math.log2(3)) / IDEAL / 2,
            "empty": 0.0,
        },
        abs=1e-4,
    )
    assert summary.scores["y"]["empty"] == 1
    assert (summary.p50, summary.p95, summary.refused) == (20, 20, 0)


def test_a_table_shows_the_change_and_says_when_there_is_none() -> None:
    before = Summary.of([judgement("x", ["B", "A"])])
    now = Summary.of([judgement("x", ["A"]), judgement("new", ["A"])])
    head, _heading, over_all, old, new = tables.lines("set", now, before)
    assert head == "set: 2 queries; an answer takes p50 10 ms, p95 10 ms"
    assert "1.000 (+1.000)" in over_all
    assert old.split()[:6] == ["x", "1", "1.000", "(+1.000)", "1.000", "(=)"]
    assert "(" not in new


def test_a_miss_names_what_is_right_and_what_came_above(tmp_path: Path) -> None:
    class NeverAsked(Portal):
        def _name_of(self, code: str) -> str:
            return f"Tên {code}"

    path = tmp_path / "misses.tsv"
    hits = [judgement("hit", ["A", "B"]), judgement("third", ["B", "X", "C"]), judgement("none", ["X", "Y"])]
    assert misses.write(path, [*hits, judgement("bad", [], refusal="400 too long")], NeverAsked("")) == 3
    _head, third, none, bad = (line.split("\t") for line in path.read_text().splitlines())
    right = "A Tên A | C Thủ tục C"
    assert third == ["third-1", "third", "3", "lời nói", right, "B Thủ tục B | X Thủ tục X"]
    assert none[2::3] == ["-", "X Thủ tục X | Y Thủ tục Y"]
    assert bad[-1] == "400 too long"


def test_a_run_is_recorded_beside_the_first_and_read_again(tmp_path: Path) -> None:
    data, document = tmp_path / "r.json", tmp_path / "r.md"
    document.write_text(f"# Before\n\n{START}\nold\n{END}\n\n## After\n")
    first = Run("2026-01-01", "abc", "the first", {"set": Summary.of([judgement("x", ["B", "A"])])})
    second = Run("2026-01-02", "def", "", {"set": Summary.of([judgement("x", ["A"])])})
    Record.read(data).with_run(first).write(data, document)
    Record.read(data).with_run(second).write(data, document)
    record = Record.read(data)
    assert record.runs == (first, second)
    assert record.last("set") == second.sets["set"]
    assert record.last("other") is None
    text = document.read_text()
    assert text.startswith("# Before\n") and text.endswith("## After\n") and "old" not in text
    assert "| 2026-01-02, def | set | 1 | 1.000 |" in text
    assert "the change since the first run (abc)" in text
    assert "| x | 1 | 1.000 (+1.000) | 1.000 (=) |" in text
    assert "### set, first run: 2026-01-01, abc: the first" in text


def test_a_record_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    data, document = tmp_path / "r.json", tmp_path / "r.md"
    document.write_text("no markers")
    with pytest.raises(UnusableRecord, match=r"r\.md lacks"):
        Record(()).write(data, document)
    data.write_text('{"runs": [{}]}')
    with pytest.raises(UnusableRecord, match=r"r\.json"):
        Record.read(data)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_portal_is_judged_through_its_public_api(index: Elasticsearch, live_server: LiveServer) -> None:
    factories.procedure("Nuôi tôm trên cát", code="9.777001")
    factories.procedure("Nuôi tôm hùm", code="9.777002")
    draining.drain()
    index.indices.refresh(index=names.alias())
    portal = Portal(live_server.url)
    found, missed, refused = judge(
        portal,
        [
            Judged("1", "k", "tôm trên cát", {"9.777001": 2}),
            Judged("2", "k", "zzzz", {"9.777001": 2}),
            Judged("3", "k", "a" * 5000, {"9.777001": 2}),
        ],
    )
    assert found.scores.success_1 == 1
    assert found.answer.results[0] == Found("9.777001", "Nuôi tôm trên cát")
    assert found.answer.milliseconds > 0
    assert missed.scores.empty == 1
    assert refused.answer.refusal.startswith("400")
    assert portal.name_of("9.777002") == "Nuôi tôm hùm"
    assert portal.name_of("9.999999") == ""


def test_a_portal_that_is_not_there_ends_the_command_with_a_sentence() -> None:
    with pytest.raises(PortalSilent, match="does not answer"):
        Portal("http://127.0.0.1:9").ask("a")
    with pytest.raises(CommandError, match="does not answer") as error:
        call_command("relevance", url="http://127.0.0.1:9")
    assert error.value.returncode == 2
