"""The results page `/tim-kiem/` and the suggestions `/goi-y/`."""

from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from search import documents, keys, notices, noting, service, suggestions
from search.paging import Paging
from search.parameters import FACETS, SearchParameters, parse
from search.results import Facet, Results, localised

SHOWN_VALUES = 10
"""Values of a filter on the page; the address that ends in `more=sector` is a page of all of that one."""


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show the results of a search, with a sentence at each field of the address that is not right."""
    parsed = parse(request.GET)
    parameters = parsed.parameters
    context = {"parameters": parameters, "errors": parsed.errors, "sentences": parsed.sentences}
    if "q" in parsed.errors:  # without its words it would be another search
        return render(request, "search/results.html", context, status=400)
    if not parsed.errors and (address := _page_of_code(parameters)):
        return HttpResponseRedirect(localised(address))
    if not parsed.errors and request.GET.get("more") in FACETS:
        return _more(request, parameters)
    found = service.search(parameters)
    if not (parsed.errors or found.degraded):
        noting.note_search(parameters, found.total)
    paged = Paging(found)
    context |= {
        "found": found,
        "paged": paged,
        "ranked": notices.ranked(found, paged.page.start_index()),
        "siblings": notices.siblings(found),
        "understood": notices.understood(found),
        "retired": notices.retired(found),
        "unknown": notices.unknown(found),
        "filters": _filters(found, parsed.errors),
        "narrowable": bool(found.total or found.chosen or parsed.errors),
        "unfolded": bool(parsed.errors),
        "canonical_query": found.parameters.query_string(),
        "whole_query": parameters.with_page(1).query_string(),
    }
    return render(request, "search/results.html", context, status=400 if parsed.errors else 200)


def _page_of_code(parameters: SearchParameters) -> str | None:
    """Return the path of the page that a bare code means. The search server is not asked."""
    if parameters.filters or parameters.page > 1 or not keys.is_code(parameters.words):
        return None
    address = documents.codes().address
    return next(filter(None, map(address, keys.codes_in(parameters.words))), None)


def _filters(found: Results, errors: dict[str, list[str]]) -> list[dict[str, object]]:
    """Return what the form shows of each filter: the values that leave most, and those chosen."""
    return [
        {
            "facet": facet,
            "sentences": errors.get(facet.name, []),
            "shown": facet.shown(SHOWN_VALUES),
            "long": len(facet.values) > SHOWN_VALUES,
            "rest": len(facet.values) - len(facet.shown(SHOWN_VALUES)),
        }
        for facet in found.facets
        if facet.values or not found.degraded
    ]


def _more(request: HttpRequest, parameters: SearchParameters) -> HttpResponse:
    """Show all values of one filter by name, and nothing else: who runs no script has asked for them."""
    facet = _whole(parameters, request.GET["more"])
    by_name = sorted(facet.values, key=lambda value: documents.text().fold(value.label))
    context = {
        "parameters": parameters,
        "filter": {"facet": facet, "shown": by_name, "long": True, "whole": True},
        "others": [pair for pair in parameters.with_page(1).pairs() if pair[0] != facet.name],
        "canonical_query": parameters.query_string(),
    }
    return render(request, "search/more.html", context)


@require_safe
def values(request: HttpRequest) -> HttpResponse:
    """Answer with all values of the filter that `more` names: what the script puts below its field."""
    parsed, name = parse(request.GET), request.GET.get("more")
    if parsed.errors or name not in FACETS:
        return HttpResponse(status=400)
    facet = _whole(parsed.parameters, name)
    response = render(request, "search/values.html", {"facet": facet, "values": facet.values})
    response["X-Robots-Tag"] = "noindex"
    return response


def _whole(parameters: SearchParameters, name: str) -> Facet:
    return service.search(parameters.with_page(1), marked=False).facet(name)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Suggest while a person types; what cannot be answered is no suggestion, as the form works without."""
    parsed = parse(request.GET)
    if errors := parsed.errors.get("q"):
        return JsonResponse({"errors": {"q": errors}}, status=400)
    found = suggestions.suggest(parsed.parameters.words)
    answer = {
        "suggestions": [asdict(suggestion) for suggestion in found],
        "said": _said(len(found)),
        "lang": settings.LANGUAGE_CODE,  # of names: those of pages, sectors and agencies
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _said(suggestions: int) -> str:
    """Return what a screen reader says when suggestions have come."""
    if not suggestions:
        return _("No suggestions.")
    text = ngettext(
        "%(number)s suggestion, use the arrow keys.",
        "%(number)s suggestions, use the arrow keys.",
        suggestions,
    )
    return text % {"number": suggestions}
