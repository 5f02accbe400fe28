"""The admin's board of searches that fail, and what leads from it to a remedy."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import User
from search.asked_lists import CALM, SHOWN, Period, lists
from tests import factories
from tests.search.conftest import Search
from tests.search.factories_asked import asked

pytestmark = pytest.mark.django_db


def words(rows: list[Any]) -> list[str]:
    return [row.words for row in rows]


@pytest.fixture
def editor(client: Client) -> Client:
    """Return a client of somebody who may do everything."""
    client.force_login(factories.administrator())
    return client


def board(client: Client, **asking: str) -> str:
    response = client.get(reverse("search_board"), asking)
    assert response.status_code == 200
    return response.content.decode()


def test_each_list_has_its_queries_in_its_order() -> None:
    asked("không thấy", searches=4, empty=4)
    asked("ít thấy", searches=9, empty=2, opened=1, ranks=1)
    asked("không ai mở", searches=6)
    asked("không ai mở, nhưng ít", searches=4)
    found = lists(Period(30))
    assert words(found.empty) == ["không thấy", "ít thấy"]
    assert words(found.unopened) == ["không ai mở"]
    assert words(found.most) == ["ít thấy", "không ai mở", "không ai mở, nhưng ít", "không thấy"]


def test_days_of_the_period_add_up_and_others_do_not() -> None:
    asked("khai sinh", ago=6, searches=4, empty=1, opened=2, ranks=5, results=9)
    asked("khai sinh", ago=0, searches=4, empty=0, opened=1, ranks=1, results=7)
    asked("khai sinh", ago=7, searches=3, results=1)
    row = lists(Period(7)).most[0]
    assert (row.searches, row.empty_share, row.opened_share, row.mean_rank) == (8, 12.5, 37.5, 2)
    assert (row.results, row.recent, row.before) == (7, 8, 3)


def test_a_query_under_filters_is_another() -> None:
    asked("khai sinh", searches=3)
    asked("khai sinh", filters="level=xa", searches=2)
    assert [(row.filters, row.searches) for row in lists(Period(7)).most] == [("", 3), ("level=xa", 2)]


def test_the_steepest_rise_is_against_the_period_before_and_new_ones_do_not_drown_it() -> None:
    for name, now, before in (
        ("mới", 5, 0),
        ("dốc", 60, 5),
        ("đều", 80, 79),
        ("xuống", 5, 50),
        ("vặt", 4, 0),
    ):
        asked(name, searches=now)
        if before:
            asked(name, ago=7, searches=before)
    assert words(lists(Period(7)).rising) == ["dốc", "mới", "đều"]
    assert (60 + CALM) / (5 + CALM) > (5 + CALM) / CALM


def test_ninety_days_are_compared_in_their_halves() -> None:
    asked("a", ago=50, searches=5)
    asked("a", ago=10, searches=9)
    row = lists(Period(90)).rising[0]
    assert (row.searches, row.recent, row.before) == (14, 9, 5)


def test_a_line_shows_the_whole_period() -> None:
    for days in (7, 30, 90):
        asked(f"câu {days}", ago=days - 1, searches=8)
        asked(f"câu {days}", searches=4)
        row = next(row for row in lists(Period(days)).most if row.words == f"câu {days}")
        points = row.points.split()
        assert (points[0], points[-1], len(points)) == ("0,1.0", "100,10.0", min(days, 30))


def test_five_queries_make_all_lists(django_assert_num_queries: Any) -> None:
    for number in range(40):
        asked(f"câu {number}", searches=9, empty=number % 2)
    with django_assert_num_queries(5):
        found = lists(Period(30))
    assert len(found.most) == SHOWN


def test_the_board_leads_from_a_query_to_each_remedy(editor: Client) -> None:
    factories.procedure(levels=("xa",))
    asked('cà vẹt & "xe"', searches=6, empty=6, results=0, filters="level=xa")
    html = board(editor)
    assert "cà vẹt &amp; &quot;xe&quot;" in html and "Cấp xã" in html
    said = "c%C3%A0%20v%E1%BA%B9t%20%26%20%22xe%22"
    assert f"/tim-kiem/?level=xa&amp;q={said}" in html
    assert f"{reverse('search_board_procedure')}?add={said}" in html
    assert f"{reverse('wagtailsnippets_search_searchterm:add')}?words={said}" in html
    assert f"{reverse('wagtailsnippets_search_bestbet:add')}?query={said}" in html


def test_the_period_is_chosen_and_nonsense_is_a_month(editor: Client) -> None:
    asked("lâu rồi", ago=40)
    assert "lâu rồi" not in board(editor)
    assert "lâu rồi" in board(editor, days="90")
    assert "lâu rồi" not in board(editor, days="nghìn")
    assert "lâu rồi" not in board(editor, days="1000")


def test_only_who_may_change_the_words_of_the_search_sees_it(client: Client) -> None:
    user = User.objects.create_user("bien-tap", password="mat-khau-thu")
    user.user_permissions.add(*_permissions("wagtailadmin.access_admin"))
    client.force_login(user)
    for name in ("search_board", "search_board_procedure"):
        assert client.get(reverse(name)).status_code == 302
    assert reverse("search_board") not in client.get(reverse("wagtailadmin_home")).content.decode()
    user.user_permissions.add(*_permissions("search.change_searchterm"))
    for name in ("search_board", "search_board_procedure"):
        assert client.get(reverse(name)).status_code in (200, 503)


def _permissions(*names: str) -> list[Any]:
    from django.contrib.auth.models import Permission

    labels = [name.split(".") for name in names]
    return [Permission.objects.get(content_type__app_label=app, codename=code) for app, code in labels]


def test_a_procedure_is_chosen_with_better_words(editor: Client, search: Search) -> None:
    page: Page = factories.procedure("Đăng ký xe lần đầu")
    factories.article("Đăng ký xe: hỏi đáp")
    search()
    address = reverse("search_board_procedure")
    html = editor.get(address, {"add": "cà vẹt"}).content.decode()
    assert 'value="cà vẹt"' in html
    html = editor.get(address, {"add": "Cà  vẹt", "q": "đăng ký xe"}).content.decode()
    assert f"{reverse('procedure_phrasings', args=[page.pk])}?add=c%C3%A0%20v%E1%BA%B9t" in html
    assert "hỏi đáp" not in html


def test_a_choice_that_cannot_be_searched_says_why(editor: Client, search: Search) -> None:
    response = editor.get(reverse("search_board_procedure"), {"add": "a" * 5000})
    assert response.status_code == 200
    assert 'id="q-error"' in response.content.decode()
