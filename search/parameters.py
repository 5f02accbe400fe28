"""The parameters of a search: what an address may ask for, and the frozen value that it becomes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from search import documents

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FACETS = {
    "level": _("Level"),
    "sector": _("Sector"),
    "type": _("Type"),
    "agency": _("Agency"),
    "audience": _("Who may apply"),
    "channel": _("Channel"),
    "status": _("Status"),
}
"""The filters, as people know them best first."""

SORTS = {"relevance": _("Best match"), "newest": _("Newest"), "name": _("Name")}
LONGEST_QUERY = 1000
"""Characters of a search. People ask whole stories: the longest real question that we know has 609."""
MOST_VALUES = 50
WINDOW = 10_000
"""Results that Elasticsearch lets one page through."""


def last_page() -> int:
    """Return the number of the last page that can be asked for, however many results there are."""
    return WINDOW // settings.SEARCH_PAGE_SIZE


@dataclass(frozen=True)
class SearchParameters:
    """What is searched. Each change is a new value with an address of its own."""

    words: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    page: int = 1
    exact: bool = False  # the words as they are typed: nothing is corrected
    any_level: bool = False  # a level in the words is but a word

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the values chosen for a filter."""
        return tuple(value for name, value in self.filters if name == facet)

    @property
    def order(self) -> str:
        """Return the order of the results: without words there is no best match."""
        chosen = self.sort or "relevance"
        return "newest" if chosen == "relevance" and not self.words else chosen

    @property
    def orders(self) -> tuple[tuple[str, StrOrPromise], ...]:
        """Return the orders to choose from, as `sort` and name: the one that needs no saying is "" and first.

        A form that said it would take it along: newest first, to a search that has words by then.
        """
        usual = replace(self, sort="").order
        others = (item for item in SORTS.items() if item[0] not in (usual, "relevance"))
        return ("", SORTS[usual]), *others

    def with_page(self, page: int) -> SearchParameters:
        """Return the same search, on another page."""
        return replace(self, page=page)

    def without_value(self, facet: str, value: str) -> SearchParameters:
        """Return the search without one value."""
        return replace(self, filters=tuple(item for item in self.filters if item != (facet, value)), page=1)

    def as_typed(self) -> SearchParameters:
        """Return the search for exactly the words that were typed."""
        return replace(self, exact=True, page=1)

    def without_level_preference(self) -> SearchParameters:
        """Return the search in which a level in the words prefers nothing."""
        return replace(self, any_level=True, page=1)

    def without_filters(self) -> SearchParameters:
        """Return the search for the same words in everything."""
        return replace(self, filters=(), page=1)

    def query_string(self) -> str:
        """Return the whole state as an address has it."""
        return urlencode(self.pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """Return the whole state as the fields of a form have it."""
        pairs = [("q", self.words)] if self.words else []
        pairs += self.filters
        pairs += [("exact", "1")] if self.exact else []
        pairs += [("anylevel", "1")] if self.any_level else []
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return pairs


@dataclass(frozen=True)
class Parsed:
    """Parameters with all that was right in an address, and a sentence for each field that was not."""

    parameters: SearchParameters
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """Return every sentence with the name of its field."""
        return [(name, sentence) for name, sentences in self.errors.items() for sentence in sentences]


class WordsField(forms.Field):
    """A person's words: cleaned as all text is, on one line, of a length that means something."""

    def clean(self, value: Any) -> str:
        """Return the words as they are searched."""
        raw = str(value or "")
        # No cleaning makes a text so much shorter that this one could be right.
        words = " ".join(documents.text().normalise(raw[: LONGEST_QUERY * 4]).split())
        if len(words) > LONGEST_QUERY or len(raw) > LONGEST_QUERY * 4:
            raise ValidationError(
                _("The search is too long: at most %(limit)s characters, please."),
                params={"limit": number_format(LONGEST_QUERY, force_grouping=True)},
            )
        return words


class FilterField(forms.Field):
    """The values of a filter, each of them known."""

    widget = forms.SelectMultiple

    def __init__(self, facet: str) -> None:
        super().__init__(required=False)
        self.facet = facet

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the values, each once."""
        values = _given(value)
        if len(values) > MOST_VALUES:
            raise ValidationError(
                _("At most %(limit)s values of one filter, please."), params={"limit": MOST_VALUES}
            )
        known = documents.labels(self.facet, values) if values else {}
        if unknown := [value for value in values if value not in known]:
            names = ", ".join(f"“{Truncator(value).chars(50)}”" for value in unknown[:3])
            raise ValidationError(_("There is no such choice: %(values)s."), params={"values": names})
        return values

    def known(self, value: Any) -> tuple[str, ...]:
        """Return those of the values that are right."""
        values = _given(value)[:MOST_VALUES]
        known = documents.labels(self.facet, values)
        return tuple(value for value in values if value in known)


def _given(values: Collection[str]) -> tuple[str, ...]:
    cleaned = (documents.text().normalise(value[:200]) for value in values)
    return tuple(dict.fromkeys(filter(None, cleaned)))


class SearchForm(forms.Form):
    """Validates an address; what it does not know it does not look at."""

    q = WordsField(required=False)
    sort = forms.ChoiceField(
        choices=SORTS,
        required=False,
        error_messages={"invalid_choice": _("Results can be sorted by: relevance, newest, name.")},
    )
    page = forms.IntegerField(required=False)
    exact = forms.BooleanField(required=False, widget=forms.HiddenInput)  # "0" is no
    anylevel = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields |= {facet: FilterField(facet) for facet in FACETS}

    def clean_page(self) -> int:
        """Return the number of a page that can exist."""
        page = self.cleaned_data["page"]
        if page is not None and not 1 <= page <= last_page():
            raise ValidationError(self.page_sentence())
        return page or 1

    @staticmethod
    def page_sentence() -> str:
        """Return what is said of a page that cannot exist."""
        return _("A page is a number from 1 to %(last)s.") % {"last": last_page()}


def parse(data: QueryDict) -> Parsed:
    """Read an address: what is right in it is kept, and there is a sentence for each thing that is not."""
    form = SearchForm(data)
    form.fields["page"].error_messages["invalid"] = form.page_sentence()
    errors = {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}
    cleaned = form.cleaned_data
    filters = []
    for facet in FACETS:
        kept = cleaned[facet] if facet in cleaned else FilterField(facet).known(data.getlist(facet))
        filters += [(facet, value) for value in kept]
    parameters = SearchParameters(
        words=cleaned.get("q", ""),
        filters=tuple(filters),
        sort=cleaned.get("sort", ""),
        page=cleaned.get("page", 1),
        exact=cleaned.get("exact", False),
        any_level=cleaned.get("anylevel", False),
    )
    return Parsed(parameters, errors)
