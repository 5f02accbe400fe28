"""What the search knows of this app's pages."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from home.documents import SORT_KEY_LENGTH, Addresses, body_text, stored
from home.querysets import PortalPageQuerySet
from home.text import sort_key
from news import listing
from news.models import ArticlePage, ArticleTopic, NewsIndexPage
from search import documents
from search.documents import DocumentSource, SearchDocument


class ArticleSource(DocumentSource):
    """Articles."""

    type = "article"
    label = _("News")
    model = ArticlePage
    quotes = (Tag,)

    def day(self) -> Any:
        """Return the date of an article."""
        return F("date")

    def pictures(self, ids: Collection[int]) -> Mapping[int, Any]:
        """Return the pictures of those that have one, with what a card shows of it: three queries."""
        articles = listing.cards(ArticlePage.objects.filter(pk__in=ids, image__isnull=False))
        return {article.pk: article.image for article in articles}

    def visible(self) -> PortalPageQuerySet:
        """Return the articles that the public may see now."""
        return ArticlePage.objects.visible()

    def documents(self, ids: Collection[int]) -> Iterator[SearchDocument]:
        """Yield the documents of those of these articles that are visible."""
        address = Addresses()
        topics: dict[int, list[str]] = {}
        links = ArticleTopic.objects.filter(content_object__in=ids).order_by("pk")
        for page, topic in links.values_list("content_object_id", "tag__name"):
            topics.setdefault(page, []).append(topic)
        rows = self.visible().filter(pk__in=ids)
        for row in rows.values("id", "title", "url_path", "expire_at", "date", "lead", raw=stored("body")):
            if (url := address(row["url_path"])) is None:
                continue
            yield SearchDocument(
                id=row["id"],
                type=self.type,
                title=row["title"],
                url=url,
                date=row["date"],
                expires=row["expire_at"],
                summary=row["lead"],
                keywords="\n".join(topics.get(row["id"], [])),
                body=body_text(row["raw"]),
                sort_key=sort_key(row["title"])[:SORT_KEY_LENGTH],
            )

    def quoted_by(self, instance: Model) -> Iterable[int]:
        """Return the articles on a topic."""
        return ArticleTopic.objects.filter(tag=instance.pk).values_list("content_object_id", flat=True)


def register() -> None:
    """Tell the search which of this app's pages it shows."""
    documents.register(ArticleSource())
    documents.not_searched(NewsIndexPage)
