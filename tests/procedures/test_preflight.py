"""Before it is published a procedure has what the law asks for; a draft saves whatever it lacks."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, streamfield

from home import alternatives, preflight
from portal import roles
from portal.demo import content
from procedures.models import DecisionPage, ProcedurePage
from tests import editing, factories
from tests.editing import channel, fee, rows
from tests.news.factories_articles import picture
from tests.people import logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(tree: factories.Tree) -> Client:
    return logged_in(person(roles.EDITOR, "bien-tap"))


def submitted(client: Client, tree: factories.Tree, button: str = "action-submit", **fields: Any) -> Any:
    data = editing.procedure(factories.agency(), **fields)
    return editing.add(client, "procedures/procedurepage", tree.procedures, data, button)


NOTHING = streamfield([])
ANSWERED = ["forms", "fees", "conditions"]


def channels(**fields: Any) -> Any:
    return streamfield([("channel", channel(**fields))])


MISSING: dict[str, tuple[dict[str, Any], str]] = {
    "steps": ({"steps": NOTHING}, "steps"),
    "channels": ({"channels": NOTHING}, "channels"),
    "dossier": ({"dossier": NOTHING}, "dossier"),
    "audience": ({"audiences": []}, "audiences"),
    "agency": ({"agency_links": inline_formset([])}, "agency_links"),
    "forms": ({"answered_none": ["fees", "conditions"]}, "answered_none"),
    "fees": ({"answered_none": ["forms", "conditions"]}, "answered_none"),
    "conditions": ({"answered_none": ["forms", "fees"]}, "answered_none"),
    "result": ({"results": NOTHING}, "answered_none"),
    "both": ({"conditions": "Đủ 18 tuổi"}, "answered_none"),
    "no limit": ({"channels": channels(limit={"value": "", "unit": "", "text": ""})}, "channels"),
    "no unit": ({"channels": channels(limit={"value": "5", "unit": "", "text": ""})}, "channels"),
    "no words": ({"channels": channels(limit={"value": "5", "unit": "khac", "text": ""})}, "channels"),
    "no exemption": (
        {"channels": channels(fees=rows(fee(exemption=""))), "answered_none": ["forms", "conditions"]},
        "channels",
    ),
    "no reason": ({"online_service": "partial", "online_reason": ""}, "online_reason"),
}


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_is_said_at_its_field(editor: Client, tree: factories.Tree, what: str) -> None:
    fields, field = MISSING[what]
    response = submitted(editor, tree, **fields)
    assert editing.errors(response) == [field]
    assert not ProcedurePage.objects.exists()


@pytest.mark.parametrize("what", MISSING)
def test_a_draft_saves_without_it(editor: Client, tree: factories.Tree, what: str) -> None:
    submitted(editor, tree, "", **MISSING[what][0])
    assert not ProcedurePage.objects.get().live


def test_a_whole_one_goes_to_review(editor: Client, tree: factories.Tree) -> None:
    submitted(editor, tree)
    assert ProcedurePage.objects.get().workflow_in_progress


def test_an_error_stands_at_its_block(editor: Client, tree: factories.Tree) -> None:
    two = streamfield([("channel", channel()), ("channel", channel(limit={"value": "5", "unit": ""}))])
    response = submitted(editor, tree, channels=two)
    error = response.context["form"].errors.as_data()["channels"][0]
    assert list(error.block_errors) == [1]


def test_none_in_words_is_no_contradiction(editor: Client, tree: factories.Tree) -> None:
    submitted(editor, tree, conditions="Không có")
    assert ProcedurePage.objects.get().workflow_in_progress


def test_a_page_goes_back_whatever_it_lacks(tree: factories.Tree) -> None:
    reviewer = logged_in(person(roles.REVIEWER, "tham-dinh"))
    page = factories.procedure("Thiếu mọi phần", live=False)
    page.get_workflow().start(page, factories.administrator())
    state = page.current_workflow_task_state
    address = f"/admin/pages/workflow/action/{page.pk}/{{}}/{state.pk}/"
    assert reviewer.post(address.format("approve")).status_code in {302, 403}
    state.refresh_from_db()
    assert state.status == "in_progress"
    reviewer.post(address.format("reject"), {"comment": "Thiếu trình tự."})
    state.refresh_from_db()
    assert (state.status, state.comment) == ("rejected", "Thiếu trình tự.")


def test_sending_back_needs_a_word(tree: factories.Tree) -> None:
    reviewer = logged_in(person(roles.REVIEWER, "tham-dinh"))
    page = factories.article(live=False)
    page.get_workflow().start(page, factories.administrator())
    state = page.current_workflow_task_state
    reviewer.post(f"/admin/pages/workflow/action/{page.pk}/reject/{state.pk}/", {"comment": " "})
    pressed = editing.article() | {"workflow-action-name": "reject"}
    editing.edit(reviewer, page, pressed, "action-workflow-action")
    state.refresh_from_db()
    assert state.status == "in_progress"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"date_signed": date(2999, 1, 1)}, "date_signed"),
        ({"date_signed": None}, "date_signed"),
        ({"issuer": None}, "issuer"),
    ],
)
def test_a_decision_has_its_days(tree: factories.Tree, fields: dict[str, Any], field: str) -> None:
    whole = {"date_signed": timezone.localdate(), "issuer": factories.agency(), "signer": "Nguyễn Văn A"}
    page = DecisionPage(title="Công bố", number="1/QĐ-UBND", **whole | fields)
    assert [finding.field for finding in preflight.blocking(page)] == [field]


@pytest.mark.parametrize(
    ("alternative", "nothing"),
    [
        ("", True),
        ("IMG_20211130_0815", True),
        ("DSC0001.JPG", True),
        ("anh-1.png", True),
        ("hc.jpg", True),
        ("ảnh", True),
        ("Hình minh họa", True),
        ("20230105", True),
        ("Người dân lấy số tại bộ phận một cửa", False),
        ("Lễ công bố ngày 30/11/2021", False),
        ("Bộ phận Một cửa", False),
        ("Hình 1", True),
        ("Le cong bo", True),
        ("Lễ công bố", False),
        ("trang-chu-2", True),
        ("poster2", True),
        ("banner", True),
        ("7", True),
        ("Covid-19", False),
        ("G20", True),
        ("WhatsApp Image 2021-11-05", True),
        ("Screenshot 2021-11-05 at 10.22.33", True),
        ("Logo của tỉnh", False),
        ("Sơ đồ 5 bước", False),
        ("Cờ", False),
        ("Anh hùng lao động", False),
    ],
)
def test_a_file_name_is_no_description(alternative: str, nothing: bool) -> None:
    assert alternatives.says_nothing(alternative, "2021/le-cong-bo.png") is nothing


def test_an_article_needs_the_words_of_its_picture(editor: Client, tree: factories.Tree) -> None:
    data = editing.article(image=str(picture().pk), image_alt="hc.jpg")
    response = editing.add(editor, "news/articlepage", tree.news, data, "action-submit")
    assert editing.errors(response) == ["image_alt"]


def test_the_demo_is_an_example(tree: factories.Tree) -> None:
    content.load()
    pages = [*ProcedurePage.objects.all(), *DecisionPage.objects.all()]
    lacking = [page.code for page in pages if preflight.blocking(page)]
    assert lacking == ["9.000040"]  # which shows what a page looks like that has nothing


LISTS = ("sector_links", "agency_links", "legal_bases", "life_event_links")
STREAMS = ("steps", "channels", "dossier", "results")


@pytest.mark.parametrize(("fields", "first"), [({}, "name"), ({"name": "Cấp giấy", "code": "9.1"}, "steps")])
def test_the_panel_says_what_a_new_procedure_lacks(
    editor: Client, tree: factories.Tree, fields: dict[str, str], first: str
) -> None:
    empty = dict.fromkeys(LISTS, inline_formset([])) | dict.fromkeys(STREAMS, NOTHING) | {"levels": []}
    address = f"/admin/pages/add/procedures/procedurepage/{tree.procedures.pk}/figures/"
    shown = editor.post(address, editing.flat(empty | fields)).content.decode()
    places = re.findall(r'data-figures-path="(\w+)"', shown)
    assert places[0] == first
    assert {"steps", "channels", "dossier", "agency_links"} <= set(places)
