"""Rows of the catalogue that mean one thing become one: links, drafts, addresses, imports, history."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, ReferenceIndex
from wagtail.test.utils.form_data import querydict_from_html

from home.models import User
from procedures import merging
from procedures.choices import AgencyEnd, AgencyRole
from procedures.importing.running import Run
from procedures.models import (
    Agency,
    AgencyPerson,
    LifeEvent,
    ProcedureAgency,
    ProcedureLifeEvent,
    ProcedurePage,
    ProcedureSector,
    Sector,
    SectorAlias,
)
from search.models import OutboxEntry
from tests import factories
from tests.procedures.records import Data, record, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def sectors(tree: factories.Tree) -> tuple[Sector, Sector]:
    """Return two spellings of a sector, and a procedure of each and of both."""
    for name, of in (("A", ("Hộ tịch",)), ("B", ("Hộ tich",)), ("C", ("Hộ tich", "Hộ tịch"))):
        factories.procedure(name, sectors=of)
    kept, other = factories.sector("Hộ tịch"), factories.sector("Hộ tich")
    other.code = "G02"
    other.save()
    SectorAlias.objects.create(sector=other, name="Ho tich", sort_order=0)
    return kept, other


def sectors_of(name: str) -> list[str]:
    links = ProcedurePage.objects.get(name=name).sector_links.order_by("sort_order")
    return [link.sector.name for link in links]


def test_all_procedures_name_the_one_that_is_kept_once(sectors: tuple[Sector, Sector]) -> None:
    kept, other = sectors
    OutboxEntry.objects.all().delete()
    merging.merge(kept, [other])
    assert [sectors_of(name) for name in "ABC"] == [["Hộ tịch"]] * 3
    assert not Sector.objects.filter(pk=other.pk).exists()
    kept.refresh_from_db()
    assert set(kept.aliases.values_list("name", flat=True)) == {"Ho tich", "Hộ tich"}
    assert kept.code == "G02"
    changed = set(OutboxEntry.objects.values_list("page_id", flat=True))
    assert changed == set(ProcedurePage.objects.values_list("pk", flat=True))


def test_the_admin_counts_the_same_uses(sectors: tuple[Sector, Sector]) -> None:
    kept = merging.merge(sectors[0], [sectors[1]])
    counted = ReferenceIndex.get_references_to(kept).group_by_source_object()
    assert counted.count() == 3
    for page in ProcedurePage.objects.all():
        stored = ReferenceIndex.objects.filter(object_id=page.pk).values_list("content_path", "to_object_id")
        before = set(stored)
        ReferenceIndex.create_or_update_for_object(page)
        assert set(stored.all()) == before


def test_drafts_and_old_versions_name_the_one_that_is_kept(sectors: tuple[Sector, Sector]) -> None:
    kept, other = sectors
    page = ProcedurePage.objects.get(name="A")
    page.sector_links = [ProcedureSector(sector=other), ProcedureSector(sector=kept)]
    page.name = "A, bản nháp"
    draft = page.save_revision()
    merging.merge(kept, [other])
    for revision in ProcedurePage.objects.get(name="C").revisions.all():
        assert [link.sector for link in revision.as_object().sector_links.all()] == [kept]
    assert sectors_of("A") == ["Hộ tịch"]
    draft.refresh_from_db()
    draft.publish()
    assert sectors_of("A, bản nháp") == ["Hộ tịch"]


def test_an_editor_who_had_the_page_open_is_told(sectors: tuple[Sector, Sector]) -> None:
    kept, other = sectors
    client = Client()
    client.force_login(factories.administrator())
    address = reverse("wagtailadmin_pages:edit", args=[ProcedurePage.objects.get(name="B").pk])
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    merging.merge(kept, [other])
    streams = {f"{name}-count": "0" for name in ("steps", "channels", "dossier", "results")}
    response = client.post(address, form | streams | {"action-publish": "1"})
    assert response.status_code in {200, 422}
    assert "sector_links" in response.context["form"].formsets
    assert any(response.context["form"].formsets["sector_links"].errors)
    assert sectors_of("B") == ["Hộ tịch"]


def test_agencies_with_all_that_they_issue_and_are_part_of(tree: factories.Tree) -> None:
    kept, other = factories.agency("Sở Tư pháp"), factories.agency("Sở tư pháp tỉnh", phone="0255")
    part = factories.agency("Phòng A", parent=other)
    old = factories.agency("Sở cũ", successor=other, end_reason=AgencyEnd.MERGED)
    kept.parent = other
    kept.save()
    page = factories.procedure("A", agencies=("Sở Tư pháp", "Sở tư pháp tỉnh"), issuer=other)
    ProcedureAgency.objects.create(procedure=page, agency=other, role=AgencyRole.COORDINATING, sort_order=9)
    decision = factories.decision(issuer=other)
    draft = decision.save_revision()
    merging.merge(kept, [other])
    for row in (kept, part, old, page, decision, draft):
        row.refresh_from_db()
    assert kept.parent is None
    assert kept.phone == "0255"
    assert part.parent == old.successor == page.issuer == decision.issuer == draft.as_object().issuer == kept
    links = page.agency_links.order_by("role").values_list("role", "agency")
    assert list(links) == [(AgencyRole.COORDINATING, kept.pk), (AgencyRole.IMPLEMENTING, kept.pk)]


def test_an_agency_that_was_merged_by_law_stays(tree: factories.Tree) -> None:
    kept = factories.agency("Sở Tài chính")
    ended = factories.agency(
        "Sở Kế hoạch", successor=kept, end_reason=AgencyEnd.MERGED, ended_on=date(2025, 3, 1)
    )
    factories.procedure(agencies=("Sở Kế hoạch",))
    with pytest.raises(merging.NotMergeable):
        merging.merge(kept, [ended])
    assert ended.procedure_links.count() == 1
    again = factories.agency("Sở kế hoạch (cũ)")  # the same, written twice
    merging.merge(ended, [again])
    assert Agency.objects.filter(pk=ended.pk, successor=kept).exists()


def test_life_events(tree: factories.Tree) -> None:
    kept, other = (LifeEvent.objects.create(name=name) for name in ("Sinh con", "Có con"))
    page = factories.procedure()
    page.life_event_links = [ProcedureLifeEvent(life_event=other)]
    page.save_revision().publish()
    merging.merge(kept, [other])
    assert [link.life_event for link in ProcedurePage.objects.get().life_event_links.all()] == [kept]


@pytest.mark.parametrize("chosen", [[], ["itself"], ["gone"]])
def test_what_is_no_merge(chosen: list[str], sectors: tuple[Sector, Sector]) -> None:
    rows = {"itself": sectors[0], "gone": Sector(pk=0, name="Không có")}
    with pytest.raises(merging.NotMergeable):
        merging.merge(sectors[0], [rows[name] for name in chosen])
    assert sectors_of("C") == ["Hộ tich", "Hộ tịch"]


@pytest.mark.parametrize("path", ["/thu-tuc/", "/en/thu-tuc/", "/tim-kiem/", "/api/v1/search"])
def test_addresses_that_name_a_merged_sector_lead_on(path: str, sectors: tuple[Sector, Sector]) -> None:
    kept, other = sectors
    third = factories.sector("Khác")
    merging.merge(kept, [other])
    merging.merge(third, [kept])  # and that one in its turn
    response = Client().get(path, {"sector": other.slug, "level": "xa"})
    assert response.status_code == 301
    assert response.headers["Location"] == f"{path}?sector={third.slug}&level=xa"
    assert Client().get(path, {"sector": "khong-co"}).status_code == 400


def test_the_slug_of_a_merged_sector_that_lives_again(sectors: tuple[Sector, Sector]) -> None:
    kept, other = sectors
    merging.merge(kept, [other])
    again = Sector.objects.create(name="Hộ tich mới", slug=other.slug)
    assert Client().get("/thu-tuc/", {"sector": again.slug}).status_code == 200
    assert Client().get("/thu-tuc/", {"sector": again.slug, "page": "x"}).status_code == 400
    merging.merge(kept, [again])
    assert kept.merged.get().name == "Hộ tich mới"


def run(file: Path, *records: Data) -> list[str]:
    outcomes: list[str] = []
    Run(write(file, records), lambda result: outcomes.append(str(result.outcome))).execute()
    return outcomes


def test_imports_know_what_was_merged(tree: factories.Tree, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    before = record(sectors=["Hộ tịch cũ"], implementing_agency=["UBND xã", "Ủy ban nhân dân xã"])
    assert run(file, before) == ["created"]
    merging.merge(factories.sector("Hộ tịch"), [Sector.objects.get(name="Hộ tịch cũ")])
    merging.merge(Agency.objects.get(name="Ủy ban nhân dân xã"), [Agency.objects.get(name="UBND xã")])
    assert run(file, before) == ["unchanged"]
    assert run(file, before | {"conditions": "Mới"}) == ["updated"]
    page = ProcedurePage.objects.get()
    assert [link.sector.name for link in page.sector_links.all()] == ["Hộ tịch"]
    named = page.agency_links.filter(role=AgencyRole.IMPLEMENTING)
    assert [link.agency.name for link in named] == ["Ủy ban nhân dân xã"]
    assert not Agency.objects.filter(name="UBND xã").exists()


def user_with(*codenames: str) -> User:
    group = Group.objects.create(name="Danh mục")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user = User.objects.create_user("danh-muc", password="mat-khau-thu")
    user.groups.add(group)
    return user


def address(*rows: Any) -> str:
    url = reverse("wagtail_bulk_action", args=["procedures", type(rows[0])._meta.model_name, "merge"])
    return f"{url}?next=/admin/&" + "&".join(f"id={row.pk}" for row in rows)


def test_merging_in_the_admin(sectors: tuple[Sector, Sector]) -> None:
    kept, other = sectors
    client = Client()
    client.force_login(user_with("change_sector", "view_sector"))
    listing = client.get(reverse("wagtailsnippets_procedures_sector:list")).content.decode()
    assert "/bulk/procedures/sector/merge/" in listing
    html = client.get(address(kept, other)).content.decode()
    assert "Hộ tich (ho-tich-2, 2 " in html
    assert client.post(address(kept, other), {}).status_code == 200
    assert Sector.objects.filter(pk=other.pk).exists()
    assert client.post(address(kept, other), {"kept": kept.pk}).status_code == 302
    assert not Sector.objects.filter(pk=other.pk).exists()
    entry = ModelLogEntry.objects.get(action=merging.ACTION)
    assert (entry.object_id, entry.data) == (str(kept.pk), {"names": ["Hộ tich"]})
    history = client.get(reverse("wagtailsnippets_procedures_sector:history", args=[kept.pk]))
    assert "Hộ tich" in history.content.decode()


def test_one_row_alone_and_rows_that_one_may_not_change(sectors: tuple[Sector, Sector]) -> None:
    kept, other = sectors
    client = Client()
    client.force_login(factories.administrator())
    assert 'name="kept"' not in client.get(address(kept)).content.decode()
    assert client.post(address(kept), {"kept": kept.pk}).status_code == 200
    client.force_login(user_with("change_agency"))
    client.post(address(kept, other), {"kept": kept.pk})
    assert Sector.objects.filter(pk=other.pk).exists()


def test_an_agency_with_an_end_is_refused_in_the_admin(tree: factories.Tree) -> None:
    kept, ended = factories.agency("A"), factories.agency("B", ended_on=date(2025, 7, 1))
    client = Client()
    client.force_login(factories.administrator())
    response = client.post(address(kept, ended), {"kept": kept.pk})
    assert response.status_code == 200
    assert "“B”" in response.content.decode()
    assert Agency.objects.filter(pk=ended.pk).exists()


def test_the_command(sectors: tuple[Sector, Sector]) -> None:
    kept, other = sectors
    with pytest.raises(CommandError, match="khong-co"):
        call_command("merge_catalogue", "sector", kept.slug, "khong-co")
    call_command("merge_catalogue", "sector", kept.slug, other.slug)
    assert sectors_of("C") == ["Hộ tịch"]
    assert Page.objects.filter(live=True).exists()


def test_who_works_for_both_works_for_the_one_that_is_kept(tree: factories.Tree) -> None:
    kept, other = factories.agency("Sở Tư pháp"), factories.agency("Sở tư pháp tỉnh")
    both, one = (User.objects.create_user(name) for name in ("ca-hai", "mot"))
    for agency, user in ((kept, both), (other, both), (other, one)):
        AgencyPerson.objects.create(agency=agency, user=user)
    merging.merge(kept, [other])
    people = AgencyPerson.objects.order_by("user__username").values_list("agency", "user__username")
    assert list(people) == [(kept.pk, "ca-hai"), (kept.pk, "mot")]
