"""What pages say of themselves to machines: JSON-LD of schema.org that cannot leave its element."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from home import structured
from home.models import ProvinceSettings
from procedures import parts
from procedures.models import ProcedurePage
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]

_THING = {"name", "description", "identifier", "url", "sameAs", "potentialAction", "image"}
_ORGANIZATION = _THING | {"address", "telephone", "email", "areaServed"}
_CREATIVE_WORK = _THING | {"inLanguage", "publisher", "author", "datePublished", "dateModified", "headline"}
VOCABULARY: dict[str, tuple[set[str], set[str]]] = {
    # type: its properties in schema.org (those that we may say), and what must be there: for articles and
    # breadcrumbs by Google's documentation, else by what makes it worth saying.
    "WebSite": (_CREATIVE_WORK, {"name", "url"}),
    "SearchAction": (_THING | {"target", "query-input"}, {"target", "query-input"}),
    "EntryPoint": (_THING | {"urlTemplate"}, {"urlTemplate"}),
    "GovernmentOrganization": (_ORGANIZATION, {"name"}),
    "Person": (_THING, {"name"}),
    "AdministrativeArea": (_THING, {"name"}),
    "Country": (_THING, {"name"}),
    "Place": (_THING | {"address"}, {"name"}),
    "Audience": (_THING | {"audienceType"}, {"audienceType"}),
    "ContactPoint": (_THING | {"telephone"}, {"telephone"}),
    "ServiceChannel": (
        _THING | {"serviceUrl", "serviceLocation", "servicePhone"},
        set(),
    ),
    "Offer": (_THING | {"price", "priceCurrency"}, {"price", "priceCurrency"}),
    "AggregateOffer": (_THING | {"lowPrice", "highPrice", "priceCurrency"}, {"lowPrice", "priceCurrency"}),
    "GovernmentService": (
        _THING
        | {"serviceType", "provider", "areaServed", "audience", "availableChannel"}
        | {"offers", "termsOfService"},
        {"name", "identifier", "url"},
    ),
    "Legislation": (
        _CREATIVE_WORK
        | {"legislationIdentifier", "legislationType", "legislationDate", "legislationPassedBy"}
        | {"legislationJurisdiction"},
        {"name", "legislationIdentifier", "url"},
    ),
    "NewsArticle": (_CREATIVE_WORK, {"headline", "image", "datePublished", "dateModified", "author"}),
    "BreadcrumbList": ({"itemListElement"}, {"itemListElement"}),
    "ListItem": ({"position", "name", "item"}, {"position", "name"}),
}


def _data(client: Client, address: str) -> dict[str, dict[str, Any]]:
    """Return what a page says, by type; each is held against the vocabulary."""
    html = client.get(address).content.decode()
    found: dict[str, dict[str, Any]] = {}
    for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
        said = json.loads(text)
        assert said.pop("@context") == "https://schema.org"
        for each in said.get("@graph", [said]):
            assert each["@type"] not in found, address
            found[each["@type"]] = each
            assert list(_wrong(each)) == [], address
    return found


def _wrong(data: Any) -> Iterator[str]:
    """Yield what the vocabulary does not have, what is missing, and what is empty."""
    if data in (None, "", [], {}):
        yield "empty"
    elif isinstance(data, list):
        for each in data:
            yield from _wrong(each)
    elif isinstance(data, dict) and data.keys() != {"@id"}:
        known, needed = VOCABULARY[data["@type"]]
        names = {name for name in data if not name.startswith("@")}
        yield from (f"{data['@type']} has no {name}" for name in names - known)
        yield from (f"{data['@type']} needs {name}" for name in needed - names)
        for value in data.values():
            yield from _wrong(value)


def _office(tree: factories.Tree) -> None:
    office = ProvinceSettings.for_site(tree.home.get_site())
    office.province, office.agency_name, office.phone = "Quảng Ngãi", "Văn phòng tỉnh", "0255 3822 000"
    office.save()


def _procedure(*fees: parts.Raw, **fields: Any) -> ProcedurePage:
    channel = parts.channel("truc-tuyen", parts.limit(5, "ngay-lam-viec"), fees)
    said: dict[str, Any] = {"channels": [channel]}
    return factories.procedure(**said | fields)


def test_the_home_page_is_the_portal_and_its_office(client: Client, tree: factories.Tree) -> None:
    _office(tree)
    data = _data(client, "/")
    assert data.keys() == {"WebSite", "GovernmentOrganization"}
    assert data["WebSite"]["potentialAction"]["target"]["urlTemplate"] == (
        "http://testserver/tim-kiem/?q={search_term_string}"
    )
    assert data["WebSite"]["publisher"]["@id"] == data["GovernmentOrganization"]["@id"]
    assert data["GovernmentOrganization"]["areaServed"]["name"] == "Quảng Ngãi"
    assert data["GovernmentOrganization"]["telephone"] == "0255 3822 000"


def test_a_procedure_is_a_service_of_the_government(client: Client, tree: factories.Tree) -> None:
    _office(tree)
    factories.agency("Sở Tư pháp", address="108 Phan Đình Phùng", phone="0255 1")
    page = _procedure(
        parts.fee(8000),
        code="1.001193",
        agencies=("Sở Tư pháp",),
        legal=("60/2014/QH13",),
        summary="Cho trẻ mới sinh",
        online_url="https://dichvucong.gov.vn/nop",
    )
    said = _data(client, page.url)["GovernmentService"]
    assert said["name"] == "Đăng ký khai sinh"
    assert said["identifier"] == "1.001193"
    assert said["description"] == "Cho trẻ mới sinh"
    assert said["url"] == f"http://testserver{page.url}"
    assert said["serviceType"] == "Hộ tịch"
    assert said["provider"][0]["name"] == "Sở Tư pháp"
    assert said["areaServed"] == {"@type": "AdministrativeArea", "name": "Quảng Ngãi"}
    assert said["audience"]["audienceType"] == "Công dân Việt Nam"
    online, office = said["availableChannel"]
    assert online["serviceUrl"] == "https://dichvucong.gov.vn/nop"
    assert office["serviceLocation"]["address"] == "108 Phan Đình Phùng"
    assert office["servicePhone"]["telephone"] == "0255 1"
    assert said["offers"] == {"@type": "Offer", "price": "8000", "priceCurrency": "VND"}
    assert said["termsOfService"] == "#can-cu"


@pytest.mark.parametrize(
    ("fees", "offers"),
    [
        ([parts.fee(note="Miễn phí")], {"@type": "Offer", "price": "0", "priceCurrency": "VND"}),
        (
            [parts.fee(20000), parts.fee(50000)],
            {"@type": "AggregateOffer", "lowPrice": "20000", "highPrice": "50000", "priceCurrency": "VND"},
        ),
        ([parts.fee(20000), parts.fee(note="Theo nghị quyết của tỉnh")], None),
        ([parts.fee(20000), parts.fee(10, currency="USD")], None),
        ([parts.fee(0)], None),
        ([], None),
    ],
)
def test_prices_are_said_only_where_all_are_known(
    fees: list[parts.Raw], offers: dict[str, str] | None, client: Client, tree: factories.Tree
) -> None:
    assert _data(client, _procedure(*fees).url)["GovernmentService"].get("offers") == offers


def test_what_nobody_can_use_is_no_service(client: Client, tree: factories.Tree) -> None:
    for status in ("bai-bo", "bi-thay-the"):
        assert "GovernmentService" not in _data(client, _procedure(status=status).url)
    assert "GovernmentService" in _data(client, _procedure(status="sap-hieu-luc").url)


def test_a_procedure_of_another_province_is_served_there(client: Client, tree: factories.Tree) -> None:
    said = _data(client, _procedure(local_to="Nghệ An", online_url="https://a.vn/").url)["GovernmentService"]
    assert said["areaServed"]["name"] == "Nghệ An"
    assert "availableChannel" not in said


def test_an_article_is_news(client: Client, tree: factories.Tree) -> None:
    _office(tree)
    page = factories.article("Một năm cải cách", lead="Nhanh hơn", author="Lan", date=date(2026, 6, 30))
    said = _data(client, page.url)["NewsArticle"]
    assert said["headline"] == "Một năm cải cách"
    assert said["author"] == [{"@type": "Person", "name": "Lan"}]
    assert said["publisher"]["name"] == "Văn phòng tỉnh"
    assert said["datePublished"] == "2026-06-30"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d", said["dateModified"])
    assert said["image"][0].startswith("http://testserver/chia-se/")
    assert len(_data(client, factories.article("Dài " * 60).url)["NewsArticle"]["headline"]) <= 110


def test_a_decision_is_legislation(client: Client, tree: factories.Tree) -> None:
    page = factories.decision(issuer=factories.agency("Ủy ban nhân dân tỉnh"), date_signed=date(2026, 6, 30))
    said = _data(client, page.url)["Legislation"]
    assert said["legislationIdentifier"] == "12/QĐ-UBND"
    assert said["legislationDate"] == "2026-06-30"
    assert said["legislationPassedBy"]["name"] == "Ủy ban nhân dân tỉnh"
    assert "legislationJurisdiction" not in said  # no province is set


def test_breadcrumbs_are_those_that_are_shown(client: Client, tree: factories.Tree) -> None:
    pages = [factories.procedure(), factories.decision(), factories.article(), factories.information()]
    addresses = [*(page.url for page in pages), "/thu-tuc/", "/thu-tuc/linh-vuc/", f"/en{pages[0].url}"]
    for address in addresses:
        html = client.get(address).content.decode()
        shown = re.findall(r'<a class="govuk-breadcrumbs__link" href="([^"]+)"', html)
        items = _data(client, address)["BreadcrumbList"]["itemListElement"]
        assert len(items) >= 2, address
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert [item["item"] for item in items if "item" in item] == [
            f"http://testserver{url}" for url in shown
        ]
        assert all("item" in item for item in items[:-1]), address
    names = _data(client, addresses[0])["BreadcrumbList"]["itemListElement"]
    assert [item["name"] for item in names] == ["Trang chủ", tree.procedures.title, pages[0].title]


def test_no_text_can_leave_the_element(client: Client, tree: factories.Tree) -> None:
    evil = '</script><script>alert(1)</script><!-- & "\u2028'
    page = _procedure(name=f"Tên {evil}", summary=evil)
    html = client.get(page.url).content.decode()
    assert "<script>alert" not in html
    assert _data(client, page.url)["GovernmentService"]["name"].startswith("Tên </script><script>alert(1)")


def test_nothing_empty_is_said() -> None:
    said = structured.script({"@type": "Thing", "name": "", "image": [None, {"@type": "Thing"}], "url": {}})
    assert said == ""
    assert isinstance(said, SafeString)
    kept = structured.script({"@type": "Offer", "price": 0, "seller": {"@id": "#a"}})
    assert kept == (
        '<script type="application/ld+json">'
        '{"@context":"https://schema.org","@type":"Offer","price":0,"seller":{"@id":"#a"}}</script>\n'
    )


def test_the_head_of_a_full_procedure_is_light(client: Client, tree: factories.Tree) -> None:
    _office(tree)
    page = _procedure(parts.fee(8000), name="Tên rất dài " * 40, legal=("60/2014/QH13",), summary="Dài " * 90)
    html = client.get(page.url).content.decode()
    ours = re.findall(r'<meta property="og:[^>]+>|<script type="application/ld\+json">.*?</script>', html)
    assert len(ours) > 8
    assert sum(len(text.encode()) for text in ours) < 3072
