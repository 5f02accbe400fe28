"""Addresses of the search, in every language; the API has its own (`search.api`)."""

from django.urls import path

from search import asked_views, views

urlpatterns = [
    path("tim-kiem/", views.results, name="search"),
    path("tim-kiem/mo/", asked_views.opened, name="search_opened"),
    path("tim-kiem/nhieu-nguoi-tim/", asked_views.popular, name="search_popular"),
    path("goi-y/", views.suggest, name="suggest"),
]
