"""The results page `/tim-kiem/` and the suggestions `/goi-y/`."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import noting, service, suggestions
from search.paging import Paging
from search.parameters import FACETS, SORTS, parse
from search.results import Results

SHOWN_VALUES = 10
"""Values of a filter on the page; the address that ends in `more=sector` shows all of that one."""


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show the results of a search, with a sentence at each field of the address that is not right."""
    parsed = parse(request.GET)
    parameters, more = parsed.parameters, request.GET.get("more", "")
    context = {"parameters": parameters, "errors": parsed.errors, "sorts": SORTS, "order": parameters.order}
    if "q" in parsed.errors:  # without its words it would be another search
        return render(request, "search/results.html", context, status=400)
    try:
        found = service.search(parameters)
    except service.SearchUnavailable:
        context["unavailable"] = service.UNAVAILABLE
        response = render(request, "search/results.html", context, status=503)
        response["Retry-After"] = service.RETRY_SECONDS
        return response
    if not (parsed.errors or more):
        noting.note_search(parameters, found.total)
    context |= {
        "found": found,
        "paged": Paging(found),
        "filters": _filters(found, parsed.errors, more if more in FACETS else ""),
        "canonical_query": found.parameters.query_string(),
    }
    return render(request, "search/results.html", context, status=400 if parsed.errors else 200)


def _filters(found: Results, errors: dict[str, list[str]], more: str) -> list[dict[str, object]]:
    """Return what the form shows of each filter: the values that leave most, those chosen, or all of one."""
    return [
        {
            "facet": facet,
            "sentences": errors.get(facet.name, []),
            "shown": facet.values if facet.name == more else facet.shown(SHOWN_VALUES),
            "rest": 0 if facet.name == more else len(facet.values) - len(facet.shown(SHOWN_VALUES)),
        }
        for facet in found.facets
    ]


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Suggest while a person types; what cannot be answered is no suggestion, as the form works without."""
    parsed = parse(request.GET)
    if errors := parsed.errors.get("q"):
        return JsonResponse({"errors": {"q": errors}}, status=400)
    try:
        found = suggestions.suggest(parsed.parameters.words)
    except service.SearchUnavailable:
        return JsonResponse(
            {"errors": {"search": [str(service.UNAVAILABLE)]}},
            status=503,
            headers={"Retry-After": service.RETRY_SECONDS},
        )
    answer = {"suggestions": [asdict(suggestion) for suggestion in found]}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
