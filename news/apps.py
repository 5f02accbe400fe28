"""The app `news`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from home.preflight import pictures, register
        from news import documents, drawing, preflight, structured
        from news.models import ArticlePage

        documents.register()
        structured.register()
        register(ArticlePage, pictures.picture, pictures.body, preflight.gallery)
        register(ArticlePage, preflight.dates, preflight.source)
        page_published.connect(drawing.published, sender=ArticlePage, dispatch_uid="news.drawing")
