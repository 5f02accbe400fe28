"""The public search: where Elasticsearch is and how long anyone waits for it."""

from portal.env import CHECKOUT, VAR_DIR, env, first_line

# Wagtail's own admin search stays on the database; the public search is the app `search`.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

_embedded = first_line(VAR_DIR / "elasticsearch.url", "http://127.0.0.1:9200")
ELASTICSEARCH_URL: list[str] = env.list("ELASTICSEARCH_URL", default=_embedded.split(","))
SEARCH_INDEX: str = env.str("SEARCH_INDEX", default=f"minh-bach-{CHECKOUT}")
SEARCH_TIMEOUT = env.float("SEARCH_TIMEOUT", default=1.0)  # seconds that a reader waits, in all
SEARCH_BREAKER_SECONDS = env.float("SEARCH_BREAKER_SECONDS", default=10.0)  # until who failed is asked again
SEARCH_WRITE_TIMEOUT = env.float("SEARCH_WRITE_TIMEOUT", default=60.0)  # seconds that the worker waits
SEARCH_SHARDS = env.int("SEARCH_SHARDS", default=1)
SEARCH_REPLICAS = env.int("SEARCH_REPLICAS", default=0)
SEARCH_PAGE_SIZE = 20
SEARCH_LEXICON_SECONDS = env.float("SEARCH_LEXICON_SECONDS", default=20.0)  # until changed words work
