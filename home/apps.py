"""The app `home`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home and standard pages")

    def ready(self) -> None:
        from home import documents, preflight
        from home.models import InformationPage, PortalPage
        from home.preflight import links, pictures

        documents.register()
        preflight.register(InformationPage, pictures.body)
        preflight.register(PortalPage, links.inside, links.outside)
