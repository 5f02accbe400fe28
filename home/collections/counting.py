"""What the editor of a collection asks while one chooses: how much is found, and the first titles."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.models import Page

from home.collections.forms import FIELDS
from home.collections.query import Found, Query, find
from home.forms import as_sent
from home.models import CollectionPage
from search import documents

FIRST = 5
"""Titles that are shown."""


class _CountMixin:
    """Answers with the count for a form, or with its errors; whom, is for the preview to say."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page: Page = self.object  # type: ignore[attr-defined]
        if not isinstance(page, CollectionPage):
            raise Http404
        form = as_sent(request, page)
        form.fields = {name: form.fields[name] for name in FIELDS}  # all else may be unfinished, or not sent
        if errors := form.query_errors():
            return self._answer({"errors": errors})
        query = Query.of(form.cleaned_data, without=page.pk)
        return self._answer(_shown(query, find(query)))

    def _answer(self, context: dict[str, Any]) -> HttpResponse:
        request = self.request  # type: ignore[attr-defined]
        return TemplateResponse(request, "home/admin/collection_count.html", context)


class CountOnEditView(_CountMixin, PreviewOnEditView):
    """The count for a collection that there is: for those who may edit it."""


class CountOnAddView(_CountMixin, PreviewOnCreateView):
    """The count for a collection that is not saved yet: for those who may add one there."""

    @cached_property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(CollectionPage)

    def get_object(self) -> CollectionPage:
        page: CollectionPage = super().get_object()
        if not CollectionPage.can_create_at(page.get_parent().specific):
            raise PermissionDenied
        return page


def _shown(query: Query, found: Found) -> dict[str, Any]:
    """Return what the panel shows; a type that lacks a filter finds nothing, and that is said."""
    first = [row.pk for row in found.rows[:FIRST]]
    titles = dict(Page.objects.filter(pk__in=first).values_list("pk", "title"))
    names = documents.labels("type", [source.type for source in query.sources])
    lacking = {
        names[source.type]
        for source in query.sources
        if query.types and any(facet not in source.filters for facet, _values in query.filters)
    }
    return {
        "total": found.total,
        "shown": len(found.rows),
        "counts": [(name, found.counts[kind]) for kind, name in names.items()],
        "titles": [titles[pk] for pk in first],
        "lacking": sorted(lacking),
    }


urlpatterns: list[URLPattern] = [
    path(
        "pages/<int:page_id>/collection-count/",
        non_atomic_requests(CountOnEditView.as_view()),
        name="collection_count_on_edit",
    ),
    path(
        "pages/add/home/collectionpage/<int:parent_page_id>/collection-count/",
        non_atomic_requests(CountOnAddView.as_view()),
        name="collection_count_on_add",
    ),
]
