"""What this app adds to the admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from news import offers
from news.listing_admin import ArticleListingViewSet, articles


@hooks.register("register_admin_urls")
def offered() -> list[URLPattern]:
    """Say which pages the search has found."""
    return [path("news/offers/", offers.pages, name="news_offers")]


@hooks.register("register_admin_viewset")
def article_listing() -> ArticleListingViewSet:
    """List the articles."""
    return articles
