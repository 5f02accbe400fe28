"""Life events as journeys: steps that editors write, over procedures that the public may see."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction, ReferenceIndex

from procedures import parts
from procedures.merging import merge
from procedures.models import LifeEvent, MergedLifeEvent, ProcedureLifeEvent, ProcedurePage
from tests import factories
from tests.counting import queries

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESS = "/en/thu-tuc/su-kien/sinh-con/"


def _event(*steps: parts.Raw, name: str = "Sinh con", **fields: Any) -> LifeEvent:
    event = LifeEvent(name=name, **fields)
    event.steps = list(steps)
    event.save()
    return event


def _link(page: ProcedurePage, event: LifeEvent) -> None:
    page.life_event_links.add(ProcedureLifeEvent(life_event=event))
    page.save_revision().publish()


def _get(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def _with_facts(name: str, **fields: Any) -> ProcedurePage:
    channel = parts.channel("truc-tiep", parts.limit(5, "ngay-lam-viec"), [parts.fee(8000, kind="le-phi")])
    return factories.procedure(name, channels=[channel], **fields)


def test_steps_in_order_with_limit_fee_and_what_to_bring(client: Client, tree: factories.Tree) -> None:
    birth, copy = _with_facts("Đăng ký khai sinh"), factories.procedure("Bản sao trích lục")
    _event(
        parts.journey_step(
            "Nhận giấy chứng sinh", text="Ở nơi bé sinh.\nGiữ cẩn thận.", when="Ngay khi sinh"
        ),
        parts.journey_step("Khai sinh", [birth.pk], when="Trong 60 ngày"),
        parts.journey_step("Xin bản sao", [copy.pk], optional=True),
    )
    html = _get(client)
    assert re.findall(r"Step (\d): </span><span lang=\"vi\">([^<]+)", html) == [
        ("1", "Nhận giấy chứng sinh"),
        ("2", "Khai sinh"),
        ("3", "Xin bản sao"),
    ]
    assert "<p>Giữ cẩn thận.</p>" in html
    assert html.index("Trong 60 ngày") < html.index("Đăng ký khai sinh")
    assert '<strong lang="vi">5 ngày làm việc</strong>' in html
    assert '<strong lang="vi">8.000 đồng</strong>' in html
    assert f'href="/en/thu-tuc/{birth.slug}/chuan-bi/"' in html
    assert html.count("Not everyone needs this") == 1


def test_what_is_hidden_is_not_in_a_step(client: Client, tree: factories.Tree) -> None:
    draft = factories.procedure("Bản nháp", live=False)
    private = factories.procedure("Nội bộ")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    shown = factories.procedure("Ai cũng thấy")
    event = _event(parts.journey_step("Làm giấy", [draft.pk, private.pk, shown.pk]))
    _link(private, event)
    html = _get(client)
    assert "Ai cũng thấy" in html
    assert "Bản nháp" not in html
    assert "Nội bộ" not in html
    assert "1 step · 1 procedure" in " ".join(_get(client, "/en/thu-tuc/su-kien/").split())


def test_without_steps_the_linked_procedures_are_listed(client: Client, tree: factories.Tree) -> None:
    event = _event(description="Bé ra đời.")
    _link(_with_facts("Đăng ký khai sinh"), event)
    factories.procedure("Khác")
    html = _get(client)
    assert "mb-step" not in html
    assert re.findall(r'mb-task__name"><a [^>]*>([^<]+)', html) == ["Đăng ký khai sinh"]
    assert "Bé ra đời." in html


def test_linked_procedures_that_no_step_names_come_last(client: Client, tree: factories.Tree) -> None:
    first, second = factories.procedure("Trong bước"), factories.procedure("Ngoài bước")
    event = _event(parts.journey_step("Làm giấy", [first.pk]))
    _link(first, event)
    _link(second, event)
    html = _get(client)
    assert re.findall(r'mb-task__name"><a [^>]*>([^<]+)', html) == ["Trong bước", "Ngoài bước"]
    assert "You may also need" in html


def test_a_procedure_that_has_ended_says_so_and_offers_no_list_of_papers(
    client: Client, tree: factories.Tree
) -> None:
    _event(parts.journey_step("Làm giấy", [factories.procedure("Cũ", status="bai-bo").pk]))
    html = _get(client)
    assert "Repealed" in html
    assert "chuan-bi/" not in html


def test_a_deleted_procedure_leaves_its_step(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure("Sẽ xóa")
    event = _event(parts.journey_step("Làm giấy", [page.pk]))
    assert ReferenceIndex.get_references_to(page).count() == 1
    page.delete()
    assert "Làm giấy" in _get(client)
    assert "mb-door__name" not in _get(client, "/en/thu-tuc/su-kien/")
    assert event.steps[0].value["title"] == "Làm giấy"


def test_events_of_citizens_and_of_businesses(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure()
    _event(parts.journey_step("Một", [page.pk]), name="Mở quán", kind="business")
    _event(parts.journey_step("Một", [page.pk]))
    _event(name="Không có gì")
    html = _get(client, "/en/thu-tuc/su-kien/")
    assert re.findall(r'id="(citizen|business)"|href="([a-z-]+)/"', html) == [
        *(("citizen", ""), ("", "sinh-con"), ("business", ""), ("", "mo-quan")),
    ]
    home = _get(client, "/")
    assert "/thu-tuc/su-kien/sinh-con/" in home
    assert "Không có gì" not in home


def test_ten_steps_take_the_queries_of_one(client: Client, tree: factories.Tree) -> None:
    event = _event(parts.journey_step("Một", [_with_facts("Một").pk]))
    addresses = (ADDRESS, "/thu-tuc/su-kien/", "/")
    one = {address: queries(client, address) for address in addresses}
    event.steps = [parts.journey_step(f"Bước {n}", [_with_facts(f"Việc {n}").pk]) for n in range(10)]
    event.save()
    _event(parts.journey_step("Hai", [ProcedurePage.objects.first().pk]), name="Kết hôn")
    assert {address: queries(client, address) for address in addresses} == one


def test_a_merged_event_has_one_address_and_keeps_the_steps(client: Client, tree: factories.Tree) -> None:
    page = factories.procedure()
    kept, other = _event(), _event(parts.journey_step("Một", [page.pk]), name="Sinh em bé")
    merge(kept, [other])
    assert MergedLifeEvent.objects.get().slug == "sinh-em-be"
    response = client.get("/en/thu-tuc/su-kien/sinh-em-be/")
    assert (response.status_code, response["Location"]) == (301, ADDRESS)
    assert "mb-step__title" in _get(client)
    assert client.get("/thu-tuc/su-kien/khong-co/").status_code == 404


def test_an_editor_writes_steps(admin_client: Client, tree: factories.Tree) -> None:
    event, page = _event(), factories.procedure()
    address = f"/admin/snippets/procedures/lifeevent/edit/{event.pk}/"
    step = {"steps-count": "1", "steps-0-deleted": "", "steps-0-order": "0", "steps-0-type": "step"}
    value = {"title": "Làm giấy khai sinh", "when": "Trong 60 ngày", "text": "", "procedures-count": "1"}
    row = {"procedures-0-deleted": "", "procedures-0-order": "0", "procedures-0-value": str(page.pk)}
    form = step | {f"steps-0-value-{name}": text for name, text in (value | row).items()}
    posted = admin_client.post(
        address, form | {"name": event.name, "slug": event.slug, "kind": "citizen", "description": ""}
    )
    assert posted.status_code == 302
    event.refresh_from_db()
    assert [shown.pk for shown in event.steps[0].value["procedures"]] == [page.pk]
