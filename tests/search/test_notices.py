"""What the results page says above and beside the results: `search.notices`, in both languages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from elasticsearch import Elasticsearch

from procedures.models import ProcedurePage, RetiredCode
from search import bets, draining, lexicons, rebuilding
from search.models import BestBet, BestBetPage
from tests import factories
from tests.search.conftest import Search, quiet
from tests.search.test_views import Links, page

pytestmark = pytest.mark.once

Rebuilt = Callable[[], None]


@pytest.fixture
def rebuilt(index: Elasticsearch) -> Iterator[Rebuilt]:
    """Return a function that builds the index anew: its vocabulary comes of that."""

    def rebuild() -> None:
        draining.drain()
        rebuilding.rebuild(index, quiet)
        lexicons.forget()

    yield rebuild
    lexicons.forget()


@pytest.fixture
def deer(rebuilt: Rebuilt) -> ProcedurePage:
    deer = factories.procedure("Đăng ký nuôi hươu sao", code="9.700001")
    for animal in ("lợn rừng", "ong mật", "cá sấu"):
        factories.procedure(f"Đăng ký nuôi {animal}")
    rebuilt()
    return deer


@pytest.mark.parametrize(
    ("path", "said", "exactly"),
    [
        ("/tim-kiem/", "Đang hiện kết quả cho", "tìm đúng"),
        ("/en/tim-kiem/", "Showing results for", "search exactly for"),
    ],
)
@pytest.mark.usefixtures("deer")
def test_a_corrected_query_says_so_and_both_are_a_click_away(
    client: Client, path: str, said: str, exactly: str
) -> None:
    html = page(client, path=path, q="nuôi huwouw sao")
    assert said in html and exactly in html
    assert "hươu sao</strong>" in html
    assert f"{path}?q=nu%C3%B4i+huwouw+sao&exact=1" in Links(html).found
    html = page(client, path=path, q="nuôi huwouw sao", exact="1")
    assert said not in html
    assert f"{path}?q=nu%C3%B4i+huwouw+sao" in Links(html).found
    assert '<button class="govuk-button govuk-button--secondary" name="exact" value="1">' in html or (
        "mb-filters" not in html
    )


@pytest.mark.usefixtures("deer")
def test_a_right_query_says_nothing(client: Client) -> None:
    for words in ("nuôi hươu sao", "nuoi huou sao"):
        html = page(client, q=words)
        assert "mb-understood" not in html and "mb-notice" not in html
        assert "mb-understood" not in page(client, q=words, exact="1")


def test_a_level_is_preferred_and_can_be_dropped(client: Client, rebuilt: Rebuilt) -> None:
    factories.procedure("Nuôi hươu sao", levels=("tinh",))
    factories.procedure("Nuôi hươu sao", levels=("xa",))
    rebuilt()
    html = page(client, q="nuôi hươu sao cấp xã")
    assert "Đang ưu tiên: <strong>cấp xã</strong>" in html
    assert "Preferred: " in page(client, path="/en/tim-kiem/", q="nuôi hươu sao cấp xã")
    without = next(link for link in Links(html).found if "anylevel=1" in link)
    html = client.get(without).content.decode()
    assert "Đang ưu tiên" not in html
    assert 'name="anylevel" value="1"' in html  # narrowing keeps it
    assert "Đang ưu tiên" not in page(client, q="nuôi hươu sao cấp xã", sort="name")


@pytest.mark.usefixtures("deer")
def test_a_retired_code_says_since_when_and_what_is_nearest(client: Client) -> None:
    RetiredCode.objects.create(code="1.999001", key="1999001", name="Cấp phép nuôi hươu sao", seen="2025-05")
    html = page(client, q="1.999001")
    for text in ("không còn trong danh mục quốc gia", "05/2025", "Cấp phép nuôi hươu sao", "9.700001"):
        assert text in html
    assert "Thủ tục gần nhất hiện nay" in html and "<h3" in html
    assert "Không tìm thấy" not in html
    assert "has left the national catalogue" in page(client, path="/en/tim-kiem/", q="1.999001")


@pytest.mark.usefixtures("deer")
def test_an_unknown_code_says_so(client: Client) -> None:
    html = page(client, q="1999999")
    assert "mang mã <strong>1.999999</strong>" in html
    assert "/thu-tuc/linh-vuc/" in html.split("<main")[1]  # no dead end
    assert "No procedure here has the code" in page(client, path="/en/tim-kiem/", q="1.999999")


@pytest.mark.parametrize("written", ["9.700001", "9700001", "mã 9.700001", "9. 700001"])
def test_a_bare_code_goes_to_its_page(
    client: Client, deer: ProcedurePage, written: str, settings: Any
) -> None:
    address = deer.url
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]  # nobody is asked
    response = client.get("/tim-kiem/", {"q": written, "sort": "relevance"})
    assert (response.status_code, response["Location"]) == (302, address)
    response = client.get("/en/tim-kiem/", {"q": written})
    assert response["Location"] == f"/en{address}"


def test_of_several_pages_the_results_are_shown(client: Client, deer: ProcedurePage, search: Search) -> None:
    assert "9.700001" in page(client, q="9.700001", level="xa")
    assert "9.700001" in page(client, q="9.700001 nuôi")
    for suffix in ("000.00.00.H34", "000.00.00.H01"):
        factories.procedure("Nuôi đà điểu", code="9.700002", code_suffix=suffix)
    search()
    assert page(client, q="9.700002").count('class="mb-result"') == 2


def test_what_editors_have_put_first_is_marked(client: Client, deer: ProcedurePage) -> None:
    bet = BestBet.objects.create(query="hươu")
    BestBetPage.objects.create(bet=bet, page=ProcedurePage.objects.exclude(pk=deer.pk)[0], action="pin")
    bets.forget()
    html = page(client, q="hươu")
    bets.forget()
    assert html.count("Biên tập viên chọn") == 1
    assert html.index("Biên tập viên chọn") < html.index("9.700001")


def test_counterparts_at_other_levels_stand_below_the_first(client: Client, rebuilt: Rebuilt) -> None:
    for level, name in (("xa", "cấp xã"), ("tinh", "cấp tỉnh"), ("bo", "cấp bộ")):
        factories.procedure(f"Công nhận đàn hươu giống {name}", levels=(level,))
    rebuilt()
    html = page(client, q="công nhận đàn hươu giống")
    assert html.count("Cũng có ở:") == 1
    below = html.split("Cũng có ở:")[1].split("</p>")[0]
    assert below.count("<a ") == 2 and 'data-rank="2"' in below
    assert "Also at:" in page(client, path="/en/tim-kiem/", q="công nhận đàn hươu giống")


def test_results_tell_the_log_what_they_are(client: Client, search: Search) -> None:
    for number in range(25):
        factories.procedure(f"zebra {number}")
    search()
    html = page(client, q="zebra", page="2", level="xa")
    assert 'data-asked="q=zebra&amp;level=xa&amp;page=2"' in html
    assert 'data-rank="21"' in html and 'data-rank="1"' not in html
    assert html.count("data-page=") == 5
