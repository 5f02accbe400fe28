"""How many new voters an article takes from one network: without cookies, one person is as many as they like.

An office behind one proxy is one address, and its people can vote; a program that throws its cookie away
soon cannot. No address is kept: in the cache is a count under a hash, whose random salt lasts a day and is
nowhere else, so that after it nobody can find out who voted, not even with the secret key.
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


def admits(request: HttpRequest, article_id: int) -> bool:
    """Count a new voter on an article, and tell whether the reader's network may still have one."""
    key = _key(network(request), article_id)
    return all(_count(f"{key}:{seconds}", seconds) <= most for seconds, most in MOST.items())


def _key(address: str, article_id: int) -> str:
    day = timezone.localdate().isoformat()
    salt = cache.get_or_set(f"news.rating:salt:{day}", secrets.token_hex, DAY)
    digest = salted_hmac("news.rating.network", f"{salt}:{address}:{article_id}", algorithm="sha256")
    return f"news.rating:{digest.hexdigest()}"


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ended between the two lines
        return 1
