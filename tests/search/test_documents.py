"""The documents of each page type: their one shape, made in a few queries."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures import parts
from procedures.models import ProcedurePage, SectorAlias
from search import documents
from search.documents import Demotion, SearchDocument, sources
from search.index import LONGEST_KEY, PageDocument, stored
from search.indexing import read_truth
from tests import factories

pytestmark = pytest.mark.django_db


def document_of(page_id: int) -> SearchDocument:
    (document,) = read_truth([page_id])
    return document


def full_procedure() -> ProcedurePage:
    return factories.procedure(
        "Đăng ký khai sinh",
        code="9.100001",
        code_suffix="000.00.00.H48",
        decision_number="570/QĐ-BTP",
        levels=("xa", "bo"),
        sectors=("Hộ tịch",),
        legal=("60/2014/QH13",),
        issuer=factories.agency("Bộ Tư pháp"),
        keywords="giấy khai sinh",
        conditions="Trẻ em dưới 6 tuổi",
        steps=[parts.step_group([parts.step("Nộp hồ sơ", "Bước 1")])],
        channels=[parts.channel("truc-tuyen", parts.limit(1, "ngay", ""), note="Qua cổng")],
        dossier=[parts.dossier_case([parts.paper("Giấy chứng sinh", forms=[parts.form("Tờ khai mẫu 01")])])],
        results=[parts.result("Giấy khai sinh")],
    )


def test_a_procedure() -> None:
    page = full_procedure()
    SectorAlias.objects.create(sector=factories.sector("Hộ tịch"), name="Hộ tịch và chứng thực")
    document = document_of(page.pk)
    assert document.url == f"/thu-tuc/{page.slug}/"
    assert document.codes == ("9.100001", "9.100001.000.00.00.H48")
    assert document.numbers == ("570/QĐ-BTP", "60/2014/QH13")
    assert document.levels == ("bo", "xa")
    assert document.sector_names == ("Hộ tịch",)
    assert document.keywords.split("\n") == ["giấy khai sinh", "Hộ tịch và chứng thực"]
    assert document.channels == ("truc-tuyen",)
    assert document.results == document.summary == "Giấy khai sinh"
    assert document.dossier == "Giấy chứng sinh\nTờ khai mẫu 01"
    assert document.steps == "Bước 1\nNộp hồ sơ"
    assert document.conditions == "Trẻ em dưới 6 tuổi"
    assert "Qua cổng" in document.body
    assert "Luật 60/2014/QH13 Luật Hộ tịch" in document.legal
    assert document.issuer == "Bộ Tư pháp"
    assert document.demotions == ()


def test_what_ranks_a_procedure_down() -> None:
    foreign = document_of(factories.procedure(local_to="UBND tỉnh Nghệ An").pk)
    assert (foreign.place, foreign.demotions) == ("UBND tỉnh Nghệ An", (Demotion.FOREIGN,))
    own = document_of(factories.procedure(local_to="UBND tỉnh Quảng Ngãi").pk)
    assert (own.place, own.demotions) == ("", ())
    assert document_of(factories.procedure(suspect="-Xoa").pk).demotions == (Demotion.SUSPECT,)
    assert document_of(factories.procedure(status="bai-bo").pk).demotions == (Demotion.ENDED,)


def test_a_procedure_of_no_known_level_can_be_filtered() -> None:
    assert document_of(factories.procedure(levels=()).pk).levels == (documents.NO_LEVEL,)


def test_a_decision() -> None:
    issuer = factories.agency("Ủy ban nhân dân tỉnh")
    body = [("text", "<p>Điều 1. Công bố <b>danh mục</b></p>"), ("quote", "Trích")]
    page = factories.decision(
        "12/QĐ-UBND", issuer=issuer, date_signed=date(2021, 3, 4), signer="A", body=body
    )
    document = document_of(page.pk)
    assert (document.type, document.code, document.date) == ("decision", "12/QĐ-UBND", date(2021, 3, 4))
    assert document.agencies == (issuer.slug,)
    assert "Công bố danh mục" in " ".join(document.body.split())
    assert "<" not in document.body
    assert stored(document)["codes"] == ["12qdubnd"]


def test_an_article_and_a_page_of_information() -> None:
    article = factories.article("Tin", lead="Mở đầu", date=date(2021, 5, 1))
    article.topics.add("một cửa")
    article.save()
    document = document_of(article.pk)
    assert (document.type, document.summary, document.keywords) == ("article", "Mở đầu", "một cửa")
    page = document_of(factories.information("Giới thiệu", body=[("text", "<p>Về chúng tôi</p>")]).pk)
    assert (page.type, page.url, page.body) == ("page", "/gioi-thieu/", "Về chúng tôi")


def test_what_the_public_may_not_see_has_no_document() -> None:
    draft = factories.procedure(live=False)
    assert list(read_truth([draft.pk, 999_999])) == []


def test_many_procedures_take_as_many_queries_as_one() -> None:
    first = full_procedure()
    with CaptureQueriesContext(
        connection,
    ) as one:
        list(read_truth([first.pk]))
    pages = [
        factories.procedure(f"Thủ tục {n}", legal=(f"{n}/2020/NĐ-CP",), sectors=(f"Lĩnh vực {n}",))
        for n in range(5)
    ]
    with CaptureQueriesContext(connection) as many:
        assert len(list(read_truth([page.pk for page in pages]))) == 5
    assert len(many) <= len(one) <= 12


def test_the_hash_is_of_the_content_alone() -> None:
    document = document_of(full_procedure().pk)
    assert stored(document)["hash"] == stored(document)["hash"]
    assert stored(document)["hash"] != stored(SearchDocument(**vars(document) | {"title": "Khác"}))["hash"]


def test_every_field_of_a_document_is_in_the_mapping() -> None:
    mapped = set(PageDocument._doc_type.mapping.properties.to_dict()["properties"])
    derived = {"name", "names", "acts", "about", "agency_keys", "prose", "everything", "elsewhere", "hash"}
    assert set(SearchDocument.__dataclass_fields__) | derived == mapped


def test_no_key_is_too_long_for_the_index() -> None:
    limits = [
        field.to_dict().get("ignore_above")
        for name, field in PageDocument._doc_type.mapping.properties._params["properties"].items()
        if name in {"codes", "numbers", "sort_key", "sectors"}
    ]
    assert limits == [LONGEST_KEY] * 4


def test_each_page_type_is_decided() -> None:
    assert {source.type for source in sources.values()} == {"procedure", "decision", "article", "page"}
    call_command("check")
