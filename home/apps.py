"""The app `home`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home and standard pages")

    def ready(self) -> None:
        from home import documents, preflight, redirects
        from home.collections import checks
        from home.models import CollectionPage, InformationPage, PortalPage
        from home.preflight import links, pictures

        documents.register()
        redirects.listen()
        preflight.register(InformationPage, pictures.body)
        preflight.register(CollectionPage, pictures.body, checks.gone, checks.empty)
        preflight.register(PortalPage, links.inside, links.outside)
