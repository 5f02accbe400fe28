"""An editor writes in the admin: drafts save, slugs are the server's, codes are unique."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from wagtail.contrib.redirects.models import Redirect
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home import preflight
from procedures.models import DecisionPage, ProcedurePage
from tests import editing, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.administrator())
    return client


def _post(client: Client, model: str, parent_id: int, data: dict[str, Any]) -> Any:
    return client.post(f"/admin/pages/add/procedures/{model}/{parent_id}/", nested_form_data(data))


def _procedure(**fields: Any) -> dict[str, Any]:
    empty = {name: streamfield([]) for name in ("steps", "channels", "dossier", "results")}
    rows = ("sector_links", "agency_links", "legal_bases", "life_event_links", "comments")
    choices = {"status": "hieu-luc", "chain": "none", "online_service": "", "anywhere": ""}
    basics = {"code": "9.111111", "name": "Cấp giấy đỗ xe"}
    return basics | empty | choices | {name: inline_formset([]) for name in rows} | fields


def test_a_draft_gets_its_title_and_slug_from_code_and_name(editor: Client, tree: factories.Tree) -> None:
    _post(editor, "procedurepage", tree.procedures.pk, _procedure(name="  Cấp đổi\u00a0giấy đỗ xe "))
    page = ProcedurePage.objects.get(code="9.111111")
    assert (page.title, page.slug, page.live) == ("Cấp đổi giấy đỗ xe", "9-111111-cap-doi-giay-do-xe", False)


def test_a_name_longer_than_a_title_is_kept_whole(editor: Client, tree: factories.Tree) -> None:
    name = " ".join(["đăng ký biến động quyền sử dụng đất"] * 33)
    data = editing.procedure(factories.agency(), name=name)
    editing.add(editor, "procedures/procedurepage", tree.procedures, data, "action-publish")
    page = ProcedurePage.objects.get(code="9.111111")
    assert page.live
    assert page.name == name
    assert len(name) > 1000 > 255 >= len(page.title)


def test_even_a_draft_has_a_name(editor: Client, tree: factories.Tree) -> None:
    response = _post(editor, "procedurepage", tree.procedures.pk, _procedure(name=""))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["name"]
    assert not ProcedurePage.objects.exists()


def test_a_draft_needs_no_code_yet_and_what_is_published_does(editor: Client, tree: factories.Tree) -> None:
    for name in ("Cấp giấy", "Cấp thẻ"):  # two drafts without a code are not in each other's way
        _post(editor, "procedurepage", tree.procedures.pk, _procedure(name=name, code=""))
    assert ProcedurePage.objects.filter(code="", live=False).count() == 2
    whole = editing.procedure(factories.agency(), code="")
    response = editing.add(editor, "procedures/procedurepage", tree.procedures, whole, "action-publish")
    assert "code" in response.context["form"].errors
    page = ProcedurePage.objects.filter(code="")[0]
    assert "code" in [finding.field for finding in preflight.blocking(page)]


def test_the_slug_of_a_draft_follows_code_and_name_until_it_is_public(
    editor: Client, tree: factories.Tree
) -> None:
    _post(editor, "procedurepage", tree.procedures.pk, _procedure(name="Cấp giấy", code=""))
    page = ProcedurePage.objects.get()
    assert page.slug == "cap-giay"

    def save(slug: str, **fields: Any) -> tuple[str, Any]:
        data = nested_form_data(_procedure(**fields) | {"slug": slug})
        response = editor.post(f"/admin/pages/{page.pk}/edit/", data, headers={"accept": "application/json"})
        page.refresh_from_db()
        return page.get_latest_revision_as_object().slug, response

    slug, response = save("cap-giay", name="Cấp giấy", code="9.111111")
    assert slug == "9-111111-cap-giay"
    assert response.json()["field_updates"]["slug"] == "9-111111-cap-giay"
    assert save(slug, name="Cấp thẻ")[0] == "9-111111-cap-the"
    slug, response = save("cap-the-moi", name="Cấp thẻ")
    assert slug == "cap-the-moi"
    assert "slug" not in response.json()["field_updates"]  # who types in the field at that moment goes on
    assert save("cap-the-moi", name="Cấp giấy")[0] == "cap-the-moi"  # a person's own
    page = ProcedurePage.objects.get(pk=factories.procedure("Cấp thẻ", code="9.111112").pk)
    assert save(page.slug, name="Cấp giấy", code="9.111112")[0] == "9-111112-cap-the"  # may be bookmarked


def test_who_was_never_public_leaves_no_old_address(
    tree: factories.Tree, django_capture_on_commit_callbacks: Any
) -> None:
    draft, public = factories.procedure("Cấp giấy", live=False), factories.procedure("Cấp thẻ")
    for page in (draft, public):
        page.slug += "-moi"
        with django_capture_on_commit_callbacks(execute=True):
            page.save()
    assert [redirect.redirect_page_id for redirect in Redirect.objects.all()] == [public.pk]


def test_a_draft_of_a_decision_needs_no_number_yet(editor: Client, tree: factories.Tree) -> None:
    data = {"title": "Công bố danh mục", "number": "", "comments": inline_formset([])}
    data |= {"body": streamfield([]), "files": streamfield([])}
    _post(editor, "decisionpage", tree.decisions.pk, data)
    page = DecisionPage.objects.get()
    assert (page.live, page.slug) == (False, "cong-bo-danh-muc")
    assert "number" in [finding.field for finding in preflight.blocking(page)]


def test_a_code_belongs_to_one_page(editor: Client, tree: factories.Tree) -> None:
    factories.procedure(code="9.111111")
    response = _post(editor, "procedurepage", tree.procedures.pk, _procedure())
    assert "Đã có trang mang mã này" in response.content.decode()
    assert ProcedurePage.objects.count() == 1


def test_a_decision_is_addressed_by_its_number(editor: Client, tree: factories.Tree) -> None:
    data = {"title": "Công bố danh mục", "number": "570/QĐ-UBND", "comments": inline_formset([])}
    _post(
        editor, "decisionpage", tree.decisions.pk, data | {"body": streamfield([]), "files": streamfield([])}
    )
    page = DecisionPage.objects.get()
    assert (page.slug, page.number_key) == ("570-qd-ubnd-cong-bo-danh-muc", "570/qd-ubnd")


def test_addresses_of_the_portal_are_refused_at_the_top(editor: Client, tree: factories.Tree) -> None:
    data = {"title": "Tìm kiếm", "slug": "tim-kiem", "lead": "", "body": streamfield([])}
    response = editor.post(
        f"/admin/pages/add/home/informationpage/{tree.home.pk}/",
        nested_form_data(data | {"comments": inline_formset([])}),
    )
    assert list(response.context["form"].errors) == ["slug"]


def test_nor_does_a_draft_keep_one_that_its_title_gave(editor: Client, tree: factories.Tree) -> None:
    page = factories.information("Tìm kiếm", live=False)
    response = editing.edit(editor, page, editing.information(title="Tìm kiếm", slug="tim-kiem"), "")
    assert list(response.context["form"].errors) == ["slug"]


def test_a_local_variant_has_the_code_with_a_suffix(editor: Client, tree: factories.Tree) -> None:
    factories.procedure(code="9.111111")
    _post(editor, "procedurepage", tree.procedures.pk, _procedure(code_suffix="000.00.00.H34"))
    assert ProcedurePage.objects.filter(code="9.111111").count() == 2


def test_an_abolished_level_is_not_offered(editor: Client, tree: factories.Tree) -> None:
    response = editor.get(f"/admin/pages/add/procedures/procedurepage/{tree.procedures.pk}/")
    offered = [level.pk for level in response.context["form"].fields["levels"].queryset]
    assert offered == ["bo", "tinh", "xa", "khac"]
    old = factories.procedure(levels=("huyen",))
    response = editor.get(f"/admin/pages/{old.pk}/edit/")
    assert "huyen" in [level.pk for level in response.context["form"].fields["levels"].queryset]


def test_the_login_speaks_vietnamese(client: Client) -> None:
    assert "Mật khẩu" in client.get("/admin/login/").content.decode()


def test_two_versions_are_compared_in_the_words_of_people(editor: Client, tree: factories.Tree) -> None:
    editing.add(editor, "procedures/procedurepage", tree.procedures, editing.procedure(factories.agency()))
    page = ProcedurePage.objects.get(code="9.111111")
    before = page.get_latest_revision()
    later = page.get_latest_revision_as_object()
    later.channels[0].value["limit"]["unit"] = "ngay"
    after = later.save_revision()
    html = editor.get(f"/admin/pages/{page.pk}/revisions/compare/{before.pk}...{after.pk}/").content.decode()
    text = " ".join(strip_tags(html).split())
    assert "Cách thức, thời hạn, phí và lệ phí" in text
    assert "ngày làm việc" in text
    assert "ngay-lam-viec" not in text
