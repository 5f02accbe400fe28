"""The cache of several processes: while its Redis is away or hangs, pages are served as ever."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from portal.caches import FallingBackCache
from portal.env import env
from tests import factories


@pytest.fixture(params=["away", "hanging"])
def cache(request: pytest.FixtureRequest, settings: Settings) -> Iterator[FallingBackCache]:
    """Have a cache whose Redis is in trouble of one kind."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1] if request.param == "hanging" else 9
        times = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
        settings.CACHES = {
            "default": {
                "BACKEND": "portal.caches.FallingBackCache",
                "LOCATION": f"redis://127.0.0.1:{port}/1",
                "OPTIONS": times,
            }
        }
        yield caches["default"]  # type: ignore[misc]


def test_the_process_keeps_its_own_and_waits_once(cache: FallingBackCache) -> None:
    started = time.monotonic()
    for number in range(20):
        cache.set(f"a{number}", number)
    assert cache.get_many(["a1", "a2"]) == {"a1": 1, "a2": 2}
    assert cache.add("a1", 5) is False
    assert (cache.incr("a1"), cache.get("a1"), cache.get("nothing", "-")) == (2, 2, "-")
    with pytest.raises(ValueError):
        cache.incr("nothing")
    cache.delete("a1")
    assert "a1" not in cache
    assert time.monotonic() - started < 2  # each wait is 0.2 s


def test_pages_are_served(cache: FallingBackCache, tree: factories.Tree, client: Client) -> None:
    page = factories.article()
    for address in ("/", "/thu-tuc/", "/tin-tuc/", "/goi-y/?q=a", "/sitemap.xml", f"/danh-gia/{page.pk}/"):
        assert client.get(address).status_code == 200, address


def test_an_address_of_a_redis_means_this_cache() -> None:
    assert env.cache_url_config("rediscache://host:6379/1")["BACKEND"] in (
        "django.core.cache.backends.redis.RedisCache",
    )
