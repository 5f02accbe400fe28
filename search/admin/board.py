"""The admin's report of searches that fail: what is asked and not found, or found and not opened."""

from collections import defaultdict
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from search import documents, service
from search.asked import kept_words
from search.asked_lists import PERIODS, Lists, Period, lists
from search.parameters import parse

TITLE = _("What people search")
BOARD, CHOOSER = "search_board", "search_board_procedure"
PERMISSION = "search.change_searchterm"
USUAL = 30
SECTIONS = {
    "empty": _("Nothing found"),
    "unopened": _("Found, but nothing opened"),
    "most": _("Asked most"),
    "rising": _("Rising"),
}


class BoardMixin(WagtailAdminTemplateMixin, TemplateView):
    """For those who may change the words of the search."""

    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away all others."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class BoardView(BoardMixin):
    """Four lists of queries, and what can be done about each."""

    template_name = "search/admin/board.html"
    page_title = TITLE

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the lists of the period that is asked for, of a month if of none."""
        asked = self.request.GET.get("days", "")
        period = Period(int(asked) if asked in map(str, PERIODS) else USUAL)
        found = lists(period)
        names = _filter_names(found)
        sections = [
            {
                "name": name,
                "title": title,
                "rows": [(row, names[row.filters]) for row in getattr(found, name)],
            }
            for name, title in SECTIONS.items()
        ]
        return super().get_context_data(period=period, periods=PERIODS, sections=sections, **kwargs)


class ChooserView(BoardMixin):
    """Which procedure do people mean? It is found by the portal's own search, with other words if need be."""

    template_name = "search/admin/board_procedure.html"
    page_title = _("Add a phrasing to a procedure")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(BOARD), "label": TITLE},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the procedures that are found, in the words of people or in those of the editor."""
        given = self.request.GET
        parsed = parse(
            QueryDict(urlencode({"q": given.get("q") or given.get("add", ""), "type": "procedure"}))
        )
        context: dict[str, Any] = {
            "phrasing": kept_words(given.get("add", "")),
            "words": parsed.parameters.words,
        }
        context["sentences"] = parsed.errors.get("q", [])
        context["found"] = () if parsed.errors else service.search(parsed.parameters).results
        return super().get_context_data(**context, **kwargs)


class BoardMenuItem(MenuItem):
    """Shown to those who may see the board."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def _filter_names(found: Lists) -> dict[str, str]:
    """Return the names of the filters under which something was asked; one query for each kind of them."""
    rows = [*found.empty, *found.unopened, *found.most, *found.rising]
    chosen = {filters: parse_qsl(filters) for filters in {row.filters for row in rows}}
    values = defaultdict(set)
    for facet, value in (pair for pairs in chosen.values() for pair in pairs):
        values[facet].add(value)
    labels = {facet: documents.labels(facet, sorted(slugs)) for facet, slugs in values.items()}
    return {
        filters: ", ".join(labels[facet].get(value, value) for facet, value in pairs)
        for filters, pairs in chosen.items()
    }


@hooks.register("register_admin_urls")
def board_urls() -> list[Any]:
    """Add the board to the admin."""
    return [
        path("reports/searches/", BoardView.as_view(), name=BOARD),
        path("reports/searches/procedure/", ChooserView.as_view(), name=CHOOSER),
    ]


@hooks.register("register_search_menu_item")
def board_menu_item() -> MenuItem:
    """Add the board to the menu of the search, before the words."""
    return BoardMenuItem(TITLE, reverse(BOARD), name="searches", icon_name="view", order=0)
