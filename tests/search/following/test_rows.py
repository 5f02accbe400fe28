"""The index follows all that documents quote, and the rows that join it to pages, saved or deleted alone."""

from django.apps import apps
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from taggit.models import Tag
from wagtail.models import Page

from news.models import ArticlePage, ArticleTopic
from procedures.merging import merge
from procedures.models import (
    Audience,
    AuthorityLevel,
    LegalBasis,
    LifeEvent,
    Phrasing,
    ProcedureAgency,
    ProcedureLifeEvent,
    ProcedurePage,
    ProcedureSector,
    SectorAlias,
)
from search import documents
from search.models import OutboxEntry
from tests import factories
from tests.search.conftest import Search, counts


def test_renamed_sectors_agencies_and_life_events(search: Search) -> None:
    page = factories.procedure(sectors=("Lĩnh vực cũ",), agencies=("Sở Cũ",))
    event = LifeEvent.objects.create(name="quagga ba")
    page.life_event_links = [ProcedureLifeEvent(life_event=event)]
    page.save_revision().publish()
    assert search("quagga ba").total == 1
    for quoted, name in (
        (factories.sector("Lĩnh vực cũ"), "zebra một"),
        (factories.agency("Sở Cũ"), "zebra hai"),
    ):
        quoted.name = name
        quoted.save()
        assert search(name).total == 1
    assert search("Lĩnh vực cũ").total == 0
    event.delete()
    assert search("quagga ba").total == 0


def test_a_renamed_legal_document_and_agency_that_issues(search: Search) -> None:
    factories.procedure(legal=("60/2014/QH13",), issuer=factories.agency("Bộ Cũ"))
    factories.decision(issuer=factories.agency("Bộ Cũ"))
    document, agency = factories.legal_document("60/2014/QH13"), factories.agency("Bộ Cũ")
    document.title, agency.name = "zebra", "quagga"
    document.save()
    agency.save()
    assert search("zebra").total == 1
    assert {result.issuer for result in search().results} == {"quagga"}


def test_lone_rows_between_a_procedure_and_what_it_refers_to(search: Search) -> None:
    page, other = factories.procedure("Một"), factories.procedure("Hai")
    event = LifeEvent.objects.create(name="zebra sự kiện")
    rows = (
        LegalBasis(document=factories.legal_document("77/2077/QH77", title="zebra luật")),
        ProcedureSector(sector=factories.sector("zebra lĩnh vực")),
        ProcedureAgency(agency=factories.agency("zebra cơ quan")),
        ProcedureLifeEvent(life_event=event),
        Phrasing(text="zebra người dân"),
    )
    for row in rows:
        row.procedure = page
        row.save()
    for word in ("luật", "lĩnh vực", "cơ quan", "sự kiện", "người dân"):
        assert [result.title for result in search(f"zebra {word}", exact="1").results] == ["Một"]
    for row in rows:
        alone = type(row).objects.get(pk=row.pk)
        alone.procedure = other
        alone.save()
    assert {result.title for result in search("zebra").results} == {"Hai"}
    for row in rows:
        type(row).objects.filter(pk=row.pk).delete()
    assert search("zebra").total == 0


def test_other_spellings_of_a_sector(search: Search) -> None:
    factories.procedure("Một", sectors=("Đất đai",))
    factories.procedure("Hai", sectors=("Nhà ở",))
    alias = SectorAlias.objects.create(sector=factories.sector("Đất đai"), name="zebra")
    assert [result.title for result in search("zebra").results] == ["Một"]
    alias = SectorAlias.objects.get(pk=alias.pk)
    alias.sector = factories.sector("Nhà ở")
    alias.save()
    assert [result.title for result in search("zebra").results] == ["Hai"]
    alias.delete()
    assert search("zebra").total == 0


def test_merged_sectors_and_agencies(search: Search) -> None:
    factories.procedure("Một", sectors=("zebra",), agencies=("Sở A",))
    factories.procedure("Hai", sectors=("quagga",), agencies=("Sở B",))
    factories.decision(issuer=factories.agency("Sở B"))
    assert counts(search(), "sector") == {"zebra": 1, "quagga": 1}
    merge(factories.sector("zebra"), [factories.sector("quagga")])
    merge(factories.agency("Sở A"), [factories.agency("Sở B")])
    assert counts(search(), "sector") == {"zebra": 2}
    assert counts(search(), "agency") == {"so-a": 3}
    assert search("quagga").total == search("zebra").total == 2


def test_topics_of_articles(search: Search) -> None:
    page = factories.article("Một")
    tag = Tag.objects.create(name="zebra")
    link = ArticleTopic.objects.create(content_object=page, tag=tag)
    assert search("zebra").total == 1
    tag.name = "quagga"
    tag.save()
    assert (search("zebra").total, search("quagga").total) == (0, 1)
    link.delete()
    assert search("quagga").total == 0
    page = ArticlePage.objects.get()
    page.topics.add("quagga")
    page.save()
    assert search("quagga").total == 1
    Tag.objects.filter(name="quagga").delete()
    assert search("quagga").total == 0


def test_levels_and_audiences_from_the_other_side(search: Search) -> None:
    page = factories.procedure(levels=("xa",))
    commune, province = (AuthorityLevel.objects.get(pk=pk).procedures for pk in ("xa", "tinh"))  # type: ignore[attr-defined]
    province.add(page)
    assert counts(search(), "level") == {"xa": 1, "tinh": 1}
    province.remove(page)
    assert counts(search(), "level") == {"xa": 1}
    commune.clear()
    assert counts(search(), "level") == {documents.NO_LEVEL: 1}
    assert counts(search(), "audience") == {"cong-dan-viet-nam": 1}
    Audience.objects.get(pk="cong-dan-viet-nam").delete()
    assert counts(search(), "audience") == {}


def test_publishing_a_page_with_thirty_legal_bases_leaves_few_rows() -> None:
    numbers = tuple(f"{number}/2014/QH13" for number in range(30))
    page = factories.procedure(legal=numbers)
    assert OutboxEntry.objects.filter(page_id=page.pk).count() == 1
    OutboxEntry.objects.all().delete()
    page.legal_bases = [LegalBasis(document=basis.document) for basis in page.legal_bases.all()]
    page.levels = ["tinh", "xa"]
    page.save_revision().publish()
    assert OutboxEntry.objects.filter(page_id=page.pk).count() == 1


def test_each_model_is_listened_to() -> None:
    models = [model for model in apps.get_models() if issubclass(model, Page)]
    models += [model for source in documents.sources.values() for model in source.quotes]
    for model in models:
        for signal in (pre_save, post_save, pre_delete):
            receivers = signal._live_receivers(model)[0]
            assert any(receiver.__module__ == "search.signal_handlers" for receiver in receivers), model
    for choice in (ProcedurePage.levels, ProcedurePage.audiences):
        assert m2m_changed.has_listeners(choice.through)
