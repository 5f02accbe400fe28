"""What the search knows of this app's pages, how it cleans text, and what the sources of other apps share."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import ExpressionWrapper, F, TextField
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site
from wagtail.rich_text import get_text_for_indexing

from home.models import CollectionPage, HomePage, InformationPage, RecycleBin
from home.querysets import PortalPageQuerySet
from home.text import document_key, fold, folded_words, normalise, sort_key
from search import documents
from search.documents import DocumentSource, SearchDocument

SORT_KEY_LENGTH = 200


def stored(field: str) -> ExpressionWrapper:
    """Select a stream field as it is stored. Its blocks are never made: a document needs their texts only."""
    return ExpressionWrapper(F(field), output_field=TextField())


def strings(value: Any, *names: str) -> Iterator[str]:
    """Yield the texts under these names in a stored stream field in the order of the names, then those below.

    The order of keys says nothing: PostgreSQL stores them in its own.
    """
    if isinstance(value, list):
        for item in value:
            yield from strings(item, *names)
    elif isinstance(value, dict):
        yield from (text for name in names if isinstance(text := value.get(name), str) and text)
        for name in sorted(value):
            yield from strings(value[name], *names)


def body_text(body: str) -> str:
    """Return the words of a stored `BodyBlock`, without markup."""
    return "\n".join(filter(None, (_block_text(block) for block in json.loads(body or "[]"))))


def _block_text(block: dict[str, Any]) -> str:
    value = block["value"]
    match block["type"]:
        case "text":
            return normalise(get_text_for_indexing(value))
        case "quote":
            return str(value)
        case "table":
            return " ".join(str(cell) for row in value["rows"] for cell in row["values"] if cell)
        case _:
            return "\n".join(strings(value, "title", "alt_text"))


class Addresses:
    """Turns stored paths of pages into public ones; made anew for each batch, as sites may change."""

    def __init__(self) -> None:
        # Wagtail keeps this for an hour in each process: a worker would write old addresses after a change.
        self.roots = [site.root_page.url_path for site in Site.objects.select_related("root_page")]

    def __call__(self, url_path: str) -> str | None:
        """Return the address of a page without the prefix of a language; None when it is on no site."""
        root = max((root for root in self.roots if url_path.startswith(root)), key=len, default=None)
        return None if root is None else url_path[len(root) - 1 :]


class InformationSource(DocumentSource):
    """Pages of information."""

    type = "page"
    label = _("Information")
    model: Any = InformationPage
    as_of: str = "updated_on"
    """The field with the day that an editor has said a page is of."""

    def day(self) -> Any:
        """Return the day that an editor says, otherwise that of the last publication."""
        return Coalesce(self.as_of, super().day()) if self.as_of else super().day()

    def visible(self) -> PortalPageQuerySet:
        """Return the pages that the public may see now."""
        pages: PortalPageQuerySet = self.model.objects.visible()
        return pages

    def documents(self, ids: Collection[int]) -> Iterator[SearchDocument]:
        """Yield the documents of those of these pages that are visible."""
        address = Addresses()
        rows = self.visible().filter(pk__in=ids)
        for row in rows.values(
            "id",
            "title",
            "url_path",
            "expire_at",
            "last_published_at",
            "lead",
            *filter(None, [self.as_of]),
            raw=stored("body"),
        ):
            if (url := address(row["url_path"])) is None:
                continue
            published = row["last_published_at"]
            yield SearchDocument(
                id=row["id"],
                type=self.type,
                title=row["title"],
                url=url,
                date=row.get(self.as_of) or (published and timezone.localdate(published)),
                expires=row["expire_at"],
                summary=row["lead"],
                body=body_text(row["raw"]),
                sort_key=sort_key(row["title"])[:SORT_KEY_LENGTH],
            )


class CollectionSource(InformationSource):
    """Collections: found as pages of information are, by what editors have written on them."""

    key = "collection"
    model = CollectionPage
    as_of = ""


def register() -> None:
    """Tell the search which of this app's pages it shows, and how text is cleaned."""
    documents.register_text(documents.TextFunctions(normalise, fold, document_key, folded_words, sort_key))
    documents.register(InformationSource())
    documents.register(CollectionSource())
    documents.register_choices(
        "type", documents.Values(lambda: documents.labels("type", list(documents.sources)))
    )
    documents.not_searched(HomePage, RecycleBin)
