"""Start-up checks: each page type is searched or named as not searched, and the settings make sense."""

import re
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from wagtail.models import Page

from search import documents

INDEX_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,200}")


@register()
def every_page_type_is_decided(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report page types that the public search silently knows nothing of."""
    searched = {source.model for source in documents.sources.values()}
    return [
        Error(
            f"The search knows nothing of the page type {model._meta.label}.",
            hint="Register a source in the app's documents.py, or name the type with not_searched().",
            obj=model,
            id="search.E001",
        )
        for model in apps.get_models()
        if issubclass(model, Page)
        and model is not Page
        and not model._meta.proxy
        and model not in searched | documents.unsearched
    ]


@register()
def settings_make_sense(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report settings that would only fail at the first search."""
    rules = [
        ("SEARCH_INDEX", INDEX_NAME.fullmatch(settings.SEARCH_INDEX), "a-z, 0-9, . _ and - only"),
        ("ELASTICSEARCH_URL", all("://" in url for url in settings.ELASTICSEARCH_URL), "http://host:port"),
        ("SEARCH_TIMEOUT", settings.SEARCH_TIMEOUT > 0, "more than 0 seconds"),
        ("SEARCH_WRITE_TIMEOUT", settings.SEARCH_WRITE_TIMEOUT > 0, "more than 0 seconds"),
        ("SEARCH_SHARDS", settings.SEARCH_SHARDS >= 1, "1 or more"),
        ("SEARCH_REPLICAS", settings.SEARCH_REPLICAS >= 0, "0 or more"),
        ("SEARCH_PAGE_SIZE", 1 <= settings.SEARCH_PAGE_SIZE <= 100, "1 to 100"),
    ]
    return [
        Error(f"{name} is {getattr(settings, name)!r}.", hint=f"It must be: {rule}.", id="search.E002")
        for name, holds, rule in rules
        if not holds
    ]
