"""`/api/v1/`: the search as data."""

from datetime import date as Date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import Field, NinjaAPI, Query, Schema, Status
from ninja.openapi.docs import DocsBase
from ninja.renderers import JSONRenderer

from search import notices, service
from search.parameters import FACETS, SORTS, parse


class Docs(DocsBase):
    """The description of the API as a page of ours: no script, nothing from another host."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Show every operation with its parameters."""
        return render(request, "search/api.html", {"schema": api.get_openapi_schema()})


class ReadableJSON(JSONRenderer):
    """Vietnamese as people read it, and half as long as escaped."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Minh Bạch",
    version="v1",
    description="The procedures, decisions and news of the province, as data. No key is needed.",
    docs=Docs(),
    renderer=ReadableJSON(),
)


class SearchQuery(Schema):
    """Parameters of a search. Each filter may be repeated: its values add up, different filters narrow."""

    q: str = Field(
        "", description="Words, a code (1.001193) or a number (61/2018/NĐ-CP); at most 1,000 characters"
    )
    level: list[str] = Field([], description="bo, tinh, huyen, xa, khac; chua-xac-dinh: none is known")
    sector: list[str] = Field([], description="Slug of a sector: ho-tich")
    type: list[str] = Field([], description="procedure, decision, article, page")
    agency: list[str] = Field([], description="Slug of an agency")
    audience: list[str] = Field([], description="Slug of an audience: doanh-nghiep")
    channel: list[str] = Field([], description="truc-tiep, truc-tuyen, buu-chinh")
    status: list[str] = Field([], description="hieu-luc, sap-hieu-luc, bi-thay-the, bai-bo")
    sort: str = Field("", description=f"{', '.join(SORTS)}; by default relevance, without words newest")
    exact: str = Field("", description="1: the words as they are typed, slips are not corrected")
    anylevel: str = Field(
        "", description="1: a level in the words (cấp xã) is a word like others, and not preferred"
    )
    page: str = Field(
        "1", description="Page of the results, from 1; beyond the last page, the last is returned"
    )


class ResultOut(Schema):
    """A page that was found. Sectors and levels are names; where filters need slugs, the facets have them."""

    type: str
    code: str
    title: str
    url: str
    sectors: list[str]
    levels: list[str]
    summary: str
    issuer: str
    limit: str = Field(description="How long it takes, where it can be said in a few words")
    fee: str = Field(description="What it costs, likewise")
    pinned: bool = Field(description="Editors have put it first for these words")
    place: str = Field(description="The other province that alone has this procedure, else empty")
    status: str
    date: Date | None


class FacetValueOut(Schema):
    """A value of a filter and its count under all other filters."""

    value: str
    label: str
    count: int


class UnderstoodOut(Schema):
    """How the words were understood; each is empty where they are taken as they stand."""

    corrected: str = Field(
        description="The words that were searched, without the slips; exact=1 takes those typed"
    )
    level: str = Field(description="Value of the filter that the words name and that comes first, not alone")
    sector: str = Field(description="Value of the filter whose name the words are")


class RetiredOut(Schema):
    """A code that has left the national catalogue."""

    code: str
    name: str
    seen: str = Field(description="The month in which it was last seen there: 2025-05")


class SearchAnswer(Schema):
    """A page of results, and every filter with all its values."""

    total: int = Field(description="Exact, also beyond the last page")
    degraded: bool = Field(
        description="The search server is away: only names, codes and keywords were searched, and of the"
        " filters only level, sector and type are counted"
    )
    page: int
    pages: int = Field(description="Pages that can be asked for; more than 10,000 results are on no page")
    results: list[ResultOut]
    understood: UnderstoodOut
    retired: list[RetiredOut] = Field(description="Codes in the words that are no more")
    unknown: list[str] = Field(description="Codes in the words that nobody knows")
    nearest: list[ResultOut] = Field(description="For a code that is no more: what has a like name today")
    facets: dict[str, list[FacetValueOut]] = Field(description=", ".join(FACETS))


class Errors(Schema):
    """A sentence for each field that is not right."""

    errors: dict[str, list[str]]


@api.get("/search", response={200: SearchAnswer, 400: Errors}, summary="Search")
def search(request: HttpRequest, query: Query[SearchQuery]) -> Status[dict[str, Any]]:
    """Find pages by words, codes, numbers and filters."""
    parsed = parse(request.GET)
    if parsed.errors:
        return Status(400, {"errors": parsed.errors})
    found = service.search(parsed.parameters, marked=False)
    answer = {
        "total": found.total,
        "degraded": found.degraded,
        "page": found.parameters.page,
        "pages": found.pages,
        "results": [vars(result) for result in found.results],
        "understood": {name: getattr(found.meant, name) for name in ("corrected", "level", "sector")},
        "retired": [vars(code) for code in found.retired],
        "unknown": notices.unknown(found),
        "nearest": [vars(result) for result in found.nearest],
        "facets": {facet.name: [vars(value) for value in facet.values] for facet in found.facets},
    }
    return Status(200, answer)
