"""Addresses of the news that are no pages, in every language."""

from django.urls import path

from news import rating_views
from news.feeds import ArticleRSS

urlpatterns = [
    path("danh-gia/<int:page_id>/", rating_views.rate, name="article_rating"),
    path("tin-tuc.rss", ArticleRSS(), name="article_rss"),
]
