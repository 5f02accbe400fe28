"""The panel of figures and dates: what it checks of a form, whom it answers, and where it stands."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home import figures_panel  # noqa: F401  the panel registers itself
from home.figures_prose import check_page, has_prose, plain
from home.models import HomePage, User
from news.models import ArticlePage
from procedures.models import ProcedurePage
from tests import editing, factories
from tests.factories import Tree

pytestmark = pytest.mark.once

WRONG_DATE = "Hạn nộp là ngày 31/11/2021."
WRONG_SUM = "Có 112 đơn vị, gồm: 10 đơn vị cấp huyện và 101 đơn vị cấp xã."


@pytest.fixture
def admin(client: Client, tree: Tree) -> Client:
    """Return a client who may do everything."""
    client.force_login(factories.administrator())
    return client


def form(lead: str = "", *body: tuple[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the form of an article as the editor sends it."""
    data = {
        "title": "Một năm cải cách",
        "slug": "mot-nam",
        "lead": lead,
        "date": "2026-11-26",
        "body": streamfield(body),
        **dict.fromkeys(("comments", "pictures", "related_links"), inline_formset([])),
    }
    return nested_form_data(data | fields)


def address(page: Page) -> str:
    return reverse("figures_on_edit", args=[page.pk])


def editor(page: Page) -> User:
    """Return a user who may edit what is below a page, and nothing else."""
    group = Group.objects.create(name=f"Biên tập {page.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=page, permission=change)
    user = User.objects.create_user(f"bien-tap-{page.pk}", password="mat-khau-thu")
    user.groups.add(group)
    return user


def test_a_form_is_answered_with_its_findings(admin: Client) -> None:
    page = factories.article(lead="Cũ.")
    body = [("text", rich_text(f"<p>Đúng.</p><ul><li>{WRONG_SUM}</li></ul>")), ("quote", WRONG_DATE)]
    answer = admin.post(address(page), form("Ngày 30 tháng 2 năm 2024.", *body))
    html = answer.content.decode()
    assert 'data-figures-count="3"' in html
    assert html.index("<mark>Ngày 30 tháng 2 năm 2024</mark>") < html.index("<mark>112</mark>")
    assert "Có <mark>112</mark> đơn vị, gồm: 10 đơn vị cấp huyện và 101 đơn vị cấp xã." in html
    assert "10 + 101 = 111" in html
    assert 'data-figures-path="lead"' in html
    assert "<mark>ngày 31/11/2021</mark>" in html


def test_nothing_is_saved(admin: Client) -> None:
    page = factories.article(lead="Cũ.")
    admin.post(address(page), form(WRONG_DATE))
    assert ArticlePage.objects.get(pk=page.pk).lead == "Cũ."
    assert page.revisions.count() == 1


def test_a_form_that_is_not_valid_is_checked_all_the_same(admin: Client) -> None:
    page = factories.article()
    sent = form(WRONG_DATE, ("quote", ""), title="", date="không phải ngày")
    shown = admin.post(address(page), sent).content.decode()
    assert "<mark>ngày 31/11/2021</mark>" in shown
    assert 'data-figures-path="title"' in shown
    assert 'data-figures-path="date"' in shown


def test_an_empty_form_has_no_findings(admin: Client) -> None:
    answer = admin.post(address(factories.article()), {})
    assert 'data-figures-count="0"' in answer.content.decode()


def test_a_page_that_is_not_saved_yet_is_checked(admin: Client, tree: Tree) -> None:
    url = reverse("figures_on_add", args=["news", "articlepage", tree.news.pk])
    assert 'data-figures-count="1"' in admin.post(url, form(WRONG_DATE)).content.decode()
    assert not ArticlePage.objects.exists()


def test_what_is_written_is_escaped(admin: Client) -> None:
    sent = form("<script>1</script> Ngày 31/11/2021 <b>")
    html = admin.post(address(factories.article()), sent).content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_only_who_may_edit_the_page_is_answered(client: Client, tree: Tree) -> None:
    page = factories.article()
    assert client.post(address(page), form()).status_code == 302  # to the login
    client.force_login(editor(tree.news))
    assert client.post(address(page), form(WRONG_DATE)).status_code == 200
    assert (
        client.post(address(factories.decision()), form()).status_code == 302
    )  # refused: to the admin's home
    assert client.post(reverse("figures_on_edit", args=[999_999]), form()).status_code == 404
    url = reverse("figures_on_add", args=["news", "articlepage", tree.news.pk])
    assert client.post(url, form()).status_code == 302


def test_it_is_sent_not_asked_for(admin: Client) -> None:
    assert admin.get(address(factories.article())).status_code == 405


@pytest.mark.parametrize(
    "make", [factories.article, factories.information, factories.decision, factories.procedure]
)
def test_the_panel_stands_beside_the_form(admin: Client, make: Any) -> None:
    page = make()
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f'data-figures-url="{address(page)}"' in html
    assert "admin/figures.js" in html


def test_the_panel_stands_beside_the_form_of_a_new_page(admin: Client, tree: Tree) -> None:
    html = admin.get(
        reverse("wagtailadmin_pages:add", args=["news", "articlepage", tree.news.pk])
    ).content.decode()
    assert reverse("figures_on_add", args=["news", "articlepage", tree.news.pk]) in html


def test_a_page_without_prose_has_no_panel(admin: Client, tree: Tree) -> None:
    assert not has_prose(HomePage)
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[tree.home.pk])).content.decode()
    assert "data-figures" not in html


def test_each_prose_of_a_procedure_is_checked(tree: Tree) -> None:
    page = ProcedurePage(name="Đăng ký trước ngày 31/4/2024", conditions="Trước ngày 31/6/2024.")
    page.steps = [("steps", {"case": "", "steps": [{"label": "Bước 1", "text": "Nộp ngày 31/9/2024."}]})]
    page.channels = [
        (
            "channel",
            {
                "kind": "direct",
                "limit": {"text": "Đến ngày 30/2/2024."},
                "fees": [{"note": "Ngày 32/1/2024."}],
            },
        )
    ]
    found = [(item.passage.field, item.passage.block, item.finding.marked) for item in check_page(page)]
    assert set(found) == {
        ("name", None, "ngày 31/4/2024"),
        ("steps", 0, "ngày 31/9/2024"),
        ("channels", 0, "ngày 30/2/2024"),
        ("channels", 0, "Ngày 32/1/2024"),
        ("conditions", None, "ngày 31/6/2024"),
    }


def test_a_place_is_called_as_the_form_calls_it(tree: Tree) -> None:
    page = ProcedurePage(name="Đăng ký")
    page.steps = [("steps", {"case": "", "steps": [{"label": "", "text": "Nộp ngày 31/9/2024."}]})]
    (item,) = check_page(page)
    assert item.passage.label == "Trình tự thực hiện 1 › Bước 1 › Nội dung"


@pytest.mark.django_db
def test_what_one_passage_says_is_reckoned_with_in_another() -> None:
    page = ArticlePage(title="Tin", lead="Tổng số TTHC là 1.757 TTHC.")
    page.body = [("quote", "Có 1.044 dịch vụ, đạt tỷ lệ 96,2% trên tổng số thủ tục hành chính.")]
    (item,) = check_page(page)
    assert (item.passage.label, item.finding.expected) == ("Nội dung › Trích dẫn 1", "59,4%")


@pytest.mark.django_db
def test_cells_of_a_table_are_checked() -> None:
    page = ArticlePage(title="Tin", lead="Có 1.044 hồ sơ.")
    body: Any = ArticlePage._meta.get_field("body")
    table = body.stream_block.child_blocks["table"]
    value = table.to_python(
        {
            "columns": [{"type": "text", "heading": "Kỳ"}],
            "rows": [{"values": ["Có 1044 hồ sơ"]}],
            "caption": "",
        }
    )
    page.body = [("table", value)]
    assert [item.finding.expected for item in check_page(page)] == ["1.044"]


def test_rich_text_is_read_by_paragraphs() -> None:
    html = "<h2>Một</h2><p>Hai <b>ba</b><br/>bốn &amp; năm</p><ul><li>sáu</li><li>bảy</li></ul>"
    assert plain(html) == "Một\nHai ba\nbốn & năm\n- sáu\n- bảy"


@pytest.mark.django_db
def test_what_the_law_wants_stands_in_the_same_panel(client: Client, tree: factories.Tree) -> None:
    client.force_login(factories.administrator())
    page = factories.procedure("Cấp giấy đỗ xe", live=False)
    two = streamfield([("channel", editing.channel()), ("channel", editing.channel(limit={"unit": ""}))])
    data = editing.flat(editing.procedure(channels=two, steps=streamfield([])))
    response = client.post(f"/admin/pages/{page.pk}/figures/", data)
    listed = {item.path.split(".")[0]: item for item in response.context["listed"]}
    assert listed["channels"].label == "Cách thức, thời hạn, phí và lệ phí 2"
    assert listed["channels"].path.count(".") == 1
    assert listed["steps"].finding.blocks
    assert "Thời hạn chưa có đơn vị" in response.content.decode()
    assert not ProcedurePage.objects.get(pk=page.pk).live
