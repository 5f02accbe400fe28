"""The app `news`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from home import preflight
        from home.preflight import pictures
        from news import documents, structured
        from news.models import ArticlePage

        documents.register()
        structured.register()
        preflight.register(ArticlePage, pictures.picture, pictures.body)
