"""Links to the other pages of a search, in the shape that `components/pagination.html` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Page, Paginator

from search.parameters import WINDOW
from search.results import Results


@dataclass(frozen=True)
class PageLink:
    """A link to one page; without a number it is the gap between two."""

    number: int | None
    url: str = ""
    current: bool = False


class Paging:
    """The pages of a search that can be asked for."""

    def __init__(self, results: Results) -> None:
        self.parameters = results.parameters
        reachable = range(min(results.total, WINDOW))
        self.page: Page = Paginator(reachable, settings.SEARCH_PAGE_SIZE).page(results.parameters.page)

    @property
    def previous(self) -> str:
        """Return the address of the page before, or nothing."""
        return self._url(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        """Return the address of the page after, or nothing."""
        return self._url(self.page.next_page_number()) if self.page.has_next() else ""

    def links(self) -> Iterator[PageLink]:
        """Yield the first and last page and those around this one."""
        paginator = self.page.paginator
        for number in paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1):
            if isinstance(number, int):
                yield PageLink(number, self._url(number), number == self.page.number)
            else:
                yield PageLink(None)

    def _url(self, number: int) -> str:
        return f"?{self.parameters.with_page(number).query_string()}"
