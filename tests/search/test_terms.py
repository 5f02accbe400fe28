"""The dictionary: what a line may not say, what its editor is told, and how it is seeded."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from home.models import User
from search import lexicons, seeding, terms
from search.models import SearchTerm
from tests.search.factories_words import know, term

pytestmark = pytest.mark.django_db
HEAD = "kind\twords\tofficial\tdirection\tnote\n"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Read words anew, before and after."""
    lexicons.forget()
    yield
    lexicons.forget()


def refused(line: SearchTerm) -> dict[str, list[str]]:
    """Return what is refused of a line."""
    with pytest.raises(ValidationError) as caught:
        line.full_clean()
    return caught.value.message_dict


def line(words: str, official: str, **fields: object) -> SearchTerm:
    return SearchTerm(words=words, official=official, **fields)


def test_texts_are_normalised() -> None:
    new = line("  giấy   hồng ", "giấy chứng nhận\u200b", note="a\u00a0b")
    new.full_clean()
    new.save()
    assert (new.words, new.official, new.note) == ("giấy hồng", "giấy chứng nhận", "a b")


def test_capital_letters_stay_as_they_are_typed() -> None:
    new = line("Sổ Đỏ", "giấy chứng nhận")
    new.full_clean()
    assert new.words == "Sổ Đỏ"


@pytest.mark.parametrize(("words", "official"), [("hoà giải", "Hòa  giải"), ("kĩ sư", "kỹ sư")])
def test_the_same_words_are_refused(words: str, official: str) -> None:
    assert list(refused(line(words, official))) == ["official"]


@pytest.mark.parametrize(("words", "official", "field"), [("...", "a", "words"), ("a", "–", "official")])
def test_a_text_without_a_word_is_refused(words: str, official: str, field: str) -> None:
    assert list(refused(line(words, official))) == [field]


def test_a_line_that_is_there_in_another_spelling_is_refused() -> None:
    term("hoà giải ở xã", "hòa giải cơ sở", enabled=False)
    assert list(refused(line("Hòa giải ở xã", "hoà giải cơ sở"))) == ["official"]


def test_two_lines_that_lead_to_each_other_are_refused() -> None:
    term("heo", "lợn")
    assert "lợn" in refused(line("lợn", "heo"))["official"][0]


def test_a_chain_that_leads_back_is_refused() -> None:
    term("sổ đỏ", "bìa đỏ")
    term("bìa đỏ", "giấy chứng nhận")
    sentence = refused(line("giấy chứng nhận", "sổ đỏ"))["official"][0]
    assert "“sổ đỏ” → “bìa đỏ” → “giấy chứng nhận”" in sentence
    line("giấy chứng nhận", "chứng thư").full_clean()


def test_both_ways_closes_a_chain_from_its_other_end() -> None:
    term("sổ đỏ", "bìa đỏ")
    term("bìa đỏ", "giấy chứng nhận")
    line("sổ đỏ", "giấy chứng nhận").full_clean()
    assert "official" in refused(line("sổ đỏ", "giấy chứng nhận", both_ways=True))


def test_a_line_both_ways_is_no_loop_of_its_own() -> None:
    there = term("phụ nữ mang thai", "bà bầu", both_ways=True)
    there.full_clean()
    assert "official" in refused(line("bà bầu", "phụ nữ mang thai"))


def test_a_line_out_of_use_closes_no_circle() -> None:
    term("heo", "lợn", enabled=False)
    line("lợn", "heo").full_clean()
    term("trâu", "bò")
    line("bò", "trâu", enabled=False).full_clean()


def test_one_ordinary_word_of_names_is_refused() -> None:
    know("Đăng ký đất đai", "Giao đất", "Thuê đất", "Đăng ký phà", "Cấp phép homestay")
    assert list(refused(line("Đất", "quyền sử dụng nhà"))) == ["words"]
    line("Đất", "quyền sử dụng nhà", kind="abbreviation").full_clean()
    line("Đất", "quyền sử dụng nhà", enabled=False).full_clean()
    line("đất", "đất đai").full_clean()  # a word that the official ones keep
    line("bán đất", "chuyển nhượng").full_clean()
    line("homestay", "cơ sở lưu trú").full_clean()  # no ordinary one


def test_the_editor_is_told_which_names_have_the_words() -> None:
    know("Cấp giấy phép xây dựng", "Gia hạn giấy phép", "Đăng ký khai sinh")
    found = terms.warnings(line("giấy phép", "đăng ký khai sinh"))
    assert len(found) == 1
    assert "2" in found[0]
    assert terms.warnings(line("làm giấy tờ", "đăng ký khai sinh")) == []


def test_the_editor_is_told_that_no_name_has_the_official_words() -> None:
    know("Cấp giấy phép xây dựng")
    assert terms.warnings(line("xin xây nhà", "giấy phép xây dựng")) == []
    assert "xây dựng giấy phép" in terms.warnings(line("xin xây nhà", "xây dựng giấy phép"))[0]
    assert "thủy sản" in terms.warnings(line("nuôi cá", "thủy sản"))[0]


def test_of_a_line_out_of_use_nothing_is_said() -> None:
    know("Cấp giấy phép xây dựng")
    assert terms.warnings(line("giấy phép", "thủy sản", enabled=False)) == []


def test_without_a_vocabulary_nothing_is_said() -> None:
    assert terms.warnings(line("xin xây nhà", "giấy phép xây dựng")) == []


def seed(folder: Path, *lines: str, name: str = "everyday.tsv") -> seeding.Outcome:
    (folder / name).write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return seeding.seed(folder)


CAVET = "everyday\tcà vẹt\tchứng nhận đăng ký xe\toneway\txe máy"
BAU = "synonym\tbà bầu\tphụ nữ mang thai\tboth\t"


def test_seeding_twice_adds_once(tmp_path: Path) -> None:
    assert (seed(tmp_path, CAVET, BAU).added, SearchTerm.objects.count()) == (2, 2)
    assert vars(seed(tmp_path, CAVET, BAU)) == {"added": 0, "kept": 2, "refused": []}
    first = SearchTerm.objects.get(words="cà vẹt")
    assert (first.kind, first.both_ways, first.note, first.seeded) == ("everyday", False, "xe máy", True)
    assert SearchTerm.objects.get(words="bà bầu").both_ways


def test_more_lines_come_from_more_files(tmp_path: Path) -> None:
    seed(tmp_path, CAVET)
    (tmp_path / "other.tsv").write_text(f"{HEAD}{BAU}\n", encoding="utf-8")
    assert seed(tmp_path, BAU, CAVET, name="everyday-more.tsv").added == 1


def test_what_editors_did_is_kept(tmp_path: Path) -> None:
    seed(tmp_path, CAVET, BAU)
    SearchTerm.objects.filter(words="bà bầu").update(enabled=False)
    changed = SearchTerm.objects.get(words="cà vẹt")
    changed.official = "đăng ký xe lần đầu"
    changed.save()
    term("Giấy  Hồng", "giấy chứng nhận")
    outcome = seed(tmp_path, CAVET, BAU, "everyday\tgiấy hồng\tgiấy chứng nhận\toneway\t")
    assert (outcome.added, outcome.kept) == (0, 3)
    rows = SearchTerm.objects.values_list("words", "official", "enabled", "seeded")
    assert set(rows) == {
        ("cà vẹt", "đăng ký xe lần đầu", True, True),
        ("bà bầu", "phụ nữ mang thai", False, True),
        ("Giấy Hồng", "giấy chứng nhận", True, False),
    }


def test_a_bad_line_is_refused_with_its_reason(tmp_path: Path) -> None:
    know("Giao đất", "Thuê đất", "Đăng ký đất đai")
    outcome = seed(
        tmp_path,
        CAVET,
        "everyday\tchứng nhận đăng ký xe\tcà vẹt\toneway\t",
        "everyday\tđất\tnhà\toneway\t",
        "slang\ta\tb\toneway\t",
        "everyday\ta\tb\tsideways\t",
        "everyday\ta",
        f"everyday\ta\t{'b' * 201}\toneway\t",
    )
    assert outcome.added == 1
    assert [reason.split(": ")[0] for reason in outcome.refused] == [
        f"everyday.tsv:{number}" for number in range(3, 9)
    ]


def test_the_command_says_what_became_of_the_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = StringIO(), StringIO()
    call_command("seed_search_terms", stdout=first)
    count = SearchTerm.objects.count()
    assert count > 1000
    assert first.getvalue().splitlines()[-1] == f"{count} lines added, 0 were there already, 0 refused."
    call_command("seed_search_terms", stdout=second)
    assert second.getvalue().splitlines()[-1].startswith("0 lines added, ")
    assert SearchTerm.objects.count() == count


def test_seeded_lines_are_read_by_the_search(tmp_path: Path) -> None:
    know("Cấp chứng nhận đăng ký xe")
    seed(tmp_path, CAVET)
    lexicons.forget()
    readings = lexicons.current().understand("mất cà vẹt").readings
    assert any("chứng nhận đăng ký xe" in " ".join(reading.words) for reading in readings)


def test_nobody_has_to_be_there_to_have_changed_it(django_user_model: type[User]) -> None:
    person = django_user_model.objects.create_user("bien-tap")
    there = term(updated_by=person)
    person.delete()
    there.refresh_from_db()
    assert there.updated_by is None
