"""Best bets: which pages come first or not at all for a query, from day to day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from home.models import InformationPage
from search import bets
from search.bets import Bets, bets_for
from search.models import BestBet
from tests import factories
from tests.search.factories_words import bet

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def fresh(settings: Settings) -> Iterator[None]:
    """Read best bets with each search, and leave none behind."""
    settings.SEARCH_LEXICON_SECONDS = -1
    yield
    bets.forget()


@pytest.fixture
def first(tree: factories.Tree) -> InformationPage:
    return factories.information("Một")


@pytest.fixture
def second(tree: factories.Tree) -> InformationPage:
    return factories.information("Hai")


def test_none() -> None:
    assert bets_for("khai sinh") == Bets()


def test_pins_come_in_their_order(first: InformationPage, second: InformationPage) -> None:
    bet("khai sinh", second, first)
    assert bets_for("khai sinh") == Bets(pinned=(second.pk, first.pk))


def test_pages_are_hidden(first: InformationPage, second: InformationPage) -> None:
    bet("khai sinh", first, hidden=(second,))
    assert bets_for("khai sinh") == Bets((first.pk,), frozenset({second.pk}))


@pytest.mark.parametrize(
    "asked", ["Hoà giải", "hòa giải", "HOA GIAI", "  hòa   giải?", "ho\u0300a gia\u0309i"]
)
def test_spelling_and_marks_make_no_difference(asked: str, first: InformationPage) -> None:
    bet("Hoà giải", first)
    assert bets_for(asked).pinned == (first.pk,)


def test_the_whole_query_or_a_part_of_it(first: InformationPage, second: InformationPage) -> None:
    bet("khai sinh", first)
    bet("sổ đỏ", second, match=BestBet.Match.PHRASE)
    assert bets_for("làm khai sinh") == Bets()
    assert bets_for("làm sổ đỏ ở đâu").pinned == (second.pk,)
    assert bets_for("sổ đỏ").pinned == (second.pk,)
    assert bets_for("sổ đỏng") == Bets()  # whole words
    assert bets_for("đỏ sổ") == Bets()


def test_the_closest_best_bet_counts(first: InformationPage, second: InformationPage) -> None:
    bet("sổ", hidden=(first,), match=BestBet.Match.PHRASE)
    bet("sổ đỏ", second, first, match=BestBet.Match.PHRASE)
    assert bets_for("làm sổ đỏ") == Bets((second.pk, first.pk))
    assert bets_for("làm sổ") == Bets(hidden=frozenset({first.pk}))


@pytest.mark.parametrize(
    ("starts", "ends", "active"),
    [(0, 0, True), (-1, 1, True), (1, None, False), (None, -1, False), (None, 0, True), (0, None, True)],
)
def test_both_days_are_included(
    first: InformationPage, starts: int | None, ends: int | None, active: bool
) -> None:
    today = bets.today()
    days = [None if offset is None else today + offset * DAY for offset in (starts, ends)]
    made = bet("khai sinh", first, starts_on=days[0], ends_on=days[1])
    assert (bets_for("khai sinh") != Bets()) is active
    assert made.is_active(today) is active
    assert BestBet.objects.active(today).exists() is active


def test_the_day_is_vietnams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 1, 1, 17, 30, tzinfo=UTC))
    with timezone.override("UTC"):
        assert bets.today() == date(2026, 1, 2)


def test_a_deleted_page_is_no_best_bet(first: InformationPage) -> None:
    bet("khai sinh", first)
    assert bets_for("khai sinh").pinned
    first.delete()
    assert bets_for("khai sinh") == Bets()


def test_a_change_is_read_by_one_small_query(
    first: InformationPage,
    second: InformationPage,
    settings: Settings,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = bet("khai sinh", first)
    bets_for("khai sinh")
    with django_assert_num_queries(1):
        bets_for("khai sinh")
    settings.SEARCH_LEXICON_SECONDS = 60
    made.query = "khai tử"
    made.save()
    with django_assert_num_queries(0):
        assert bets_for("khai sinh").pinned == (first.pk,)
    bets.forget()
    assert bets_for("khai sinh") == Bets()
    assert bets_for("khai tử").pinned == (first.pk,)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        BestBet(query="a", starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 1)).full_clean()
    assert list(caught.value.message_dict) == ["ends_on"]
    BestBet(query="a", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 1)).full_clean()


def test_the_query_is_normalised() -> None:
    made = BestBet.objects.create(query="  khai \u200b sinh ")
    assert made.query == "khai sinh"
