"""`/api/v1/search`: the exact shape, and what is said of bad parameters."""

from typing import Any

import pytest
from django.test import Client

from procedures.models import RetiredCode
from tests import factories
from tests.search.conftest import Search


def get(client: Client, status: int = 200, **parameters: Any) -> Any:
    response = client.get("/api/v1/search", parameters)
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def test_the_shape_of_an_answer(client: Client, search: Search) -> None:
    page = factories.procedure(
        "Đăng ký khai sinh",
        code="9.400001",
        levels=("xa", "bo"),
        summary="Để có giấy khai sinh",
        issuer=factories.agency("Bộ Tư pháp"),
    )
    search()
    answer = get(client, q="giay khai sinh")
    date = page.last_published_at.astimezone().date().isoformat()
    assert {name: answer[name] for name in ("total", "page", "pages")} == {"total": 1, "page": 1, "pages": 1}
    assert answer["results"] == [
        {
            "type": "procedure",
            "code": "9.400001",
            "title": "Đăng ký khai sinh",
            "url": page.url,
            "sectors": ["Hộ tịch"],
            "levels": ["Cấp bộ", "Cấp xã"],
            "summary": "Để có giấy khai sinh",
            "issuer": "Bộ Tư pháp",
            "limit": "",
            "fee": "",
            "pinned": False,
            "place": "",
            "status": "hieu-luc",
            "date": date,
        }
    ]
    assert answer["understood"] == {"corrected": "", "level": "", "sector": ""}
    assert answer["retired"] == answer["unknown"] == answer["nearest"] == []
    assert set(answer["facets"]) == {"type", "sector", "level", "agency", "audience", "channel", "status"}
    assert answer["facets"]["level"] == [
        {"value": "bo", "label": "Cấp bộ", "count": 1},
        {"value": "xa", "label": "Cấp xã", "count": 1},
    ]


def test_what_was_understood(client: Client, search: Search) -> None:
    factories.procedure("Nuôi hươu sao", levels=("tinh", "xa"), sectors=("Chăn nuôi",))
    search()
    answer = get(client, q="nuôi hươu sao cấp xã")
    assert answer["understood"] == {"corrected": "", "level": "xa", "sector": ""}
    assert get(client, q="nuôi hươu sao cấp xã", anylevel="1")["understood"]["level"] == ""


def test_codes_that_are_no_more(client: Client, search: Search) -> None:
    factories.procedure("Nuôi hươu sao", code="9.400002")
    RetiredCode.objects.create(code="1.999001", key="1999001", name="Nuôi hươu", seen="2025-05")
    search()
    answer = get(client, q="1.999001 1.999002")
    assert answer["retired"] == [{"code": "1.999001", "name": "Nuôi hươu", "seen": "2025-05"}]
    assert answer["unknown"] == ["1.999002"]
    assert [found["code"] for found in answer["nearest"]] == ["9.400002"]
    assert get(client, q="9.400002")["results"][0]["code"] == "9.400002"  # the API leads nowhere else


def test_filters_repeat(client: Client, search: Search) -> None:
    for level in ("xa", "tinh", "bo"):
        factories.procedure(f"zebra {level}", levels=(level,))
    search()
    assert get(client, q="zebra", level=["xa", "tinh"])["total"] == 2


def test_errors_are_sentences_at_their_fields(client: Client, search: Search) -> None:
    answer = get(client, 400, q="a" * 2000, page="abc", sort="x", level="lang", sector="khong-co")
    assert set(answer) == {"errors"}
    assert set(answer["errors"]) == {"q", "page", "sort", "level", "sector"}
    assert all(isinstance(sentence, str) for sentences in answer["errors"].values() for sentence in sentences)


@pytest.mark.parametrize("parameters", [{"q[]": "khai"}, {"linh_vuc": "abc"}, {"utm_source": "x"}])
def test_parameters_that_are_not_ours_are_left_alone(client: Client, search: Search, parameters: Any) -> None:
    assert get(client, **parameters)["total"] == 0


def test_the_description_is_complete_and_from_here(client: Client, db: None) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    operation = schema["paths"]["/api/v1/search"]["get"]
    names = {parameter["name"] for parameter in operation["parameters"]}
    assert names == {
        "q",
        "level",
        "sector",
        "type",
        "agency",
        "audience",
        "channel",
        "status",
        "exact",
        "anylevel",
        "sort",
        "page",
    }
    assert set(operation["responses"]) == {"200", "400"}
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "cdn" not in page.content.decode()
