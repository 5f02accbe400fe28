"""The project as an app: it holds start-up checks and the commands that need every other app."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import address, checks  # noqa: F401

        post_migrate.connect(address.keep, sender=apps.get_app_config("wagtailcore"))
