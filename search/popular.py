"""What most people search, and what was improved: for the public page and for suggestions.

The log has no persons, but a query can name one. So only queries are shown that were asked on three different
days and five times in all, that found something, and whose words the index knows: each of them, and each two
neighbours together. Words alone would not do, as names are made of ordinary ones: "Trần", "Thị", "Hoa".
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from search import documents, lexicons
from search.models import AskedDay, SearchTerm
from search.understanding.spelling import words_of
from search.understanding.vocabulary import Vocabulary

DAYS = 30
FEWEST_DAYS = 3
FEWEST_SEARCHES = 5
MOST = 200
"""Queries that are kept ready; of four times as many the words are looked at."""
CACHED = "search.popular"
CACHE_SECONDS = 600


def frequent(limit: int, prefix: str = "") -> list[str]:
    """Return what was searched most in 30 days, the most first; with a prefix only what begins so."""
    fold = documents.text().fold
    queries = cache.get(CACHED)
    if queries is None:
        queries = [(words, fold(words)) for words in _showable()][:MOST]
        cache.set(CACHED, queries, CACHE_SECONDS)
    beginning = fold(prefix)
    return [words for words, folded in queries if folded.startswith(beginning)][:limit]


def _showable() -> Iterator[str]:
    """Yield the most frequent queries that name nobody; those without filters, as their links have none."""
    asked = AskedDay.objects.filter(day__gt=timezone.localdate() - timedelta(days=DAYS), filters="")
    sums = asked.values("words").annotate(times=Sum("searches"), days=Count("day"), without=Sum("empty"))
    kept = sums.filter(times__gte=FEWEST_SEARCHES, days__gte=FEWEST_DAYS, without__lt=F("times"))
    vocabulary = lexicons.current().vocabulary
    for query in kept.order_by("-times", "words").values_list("words", flat=True)[: MOST * 4]:
        if _names_nobody(words_of(query), vocabulary):
            yield query


def _names_nobody(words: list[str], vocabulary: Vocabulary) -> bool:
    return all(map(vocabulary.knows, words)) and all(vocabulary.pair(*pair) for pair in pairwise(words))


def improved(limit: int) -> QuerySet[SearchTerm]:
    """Return the words that editors have taught the search, the newest first."""
    by_editors = Q(seeded=False) | Q(updated_by__isnull=False)
    return SearchTerm.objects.filter(by_editors, enabled=True).order_by("-updated_at", "pk")[:limit]
