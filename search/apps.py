"""The app `search`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Connects what listens to changes."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Register the checks and the signal handlers."""
        from search import checks, signal_handlers  # noqa: F401

        signal_handlers.connect()
