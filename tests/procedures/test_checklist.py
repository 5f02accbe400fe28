"""The list of what to bring: by case and channel, right to the letter, and nothing of it is stored."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.templatetags.home_tags import in_language
from procedures import parts
from procedures.models import ProcedurePage
from procedures.presentation import present
from procedures.presentation.cases import for_everyone
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MOST_QUERIES = 24


def _channels() -> list[parts.Raw]:
    fee = parts.fee(8000, note="Miễn lệ phí cho hộ nghèo. Nộp khi nhận kết quả")
    return [
        parts.channel("truc-tuyen", parts.limit(3, "ngay"), [parts.fee(4000)]),
        parts.channel("truc-tiep", parts.limit(5, "ngay-lam-viec"), [fee], note="Nộp tại quầy số 3"),
    ]


def _dossier() -> list[parts.Raw]:
    first = [parts.paper("Giấy khai sinh", originals=1), parts.paper("Mẫu mới", copies=2, marker="-")]
    again = [parts.paper("Đơn xin cấp lại", originals=1), parts.paper("Đọc kỹ", role="note")]
    return [
        parts.dossier_case(first, "a) Cấp mới:"),
        parts.dossier_case(again, "b) Cấp lại:"),
        parts.dossier_case([parts.paper("Giấy ủy quyền", originals=1)], "* Trường hợp ủy quyền"),
    ]


def _page(**fields: Any) -> ProcedurePage:
    return factories.procedure(**{"channels": _channels(), "dossier": _dossier()} | fields)


def _english(page: ProcedurePage) -> str:
    return in_language(page.url, "en")


def _read(client: Client, page: ProcedurePage, query: str = "", status: int = 200) -> str:
    response = client.get(f"{_english(page)}chuan-bi/{query}")
    assert response.status_code == status, response.content.decode()
    assert not response.cookies
    return response.content.decode()


def _words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_only_the_papers_of_the_case(client: Client, tree: factories.Tree) -> None:
    html = _read(client, _page(), "?case=2&channel=truc-tiep")
    words = _words(html)
    assert "Đơn xin cấp lại" in words
    assert "Giấy khai sinh" not in words
    assert "Your case b) Cấp lại Channel In person" in words
    assert "5 working days" in words
    assert "3 days" not in words
    assert "8,000 dong" in words
    assert "4,000 dong" not in words
    assert "Nộp tại quầy số 3" in words


def test_cases_add_up_and_all_channels_are_shown_unless_one_is_chosen(
    client: Client, tree: factories.Tree
) -> None:
    words = _words(_read(client, _page(), "?case=1&case=3"))
    assert "3 papers" in words
    assert "a) Cấp mới Giấy khai sinh 1 original Mẫu mới 2 copies" in words
    assert "Giấy ủy quyền" in words
    assert "5 working days" in words
    assert "3 days" in words


def test_boxes_are_real_and_sent_nowhere(client: Client, tree: factories.Tree) -> None:
    html = _read(client, _page(), "?case=2")
    boxes = [box for box in re.findall(r"<input[^>]*>", html) if 'id="giay-' in box]
    assert len(boxes) == 1  # a remark is none
    assert 'type="checkbox"' in boxes[0]
    assert "name=" not in boxes[0]
    assert re.search(r'<li class="mb-ticks__remark"[^>]*><p>Đọc kỹ</p></li>', html)


def test_a_person_without_a_choice_is_asked(client: Client, tree: factories.Tree) -> None:
    html = _read(client, _page())
    assert "govuk-error" not in html
    assert "mb-ticks" not in html
    assert html.count('name="case"') == 3
    assert html.count('name="channel"') == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?channel=truc-tiep", {"case": "Choose your case."}),
        ("?case=4&channel=truc-tiep", {"case": "This procedure has no such case."}),
        ("?case=x", {"case": "This procedure has no such case."}),
        ("?case=1&channel=buu-chinh", {"channel": "This procedure cannot be handed in that way."}),
        ("?case=²&channel=%00", {"case": "no such case", "channel": "cannot be handed in that way"}),
    ],
)
def test_a_choice_that_there_is_not_is_refused_at_its_field(
    client: Client, tree: factories.Tree, query: str, said: dict[str, str]
) -> None:
    html = _read(client, _page(), query, status=400)
    for name, sentence in said.items():
        found = re.search(rf'<a href="#({name}-[-\w]+)">[^<]*{sentence}', html)
        assert found  # the first input: a fieldset takes no focus
        assert (
            f'<input class="govuk-{"checkboxes" if name == "case" else "radios"}__input" id="{found[1]}"'
            in html
        )
        assert re.search(rf'id="{name}-error">.*{sentence}', html)
    assert "<title>Error:" in html
    assert "mb-ticks" not in html


def test_a_choice_stays_in_the_form(client: Client, tree: factories.Tree) -> None:
    html = _read(client, _page(), "?case=3&channel=truc-tuyen")
    assert re.findall(r'value="([^"]+)" checked', html) == ["3", "truc-tuyen"]


def test_one_dossier_needs_no_choice(client: Client, tree: factories.Tree) -> None:
    dossier = [parts.dossier_case([parts.paper("Tờ khai", originals=1)], "Trường hợp nào cũng vậy")]
    page = _page(dossier=dossier, channels=[])
    html = _read(client, page)
    assert "1 paper" in _words(html)
    assert "mb-picker" not in html
    assert _read(client, page, "?case=1")
    assert '<a href="#main">This procedure has no such case.' in _read(client, page, "?case=2", status=400)


def test_papers_for_everyone_are_in_every_list(client: Client, tree: factories.Tree) -> None:
    dossier = [
        parts.dossier_case([parts.paper("Tờ khai", originals=1)], "* Giấy tờ phải nộp:"),
        parts.dossier_case([parts.paper("Căn cước", originals=1)], "* Giấy tờ phải xuất trình:"),
        parts.dossier_case([parts.paper("Giấy ủy quyền", originals=1)], "Trường hợp ủy quyền"),
        parts.dossier_case([parts.paper("Hỏi trước khi đi", role="note")], "* Lưu ý:"),
    ]
    page = _page(dossier=dossier)
    words = _words(_read(client, page))
    assert "2 papers" in words
    assert "Tờ khai" in words
    assert "Căn cước" in words
    assert "Hỏi trước khi đi" in words
    assert "Giấy ủy quyền" not in words
    assert "3 papers" in _words(_read(client, page, "?case=3"))


@pytest.mark.parametrize(
    ("title", "everyone"),
    [
        ("", True),
        ("* Giấy tờ phải nộp:", True),
        ("Các giấy tờ phải xuất trình (bản chính), bao gồm", True),
        ("A. Phần hồ sơ hành chính:", True),
        ("1.3.1. Thành phần hồ sơ:", True),
        ("Lưu ý", True),
        ("Bao gồm", True),
        ("Giấy tờ phải nộp đối với trẻ em", False),
        ("Thành phần hồ sơ phải nộp khi nhập cảnh", False),
        ("Hồ sơ của người nhận con nuôi", False),
        ("b) Trường hợp cấp lại", False),
        ("Cấp mới", False),
    ],
)
def test_groups_of_papers_are_told_from_cases(title: str, everyone: bool) -> None:
    assert for_everyone(title) == everyone


def test_channels_of_the_chosen_case_come_before_all(client: Client, tree: factories.Tree) -> None:
    channels = [
        parts.channel("truc-tiep", parts.limit(5, "ngay"), case="Cấp mới"),
        parts.channel("truc-tiep", parts.limit(2, "ngay"), case="Cấp lại"),
        parts.channel("truc-tuyen", parts.limit(1, "ngay")),
        parts.channel("truc-tiep", parts.limit(9, "ngay"), case="Làm gấp"),
    ]
    page = _page(channels=channels)
    words = _words(_read(client, page, "?case=2"))
    assert "2 days" in words
    assert "1 day" in words
    assert "5 days" not in words
    assert "9 days" in _words(_read(client, page, "?case=1&case=4&channel=truc-tiep"))
    proxy = _words(_read(client, page, "?case=3&channel=truc-tiep"))  # no channel is tied to it
    assert all(limit in proxy for limit in ("5 days", "2 days", "9 days"))


def test_cases_with_numbers_stand_in_their_order(tree: factories.Tree) -> None:
    titles = ("Trường hợp 13: mất", "Trường hợp 1: hỏng", "2. Trường hợp đổi")
    paper = parts.paper("Đơn", originals=1)
    shown = present(_page(dossier=[parts.dossier_case([paper], title) for title in titles]))
    assert [case.number for case in shown.situations] == [2, 3, 1]


def test_a_paper_leads_back_to_its_list_and_knows_when_it_is_old(
    client: Client, tree: factories.Tree
) -> None:
    page = _page()
    version = present(page).version
    html = _read(client, page, f"?case=2&version={version.code}")
    assert version.code in _words(html)
    assert 'class="mb-qr"' in html
    assert "has changed" not in html.split("<footer")[0]
    page.conditions = "Đủ 18 tuổi"
    page.save_revision().publish()
    assert "has changed since your paper was printed" in _read(
        client, page, f"?case=2&version={version.code}"
    )


def test_search_engines_are_sent_to_the_procedure(client: Client, tree: factories.Tree) -> None:
    page = _page()
    html = _read(client, page, "?case=2")
    assert '<meta name="robots" content="noindex, follow">' in html
    assert f'<link rel="canonical" href="http://testserver{_english(page)}">' in html


def test_it_is_seen_by_those_who_see_the_procedure(client: Client, tree: factories.Tree) -> None:
    draft, over, private = _page(live=False), _page(), _page()
    ProcedurePage.objects.filter(pk=over.pk).update(expire_at=timezone.now())
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for page in (draft, over, private):
        address = f"/thu-tuc/{page.slug}/"
        assert client.get(f"{address}chuan-bi/").status_code == client.get(address).status_code != 200


def test_what_has_ended_says_so(client: Client, tree: factories.Tree) -> None:
    page = _page(status="bai-bo", online_url="https://dichvucong.gov.vn/a")
    html = _read(client, page, "?case=1")
    assert "This procedure has been repealed" in html
    assert "dichvucong.gov.vn" not in html


def test_online_leads_to_the_site_and_the_desk_to_its_address(client: Client, tree: factories.Tree) -> None:
    page = _page(
        online_url="https://dichvucong.gov.vn/a", receiving_address="12 Hùng Vương", agencies=("Sở Y tế",)
    )
    online = _words(_read(client, page, "?case=1&channel=truc-tuyen"))
    assert "Apply online: dichvucong.gov.vn" in online
    assert "12 Hùng Vương" not in online
    desk = _words(_read(client, page, "?case=1&channel=truc-tiep"))
    assert "Sở Y tế 12 Hùng Vương" in desk
    assert "dichvucong.gov.vn" not in desk


def test_the_page_answers_what_to_bring(client: Client, tree: factories.Tree) -> None:
    words = _words(client.get(_english(_page())).content.decode())
    assert "What to bring 1 to 2 papers, 3 cases: choose yours" in words
    assert "Who does not pay: Miễn lệ phí cho hộ nghèo" in words
    long = f"Giấy chứng sinh; không có thì nộp {'văn bản của người làm chứng ' * 4}"
    rows = [parts.paper(f"Trường hợp {n}", originals=1) for n in range(7)] + [parts.paper(long, originals=1)]
    one = _page(dossier=[parts.dossier_case(rows)])
    words = _words(client.get(_english(one)).content.decode())
    assert "What to bring Giấy chứng sinh… Trường hợp 0" in words
    assert "and 3 more papers" in words


def test_the_days_of_a_procedure_are_in_order(client: Client, tree: factories.Tree) -> None:
    factories.decision("9/QĐ-UBND", date_signed=date(2024, 5, 2), date_in_force=date(2024, 6, 1))
    page = _page(decision_number="9/QĐ-UBND", source_retrieved_on=date(2025, 1, 15))
    words = _words(client.get(_english(page)).content.decode())
    assert (
        "2 May 2024 Decision signed 1 Jun 2024 Decision came into force 15 Jan 2025 Read from the source"
    ) in words
    assert "Last changed on this portal" not in words


def test_it_takes_few_queries(client: Client, tree: factories.Tree) -> None:
    page = _page()
    address = f"{_english(page)}chuan-bi/?case=1&case=2&channel=truc-tiep"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= MOST_QUERIES
