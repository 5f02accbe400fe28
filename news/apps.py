"""The app `news`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from home.preflight import pictures, register
        from news import documents, preflight, structured
        from news.models import ArticlePage

        documents.register()
        structured.register()
        register(ArticlePage, pictures.picture, pictures.body, preflight.gallery)
        register(ArticlePage, preflight.dates, preflight.source)
