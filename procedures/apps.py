"""The app `procedures`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "procedures"
    verbose_name = _("Administrative procedures")

    def ready(self) -> None:
        from procedures import documents, preflight, sitemaps, structured

        documents.register()
        structured.register()
        sitemaps.register()
        preflight.register()
