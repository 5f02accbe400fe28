"""Readers' ratings of articles: one voter one vote, and nobody can tell whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.db.models import Avg, Count
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from news.models import ArticlePage

LOWEST, HIGHEST = 1, 5
FEWEST = 5
"""Voices from which a mean is shown: that of fewer says more about the voters than about the article."""


@dataclass(frozen=True, slots=True)
class Mean:
    """What the readers of an article think of it."""

    value: Decimal
    voices: int


def mean(article: ArticlePage) -> Mean | None:
    """Return the mean of the voices with one decimal, nothing where there are too few. One query.

    A voice is the mean of its votes: who votes a hundred times from one network moves it as one reader does.
    """
    spoken = article.ratings.order_by().values("voice").annotate(score=Avg("score"))
    found = spoken.aggregate(voices=Count("voice"), mean=Avg("score"))
    if found["voices"] < FEWEST:
        return None
    # The database reckons in binary fractions: 4.35 may be 4.3499999999999996 there.
    value = Decimal(found["mean"]).quantize(Decimal("0.000001"))
    return Mean(value.quantize(Decimal("0.1"), ROUND_HALF_UP), found["voices"])


def key(article: ArticlePage, voter: str) -> str:
    """Return what is kept of a voter: another one for each article, which leads to nobody and to no other."""
    return salted_hmac("news.rating.voter", f"{article.pk}:{voter}", algorithm="sha256").hexdigest()


def score_of(article: ArticlePage, voter: str) -> int | None:
    """Return the vote that a voter has given, if any."""
    given = article.ratings.filter(voter=key(article, voter))
    return given.values_list("score", flat=True).first()


def vote(article: ArticlePage, voter: str, score: int, voice: str) -> None:
    """Write a vote in place of the voter's earlier one: one statement, so that two at once leave one row.

    It stays a part of the voice that it was given in first.
    IntegrityError: the article is gone, or the score is none.
    """
    row = article.ratings.model(article=article, voter=key(article, voter), score=score, voice=voice)
    article.ratings.bulk_create(
        [row], update_conflicts=True, unique_fields=["article", "voter"], update_fields=["score"]
    )
