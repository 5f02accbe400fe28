"""The page of what most people search, and the address that is told which result was opened."""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from search import noting
from search.asked import LAST_RANK
from search.parameters import SearchParameters, parse
from search.popular import DAYS, frequent, improved

SHOWN = 30
SHOWN_IMPROVED = 20


class OpenedForm(forms.Form):
    """Which page, and the how manieth of the results it was."""

    rank = forms.IntegerField(min_value=1, max_value=LAST_RANK)
    id = forms.IntegerField(min_value=1, max_value=2**63 - 1)


@require_safe
def popular(request: HttpRequest) -> HttpResponse:
    """Show what was searched most, and the newest words that the search was taught."""
    queries = [(words, SearchParameters(words=words).query_string()) for words in frequent(SHOWN)]
    context = {"queries": queries, "days": DAYS, "improved": improved(SHOWN_IMPROVED)}
    return render(request, "search/popular.html", context)


@csrf_exempt  # a browser sends it without asking us for a token first; it can do no more than count
@transaction.non_atomic_requests  # nothing is written here, and on SQLite a transaction would lock
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Note the result that was opened. Nobody waits for an answer: there is none, whatever was sent."""
    form = OpenedForm(request.POST)
    if _from_here(request) and form.is_valid():
        parsed = parse(request.POST)
        if not parsed.errors:
            noting.note_opened(parsed.parameters, form.cleaned_data["rank"], form.cleaned_data["id"])
    return HttpResponse(status=204)


def _from_here(request: HttpRequest) -> bool:
    """Tell whether a page of ours sent it: browsers say so, in one of two ways."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin", "").partition("://")[2] == request.get_host()
