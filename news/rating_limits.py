"""What one network may do to an article's rating: without cookies, one person is as many as they like.

All its votes of a day are one voice in the mean, and so many new voters are taken from it. An office behind
one proxy is one address, and its people can vote. No address is kept: the voice is a hash, whose random salt
lasts a day and is nowhere but in the cache, so that after it nobody can find out who voted, not even with the
secret key.
"""

import secrets
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.networks import network

HOUR: Final = 3600
DAY: Final = 24 * HOUR
MOST: Final = {HOUR: 20, DAY: 60}
"""New voters of one network on one article in so many seconds."""


def voice(request: HttpRequest, article_id: int) -> str:
    """Return what the votes of the reader's network on an article have in common today."""
    day = timezone.localdate().isoformat()
    salt = cache.get_or_set(f"news.rating:salt:{day}", secrets.token_hex, DAY)
    named = f"{salt}:{network(request)}:{article_id}"
    return salted_hmac("news.rating.network", named, algorithm="sha256").hexdigest()


def admits(voice: str) -> bool:
    """Count a new voter, and tell whether the voice may still have one."""
    return all(_count(f"news.rating:{voice}:{seconds}", seconds) <= most for seconds, most in MOST.items())


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ended between the two lines
        return 1
