"""The page on which a reader rates an article. Only here is a cookie set: articles can be cached."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from news import rating, rating_limits
from news.models import ArticlePage

COOKIE: Final = "voter"
SALT: Final = "news.rating"
COOKIE_AGE: Final = timedelta(days=365)
SCORES: Final = {
    "5": _("5 – very useful"),
    "4": _("4 – useful"),
    "3": _("3 – fair"),
    "2": _("2 – of little use"),
    "1": _("1 – of no use"),
}
LIMITED: Final = _(
    "Many people have just rated this article from the network that you use. Please try again in an hour."
)


class RatingForm(forms.Form):
    """A score, exactly as the form has it: no "5.0", no digits of another script."""

    score = forms.TypedChoiceField(
        choices=tuple(SCORES.items()),
        coerce=int,
        error_messages={
            "required": _("Choose a score from 1 to 5."),
            "invalid_choice": _("Choose a score from 1 to 5."),
        },
    )


@never_cache
@transaction.non_atomic_requests  # a vote is one statement: on SQLite others need not wait for the whole page
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form, or take a vote and show what it was."""
    article = get_object_or_404(ArticlePage.objects.visible(), id=page_id)
    voter = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_AGE)
    given = rating.score_of(article, voter) if voter else None
    if request.method != "POST":
        return _page(request, article, given)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _page(request, article, given, str(form.errors["score"][0]), status=400)
    voice = rating_limits.voice(request, article.pk)
    if given is None and not rating_limits.admits(voice):
        response = _page(request, article, given, str(LIMITED), status=429)
        response["Retry-After"] = str(rating_limits.HOUR)
        return response
    voter = voter or secrets.token_urlsafe()
    try:
        with transaction.atomic():
            rating.vote(article, voter, form.cleaned_data["score"], voice)
    except IntegrityError as error:
        raise Http404 from error  # the article was deleted at this very moment
    return _remembering(request, voter)


def _remembering(request: HttpRequest, voter: str) -> HttpResponse:
    """Lead to where the vote is shown, with the cookie by which the next one takes its place."""
    response = HttpResponseRedirect(request.path)
    response.set_signed_cookie(
        COOKIE,
        voter,
        salt=SALT,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _page(
    request: HttpRequest, article: ArticlePage, given: int | None, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "article": article,
        "breadcrumbs": article.breadcrumbs(),
        "parent": article,
        "scores": [(value, label, value == str(given)) for value, label in SCORES.items()],
        "given": given,
        "error": error,
        "rating": rating.mean(article),
    }
    return render(request, "news/rating.html", context, status=status)
