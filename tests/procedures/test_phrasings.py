"""What people say, per procedure: changed, seeded, and brought to the search."""

from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageLogEntry

from procedures import phrasings
from procedures.documents import ProcedureSource
from procedures.models import Phrasing, ProcedurePage
from procedures.phrasing_fields import Lines, LinesField, split
from procedures.phrasings import Change, change, lines_of, seed
from search.models import OutboxEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(tree: factories.Tree) -> ProcedurePage:
    page = factories.procedure(code="9.111111")
    OutboxEntry.objects.all().delete()
    return page


def said(page: ProcedurePage) -> list[str]:
    """Return what the search is told of a page."""
    return list(next(ProcedureSource().documents([page.pk])).phrasings)


def marked() -> list[int]:
    return list(OutboxEntry.objects.values_list("page_id", flat=True))


def edit(page: ProcedurePage, shown: str, wanted: str) -> Change:
    return change(page, Lines(split(shown), split(wanted)), factories.administrator(f"u{page.pk}-{wanted}"))


def test_lines_are_clean_and_once_each() -> None:
    text = "  đỗ xe\u00a0ở   phố \r\n\nĐỗ xe ở phố\nthẻ gửi xe\n   "
    assert split(text) == ("đỗ xe ở phố", "thẻ gửi xe")
    assert split(None) == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("thẻ gửi xe\n\n" + "x" * 201, "Dòng 3 có 201 ký tự"),
        ("\n".join(f"câu {n}" for n in range(61)), "61 dòng"),
    ],
)
def test_what_is_too_long_or_too_much_is_named(text: str, sentence: str) -> None:
    field = LinesField()
    with pytest.raises(Exception, match=sentence):
        field.clean([text, ""])
    assert len(field.clean(["\n".join(f"câu {n}" for n in range(60)), ""]).wanted) == 60


def test_only_other_lines_are_a_change() -> None:
    field, before = LinesField(), Lines(("a", "b"), ("a", "b"))
    assert not field.has_changed(before, ["a\r\nb", "a\r\nb"])
    assert not field.has_changed(before, [None, None])
    assert field.has_changed(before, ["a", "a\r\nb"])


def test_a_change_works_at_once_and_makes_no_version(page: ProcedurePage) -> None:
    revisions = page.revisions.count()
    done = edit(page, "", "thẻ gửi xe\nđỗ xe ở phố")
    assert done.added == ("thẻ gửi xe", "đỗ xe ở phố")
    assert said(page) == ["thẻ gửi xe", "đỗ xe ở phố"]
    assert marked() == [page.pk]
    assert page.revisions.count() == revisions


def test_nothing_changed_writes_nothing(page: ProcedurePage) -> None:
    edit(page, "", "thẻ gửi xe")
    OutboxEntry.objects.all().delete()
    assert not edit(page, "thẻ gửi xe", "thẻ gửi xe\nThẻ gửi xe")
    assert marked() == []
    assert PageLogEntry.objects.filter(action=phrasings.ACTION).count() == 1


def test_lines_that_somebody_added_meanwhile_stay(page: ProcedurePage) -> None:
    edit(page, "", "một")
    edit(page, "một", "một\nhai")
    done = edit(page, "một", "ba")
    assert done == Change(("ba",), ("một",))
    assert lines_of(page) == ("hai", "ba")


def test_a_seeded_line_taken_out_stays_out(page: ProcedurePage) -> None:
    assert seed([("9.111111", "thẻ gửi xe"), ("9.111111", "đỗ xe")]).added == 2
    edit(page, "thẻ gửi xe\nđỗ xe", "đỗ xe\nxe để phố")
    assert said(page) == ["đỗ xe", "xe để phố"]
    again = seed([("9.111111", "Thẻ gửi xe"), ("9.111111", "đỗ xe"), ("9.111111", "vé tháng")])
    assert (again.added, again.present) == (1, 2)
    assert said(page) == ["đỗ xe", "xe để phố", "vé tháng"]
    edit(page, "đỗ xe\nxe để phố\nvé tháng", "đỗ xe\nthẻ gửi xe")
    assert sorted(said(page)) == ["thẻ gửi xe", "đỗ xe"]
    assert not Phrasing.objects.filter(text="xe để phố").exists()  # written here: taken out, it is gone


def test_a_seed_that_an_editor_wrote_before_does_not_come_back_either(page: ProcedurePage) -> None:
    edit(page, "", "thẻ gửi xe")
    assert seed([("9.111111", "thẻ gửi xe")]).present == 1
    edit(page, "thẻ gửi xe", "")
    seed([("9.111111", "thẻ gửi xe")])
    assert said(page) == []


def test_a_code_gives_its_lines_to_all_its_pages(page: ProcedurePage) -> None:
    other = factories.procedure("Ở tỉnh khác", code="9.111111", code_suffix="000.00.00.H34")
    OutboxEntry.objects.all().delete()
    result = seed([("9.111111", "thẻ gửi xe"), ("9.999999", "không có"), ("9.111111", "x" * 201)])
    assert (result.added, result.without_procedure, result.too_long) == (2, 1, 1)
    assert said(other) == said(page) == ["thẻ gửi xe"]
    assert sorted(marked()) == sorted([page.pk, other.pk])


def test_seeding_takes_few_queries(
    page: ProcedurePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lines = [("9.111111", f"câu {number}") for number in range(500)]
    with django_assert_max_num_queries(10):  # pages, lines, new lines, outbox; savepoints
        assert seed(lines).added == 500
    with django_assert_max_num_queries(4):
        assert seed(lines).present == 500


def test_a_change_of_a_row_is_noted_too(page: ProcedurePage) -> None:
    row = Phrasing.objects.create(procedure=page, text="thẻ gửi xe")
    row.delete()
    assert set(marked()) == {page.pk}


def test_the_command(page: ProcedurePage, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "phrasings.tsv").write_text("9.111111\tthẻ gửi xe\n9.999999\tkhông có\n\nkhông có mã\n")
    (tmp_path / "phrasings-more.tsv").write_text("9.111111\tđỗ xe\n9.111111\tthẻ  gửi xe\n")
    call_command("seed_phrasings", folder=tmp_path)
    said_so = capsys.readouterr()
    assert "đã thêm 2 dòng cho 1 thủ tục, 1 dòng đã có, 1 dòng không có thủ tục" in said_so.out.lower()
    assert "phrasings.tsv, dòng 4" in said_so.err
    assert sorted(said(page)) == ["thẻ gửi xe", "đỗ xe"]


def test_our_seeds_are_well_formed() -> None:
    from procedures.management.commands.seed_phrasings import SEEDS

    rows = [
        row.split("\t")
        for path in SEEDS.glob("phrasings*.tsv")
        for row in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(rows) >= 18_674
    assert all(len(row) == 2 and row[1] and len(row[1]) <= 200 for row in rows)


def test_what_one_person_changes_in_a_while_is_one_entry(page: ProcedurePage) -> None:
    user = factories.administrator()
    change(page, Lines((), ("thẻ",)), user)
    change(page, Lines(("thẻ",), ("thẻ gửi xe", "đỗ")), user)
    change(page, Lines(("thẻ gửi xe", "đỗ"), ("thẻ gửi xe",)), user)
    entry = PageLogEntry.objects.get(action=phrasings.ACTION)
    assert (entry.user, entry.data) == (user, {"added": ["thẻ gửi xe"], "removed": []})
    change(page, Lines(("thẻ gửi xe",), ()), user)
    assert not PageLogEntry.objects.filter(action=phrasings.ACTION).exists()
