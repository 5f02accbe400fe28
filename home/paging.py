"""A list in pages: which one the address asks for, and the addresses of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.text import normalise

PAGE_SIZE = 20
LONGEST_VALUE = 200
"""Characters of a parameter's value; a longer one is cut before it is looked up or shown."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to one page of a list; without a number it is the gap between two."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Paged:
    """One page of a list."""

    page: Page
    filters: Mapping[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def items(self) -> Any:
        return self.page.object_list

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def query(self) -> str:
        """Return the query of this page: the filters, and the number unless it is the first."""
        return self._query(self.page.number)

    @property
    def previous(self) -> str:
        return self._url(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        return self._url(self.page.next_page_number()) if self.page.has_next() else ""

    def links(self) -> Iterator[PageLink]:
        """Yield the first and last page and those around this one."""
        for number in self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1):
            if isinstance(number, int):
                yield PageLink(number, self._url(number), number == self.page.number)
            else:
                yield PageLink(None)

    def _query(self, number: int) -> str:
        return urlencode([*self.filters.items(), *([("page", number)] if number > 1 else [])])

    def _url(self, number: int) -> str:
        return f"?{self._query(number)}"


def parameter(request: HttpRequest, name: str) -> str:
    """Return one value of the address, cut to a sane length and cleaned as all text is.

    So a name typed with its marks apart is found; and there is no NUL, which PostgreSQL takes nowhere.
    """
    return normalise(request.GET.get(name, "")[:LONGEST_VALUE]).strip()


def paged(
    items: QuerySet, request: HttpRequest, filters: Mapping[str, str] | None = None, size: int = PAGE_SIZE
) -> Paged:
    """Return the page that the address asks for; the first one, with a sentence, where there is none such."""
    paginator = Paginator(items, size)
    wanted = parameter(request, "page") or "1"
    error = ""
    try:
        page = paginator.page(wanted)
    except (PageNotAnInteger, EmptyPage):
        page = paginator.page(1)
        error = _("This list has no page “%(page)s”: here is the first of %(pages)s.") % {
            "page": wanted,
            "pages": paginator.num_pages,
        }
    return Paged(page, dict(filters or {}), error)
